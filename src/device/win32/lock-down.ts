import type { SettingId } from '../../core/lock-down/setting'
import { err, ok } from '../../core/result'
import type { Change, LockDown, Value, Where } from '../contract/lock-down'
import { garbled, SourceError } from '../contract/sources'

// Written from Microsoft's reference (policy CSPs and reg.exe); none of it has been run on Windows.

const REG = 'C:\\Windows\\System32\\reg.exe'
type Kind = 'REG_DWORD' | 'REG_SZ'

/** One value of the registry. `USER` stands for the asker's own branch, which is found by the identifier of who asks. */
interface Place {
  readonly branch: 'HKLM' | 'USER'
  readonly path: string
  readonly name: string
}

const keyOf = ({ branch, path, name }: Place): string => `registry:${branch}\\${path}|${name}`

function registry(place: Place, kind: Kind, data: string): Change {
  const wanted = `${kind} ${data}`
  return {
    key: keyOf(place),
    wanted,
    read: (where) => query(where, place),
    write: async (where, value) => {
      const at = fullPath(where, place)
      if (value === null) {
        if ((await query(where, place)) !== null) await run(where, ['delete', at, '/v', place.name, '/f'])
        return
      }
      const [, type, text] = /^(REG_[A-Z_]+) (.*)$/.exec(value) ?? []
      if (type === undefined || text === undefined) throw garbled('the value of a registry setting')
      await run(where, ['add', at, '/v', place.name, '/t', type, '/d', text, '/f'])
    }
  }
}

function fullPath({ sid }: Where, { branch, path }: Place): string {
  if (branch === 'HKLM') return `HKLM\\${path}`
  if (sid === undefined || !/^S-1-[0-9-]+$/.test(sid))
    throw new SourceError('absent', 'nobody knows who asks')
  return `HKU\\${sid}\\${path}`
}

async function run(where: Where, args: readonly string[]): Promise<void> {
  const { code } = await where.ask(REG, args)
  if (code !== 0) throw new SourceError('unusable', `reg ${args[0] ?? ''} ended with ${String(code)}`)
}

/** `    ToastEnabled    REG_DWORD    0x0`; reg ends with 1 where there is no such value, and says so in the system's language. */
async function query(where: Where, place: Place): Promise<Value> {
  const { code, output } = await where.ask(REG, ['query', fullPath(where, place), '/v', place.name])
  if (code === 1) return null
  if (code !== 0) throw new SourceError('unusable', `reg query ended with ${String(code)}`)
  for (const line of output.split(/\r?\n/)) {
    const [, name, kind, data] = /^ {4}(.+?) {4}(REG_[A-Z_]+) {4}(.*)$/.exec(line) ?? []
    if (name !== place.name || kind === undefined || data === undefined) continue
    return `${kind} ${kind === 'REG_DWORD' ? String(Number(data)) : data}`
  }
  throw garbled('reg')
}

const EXPLORER = 'Software\\Microsoft\\Windows\\CurrentVersion\\Policies\\Explorer'
const user = (path: string, name: string, kind: Kind, data: string): Change =>
  registry({ branch: 'USER', path, name }, kind, data)
const machine = (path: string, name: string, data: string): Change =>
  registry({ branch: 'HKLM', path: `SOFTWARE\\${path}`, name }, 'REG_DWORD', data)

const changes: Readonly<Partial<Record<SettingId, readonly Change[]>>> = {
  screenshots: [
    user('Control Panel\\Keyboard', 'PrintScreenKeyForSnippingEnabled', 'REG_DWORD', '0'),
    machine('Policies\\Microsoft\\TabletPC', 'DisableSnippingTool', '1'),
    machine('Policies\\Microsoft\\Windows\\GameDVR', 'AllowGameDVR', '0')
  ],
  notifications: [
    user('Software\\Microsoft\\Windows\\CurrentVersion\\PushNotifications', 'ToastEnabled', 'REG_DWORD', '0')
  ],
  'user-switching': [
    machine('Microsoft\\Windows\\CurrentVersion\\Policies\\System', 'HideFastUserSwitching', '1')
  ],
  'run-dialog': [user(EXPLORER, 'NoRun', 'REG_DWORD', '1')],
  'removable-media': [user(EXPLORER, 'NoDriveTypeAutoRun', 'REG_DWORD', '255')],
  'screen-lock': [user('Control Panel\\Desktop', 'ScreenSaverIsSecure', 'REG_SZ', '1')],
  // Every session has a window station of its own, which nobody else's programs reach.
  'display-access': [],
  'clipboard-history': [
    machine('Policies\\Microsoft\\Windows\\System', 'AllowClipboardHistory', '0'),
    machine('Policies\\Microsoft\\Windows\\System', 'AllowCrossDeviceClipboard', '0')
  ]
}
const impossible: Readonly<Partial<Record<SettingId, string>>> = {
  'window-keys': 'Windows reads its keys at sign-in; Alt+Tab is no setting',
  printing: 'Windows has no switch for printing that can be put back'
}
const all = Object.values(changes).flat()

export const win32LockDown: LockDown = {
  changesFor: (setting) => {
    const known = changes[setting]
    return Promise.resolve(
      known === undefined ? err(impossible[setting] ?? 'not known on Windows') : ok(known)
    )
  },
  changeOf: (key) => all.find((change) => change.key === key) ?? null,
  isGone: () => Promise.resolve(false)
}
