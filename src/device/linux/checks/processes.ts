import { garbled, ifThere, SourceError, type Sources } from '../../contract/sources'

/** Names of every process, as the kernel keeps them (15 characters at most). Fails when others' processes are hidden. */
export async function processNames(sources: Sources): Promise<readonly string[]> {
  const ids = (await sources.folder('/proc')).filter((name) => /^\d+$/.test(name))
  // With hidepid, the first process is out of sight, and with it whatever else is not ours.
  if (!ids.includes('1')) throw new SourceError('unusable', 'processes of others are hidden')
  const names = await Promise.all(
    ids.map(async (id) => {
      const read = sources.file(`/proc/${id}/comm`)
      // A process may end while the list is read; the first one never does.
      const file = id === '1' ? await read : await ifThere(read)
      if (file === null) return []
      const name = /^([^\n]{1,64})\n?$/.exec(file.text)?.[1]
      if (name === undefined) throw garbled('comm')
      return [name]
    })
  )
  return names.flat()
}

const LISTEN = '0A'
const LINE = /^\s*\d+: ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]{4} ([0-9A-F]{2}) /

/** Ports that something waits at, from /proc/net (proc_net_tcp.txt); the file for IPv6 is there only with IPv6. */
export async function listeningPorts(sources: Sources): Promise<readonly number[]> {
  const four = await sources.file('/proc/net/tcp')
  const six = await ifThere(sources.file('/proc/net/tcp6'))
  return [four.text, ...(six === null ? [] : [six.text])].flatMap((text) => {
    const [header = '', ...lines] = text.split('\n')
    if (!/^\s*sl\s+local_address\s/.test(header)) throw garbled('/proc/net/tcp')
    return lines
      .filter((line) => line !== '')
      .flatMap((line) => {
        const [, , port, state] = LINE.exec(line) ?? []
        if (port === undefined) throw garbled('/proc/net/tcp')
        return state === LISTEN ? [Number.parseInt(port, 16)] : []
      })
  })
}
