import type { Where } from '../../src/device/contract/lock-down'

type Ask = Where['ask']
const said = (output: string): { code: number; output: string } => ({ code: 0, output })
const failed = (output: string, code = 1): { code: number; output: string } => ({ code, output })

const schemas: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'org.gnome.shell.keybindings': {
    screenshot: "['<Shift>Print']",
    'screenshot-window': "['<Alt>Print']",
    'show-screenshot-ui': "['Print']"
  },
  'org.gnome.desktop.wm.keybindings': {
    'switch-applications': "['<Super>Tab', '<Alt>Tab']",
    'show-desktop': "['<Super>d']",
    close: "['<Alt>F4']",
    'panel-run-dialog': "['<Alt>F2']"
  },
  'org.gnome.mutter': { 'overlay-key': "'Super_L'" },
  'org.gnome.desktop.notifications': { 'show-banners': 'true' },
  'org.gnome.desktop.lockdown': {
    'disable-printing': 'false',
    'disable-print-setup': 'false',
    'disable-user-switching': 'false',
    'disable-command-line': 'false',
    'disable-lock-screen': 'true'
  },
  'org.gnome.desktop.media-handling': { 'automount-open': 'true', 'autorun-never': 'false' },
  'org.gnome.desktop.screensaver': { 'lock-enabled': 'false' }
}

/** gsettings, xmodmap, xhost and xprop of a GNOME desktop in memory, in the form in which Debian's write. */
export function gnomeTools(): Ask {
  const set = new Map<string, string>()
  const keys = new Map([
    ['9', 'Escape NoSymbol Escape'],
    ['107', 'Print Sys_Req Print Sys_Req'],
    ['218', 'Print NoSymbol Print']
  ])
  let access = 'disabled'
  const hosts = new Set(['INET:elsewhere.example', 'SI:localuser:tester'])
  return (path, args) => {
    const [first = '', schema = '', key = '', value = ''] = args
    const answer = (): { code: number; output: string } => {
      switch (path) {
        case '/usr/bin/gsettings': {
          const known = schemas[schema]
          if (known === undefined) return failed(`No such schema “${schema}”\n`)
          if (first === 'list-recursively')
            return said(
              `${Object.entries(known)
                .map(([name, usual]) => `${schema} ${name} ${set.get(`${schema} ${name}`) ?? usual}`)
                .join('\n')}\n`
            )
          if (first === 'set') set.set(`${schema} ${key}`, value)
          else set.delete(`${schema} ${key}`)
          return said('')
        }
        case '/usr/bin/xmodmap': {
          if (first === '-pke')
            return said(
              [...keys].map(([code, symbols]) => `keycode ${code.padStart(3)} = ${symbols}\n`).join('')
            )
          const [, code = '', symbols = ''] = /^keycode (\d+) =(.*)$/.exec(schema) ?? []
          keys.set(code, symbols.trim())
          return said('')
        }
        case '/usr/bin/xhost': {
          if (first === '')
            return said(
              [`access control ${access}, only authorized clients can connect`, ...hosts, ''].join('\n')
            )
          if (first === '+') access = 'disabled'
          else if (first === '-') access = 'enabled'
          else if (first.startsWith('+')) hosts.add(first.slice(1))
          else hosts.delete(first.slice(1))
          return said('')
        }
        default:
          return failed('', 127)
      }
    }
    return Promise.resolve(answer())
  }
}

/** reg.exe over a registry in memory; its own words in German, since they follow the system's language. */
export function regTool(): Ask {
  const values = new Map<string, { readonly kind: string; readonly data: string }>()
  return (_path, [verb = '', key = '', , name = '', , kind = '', , data = '']) => {
    const at = `${key}|${name}`
    const found = values.get(at)
    if (verb === 'add') {
      values.set(at, { kind, data: kind === 'REG_DWORD' ? `0x${Number(data).toString(16)}` : data })
      return Promise.resolve(said('Der Vorgang wurde erfolgreich beendet.\r\n'))
    }
    if (found === undefined)
      return Promise.resolve(
        failed('FEHLER: Der angegebene Registrierungsschlüssel wurde nicht gefunden.\r\n')
      )
    if (verb === 'delete') values.delete(at)
    return Promise.resolve(said(`\r\n${key}\r\n    ${name}    ${found.kind}    ${found.data}\r\n\r\n`))
  }
}

/** defaults(1) over preferences in memory. */
export function defaultsTool(): Ask {
  const values = new Map<string, string>()
  return (_path, args) => {
    const [verb = '', domain = '', name = '', , value = ''] = args.filter((one) => one !== '-currentHost')
    const at = `${domain} ${name}`
    const found = values.get(at)
    if (verb === 'write') values.set(at, value === 'true' ? '1' : '0')
    else if (found === undefined)
      return Promise.resolve(
        failed(
          `2026-11-27 05:00:00.000 defaults[731:9] \nThe domain/default pair of (${domain}, ${name}) does not exist\n`
        )
      )
    else if (verb === 'delete') values.delete(at)
    return Promise.resolve(said(verb === 'read' ? `${found ?? ''}\n` : ''))
  }
}
