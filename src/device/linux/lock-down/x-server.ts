import type { Change, Where } from '../../contract/lock-down'
import { garbled, SourceError } from '../../contract/sources'

const XMODMAP = '/usr/bin/xmodmap'
const XHOST = '/usr/bin/xhost'

async function tool(where: Where, path: string, args: readonly string[]): Promise<string> {
  const { code, output } = await where.ask(path, args)
  if (code !== 0) throw new SourceError('unusable', `${path} ended with ${String(code)}`)
  return output
}

const LINE = /^keycode\s+(\d{1,3}) =(.*)$/

/**
 * The keys that mean PrintScreen, as lines of `xmodmap -pke` joined by `;`: `107=Print Sys_Req Print Sys_Req`. While none
 * does, window managers that follow the map hear nothing of it. A program that grabbed the key by its number still does.
 */
export const printKeys: Change = {
  key: 'x11:print-keys',
  wanted: '',
  read: async (where) => {
    const lines = (await tool(where, XMODMAP, ['-pke'])).split('\n').filter((line) => line !== '')
    const keys = lines.map((line) => {
      const found = LINE.exec(line)
      if (found === null) throw garbled('xmodmap')
      return { code: found[1] ?? '', symbols: (found[2] ?? '').trim() }
    })
    if (keys.length === 0) throw garbled('xmodmap')
    return keys
      .filter(({ symbols }) => /\b(Print|Sys_Req)\b/.test(symbols))
      .map(({ code, symbols }) => `${code}=${symbols}`)
      .join(';')
  },
  write: async (where, value) => {
    const now = (await printKeys.read(where)) ?? ''
    const cleared = now === '' ? [] : now.split(';').map((one) => `keycode ${one.split('=')[0] ?? ''} =`)
    const set =
      (value ?? '') === '' ? [] : (value ?? '').split(';').map((one) => `keycode ${one.replace('=', ' = ')}`)
    for (const line of set.length > 0 ? set : cleared) await tool(where, XMODMAP, ['-e', line])
  }
}

async function access(
  where: Where
): Promise<{ readonly isOpen: boolean; readonly hosts: readonly string[] }> {
  const [first = '', ...rest] = (await tool(where, XHOST, [])).split('\n')
  const word = /^access control (enabled|disabled), /.exec(first)?.[1]
  if (word === undefined) throw garbled('xhost')
  // Who is let in by name of the user has to be logged in here; a host, or everybody on this one, does not.
  const hosts = rest.filter((line) => line !== '' && !line.startsWith('SI:localuser:')).sort()
  return { isOpen: word === 'disabled', hosts }
}

/** Whether the display lets in everybody who asks. */
export const accessControl: Change = {
  key: 'x11:access-control',
  wanted: 'enabled',
  read: async (where) => ((await access(where)).isOpen ? 'disabled' : 'enabled'),
  write: async (where, value) => {
    await tool(where, XHOST, [value === 'disabled' ? '+' : '-'])
  }
}

/** Computers, and all users of this one, that the display lets in: entries of `xhost`, joined by spaces. */
export const accessList: Change = {
  key: 'x11:access-list',
  wanted: '',
  read: async (where) => (await access(where)).hosts.join(' '),
  write: async (where, value) => {
    const { hosts } = await access(where)
    const listed = (value ?? '').split(' ').filter((one) => one !== '')
    for (const host of hosts) if (!listed.includes(host)) await tool(where, XHOST, [`-${host}`])
    for (const host of listed) if (!hosts.includes(host)) await tool(where, XHOST, [`+${host}`])
  }
}

export const xServerChanges: readonly Change[] = [printKeys, accessControl, accessList]
