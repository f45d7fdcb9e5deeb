import { lstat } from 'node:fs/promises'
import type { SettingId } from '../../../core/lock-down/setting'
import { err, ok, type Result } from '../../../core/result'
import { garbled, ifThere } from '../../contract/sources'
import type { Change, LockDown, Where } from '../../contract/lock-down'
import { gsetting, gsettingOf } from './gsettings'
import { accessControl, accessList, printKeys, xServerChanges } from './x-server'

const windows = (key: string): Change => gsetting('org.gnome.desktop.wm.keybindings', key, '@as []')
const shell = (key: string): Change => gsetting('org.gnome.shell.keybindings', key, '@as []')
const locked = (key: string, wanted = 'true'): Change => gsetting('org.gnome.desktop.lockdown', key, wanted)

/** What GNOME is set to. Keys that an older or newer GNOME does not have are left out. */
const gnome: Readonly<Partial<Record<SettingId, readonly Change[]>>> = {
  screenshots: [
    ...['screenshot', 'screenshot-window', 'show-screenshot-ui', 'show-screen-recording-ui'].map(shell),
    // Up to GNOME 41.
    ...['screenshot', 'screenshot-clip', 'area-screenshot', 'window-screenshot', 'screencast'].map((key) =>
      gsetting('org.gnome.settings-daemon.plugins.media-keys', key, '@as []')
    )
  ],
  'window-keys': [
    ...[
      'switch-applications',
      'switch-applications-backward',
      'switch-windows',
      'switch-windows-backward',
      'cycle-windows',
      'cycle-windows-backward',
      'switch-group',
      'show-desktop',
      'minimize',
      'close',
      'begin-move',
      'begin-resize',
      'switch-to-workspace-left',
      'switch-to-workspace-right',
      'switch-to-workspace-up',
      'switch-to-workspace-down',
      'move-to-workspace-left',
      'move-to-workspace-right'
    ].map(windows),
    gsetting('org.gnome.mutter', 'overlay-key', "''")
  ],
  notifications: [gsetting('org.gnome.desktop.notifications', 'show-banners', 'false')],
  printing: [locked('disable-printing'), locked('disable-print-setup')],
  'user-switching': [locked('disable-user-switching')],
  'run-dialog': [locked('disable-command-line'), windows('panel-run-dialog')],
  'removable-media': [
    gsetting('org.gnome.desktop.media-handling', 'automount-open', 'false'),
    gsetting('org.gnome.desktop.media-handling', 'autorun-never', 'true')
  ],
  'screen-lock': [
    gsetting('org.gnome.desktop.screensaver', 'lock-enabled', 'true'),
    locked('disable-lock-screen', 'false')
  ]
}

/** Where our own kiosk session keeps the settings of its window manager, owned by root. */
const KIOSK_CONFIG = '/usr/share/havendesk/kiosk/openbox.xml'

/**
 * The kiosk session starts a window manager without keys or menus, this program, and nothing else. It is told by what the
 * window manager says of the settings that it read. Any program of the same display can say so too: see docs/security.md.
 */
async function isKiosk(where: Where): Promise<boolean> {
  if (where.session.desktop !== 'Havendesk' || where.session.display === undefined) return false
  const said = await ifThere(where.ask('/usr/bin/xprop', ['-root', '_OB_CONFIG_FILE']))
  return said !== null && said.code === 0 && said.output.trim().endsWith(`= "${KIOSK_CONFIG}"`)
}

const absentInKiosk: readonly SettingId[] = [
  'screenshots',
  'window-keys',
  'notifications',
  'printing',
  'user-switching',
  'run-dialog',
  'removable-media',
  'clipboard-history'
]

const isX11 = ({ session }: Where): boolean => session.display !== undefined && session.type !== 'wayland'

/** GNOME by its settings, any X11 display by those of its server, our kiosk session by having nothing else in it. */
export const linuxLockDown: LockDown = {
  changesFor: async (setting, where) => {
    const ofDisplay = displayChanges(setting)
    if (ofDisplay !== null && !isX11(where)) return err('Wayland has no setting for it')
    if (absentInKiosk.includes(setting) && (await isKiosk(where))) return ok(ofDisplay ?? [])
    if (setting === 'display-access') return ok(ofDisplay ?? [])
    const ofDesktop = await desktopChanges(setting, where)
    return ofDesktop.ok ? ok([...(ofDisplay ?? []), ...ofDesktop.value]) : ofDesktop
  },
  changeOf: (key) => xServerChanges.find((change) => change.key === key) ?? gsettingOf(key),
  isGone: async (key, { session }) => {
    if (!key.startsWith('x11:')) return false
    const number = /^:(\d+)/.exec(session.display ?? '')?.[1]
    // Settings of an X server end with it, and so does its socket.
    return number !== undefined && !(await isThere(`/tmp/.X11-unix/X${number}`))
  },
  /** passwd(5): `name:x:1001:1001:Full name:/home/name:/bin/bash`. */
  accountOf: async (uid, ask) => {
    const { code, output } = await ask('/usr/bin/getent', ['passwd', String(uid)])
    const [, , found, gid = '', , home = ''] = output.trim().split(':')
    if (code !== 0 || found !== String(uid) || !/^\d+$/.test(gid) || !home.startsWith('/'))
      throw garbled('getent')
    return { uid, gid: Number(gid), home }
  }
}

function displayChanges(setting: SettingId): readonly Change[] | null {
  if (setting === 'screenshots') return [printKeys]
  return setting === 'display-access' ? [accessControl, accessList] : null
}

async function desktopChanges(setting: SettingId, where: Where): Promise<Result<readonly Change[], string>> {
  const { desktop = '' } = where.session
  if (!/gnome|unity/i.test(desktop)) {
    // An X11 desktop takes the key from the display, which does not know it any more.
    return setting === 'screenshots' ? ok([]) : err(`the desktop ${desktop || 'without a name'} is not known`)
  }
  const wanted = gnome[setting]
  if (wanted === undefined) return err('GNOME has no setting for it')
  const there = await Promise.all(
    wanted.map(async (change) => ((await ifThere(change.read(where))) === null ? [] : [change]))
  )
  const changes = there.flat()
  return changes.length === 0 && setting !== 'screenshots'
    ? err('this GNOME has no setting for it')
    : ok(changes)
}

async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw error
  }
}
