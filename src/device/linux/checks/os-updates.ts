import { judgeUpdates } from '../../../core/check/judge/os-updates'
import type { Check } from '../../contract/check'
import { garbled, type Sources } from '../../contract/sources'

const LISTS = '/var/lib/apt/lists'

/** The system by os-release(5), and what apt would install for security. Systems without apt are not known yet. */
export const osUpdates: Check = {
  name: 'os-updates',
  pace: 'seldom',
  look: async (sources, rules) => {
    const { system, version } = systemOf((await sources.file('/etc/os-release')).text)
    const listAgeMs = await listAge(sources)
    const security = listAgeMs === null ? null : await waiting(sources)
    return judgeUpdates({ system, version, security, listAgeMs }, rules['os-updates'])
  }
}

function systemOf(text: string): { readonly system: string; readonly version: string } {
  const value = (key: string): string | null =>
    new RegExp(`^${key}=["']?([^"'\n]{1,60})["']?$`, 'm').exec(text)?.[1] ?? null
  const system = value('ID')
  if (system === null || !/^[a-z0-9._-]+$/.test(system)) throw garbled('os-release')
  return { system, version: value('VERSION_ID') ?? '' }
}

/**
 * How old the archive of security updates is that this computer knows, by the date that its maker signed into it. Times
 * of files do not tell: apt sets them to the server's, and other tools touch them.
 */
async function listAge(sources: Sources): Promise<number | null> {
  const names = (await sources.folder(LISTS)).filter((name) =>
    /[-_]security[-_].*Release$|[-_]security_(In)?Release$/.test(name)
  )
  const ages = await Promise.all(
    names.map(async (name) => {
      const date = /^Date: (.{20,40})$/m.exec((await sources.file(`${LISTS}/${name}`)).text)?.[1]
      const at = date === undefined ? Number.NaN : Date.parse(date)
      if (Number.isNaN(at)) throw garbled('a list of updates')
      return sources.wallMs() - at
    })
  )
  return ages.length === 0 ? null : Math.max(...ages)
}

const SIMULATION = [
  '-s',
  '-q',
  '-o',
  'Debug::NoLocking=1',
  '-o',
  'APT::Get::Show-User-Simulation-Note=0',
  'dist-upgrade'
]

/** Security updates that apt would install: lines `Inst NAME [OLD] (NEW ARCHIVE:RELEASE/SUITE [ARCH])`, and a sum at the end. */
async function waiting(sources: Sources): Promise<number> {
  const output = await sources.tool('/usr/bin/apt-get', SIMULATION)
  const sum = /^(\d+) upgraded, (\d+) newly installed, \d+ to remove and \d+ not upgraded\.$/m.exec(output)
  const installs = output.split('\n').filter((line) => line.startsWith('Inst '))
  if (sum === null || installs.length !== Number(sum[1]) + Number(sum[2])) throw garbled('apt-get')
  return installs.filter((line) => /\([^)]*[-/]security/i.test(line)).length
}
