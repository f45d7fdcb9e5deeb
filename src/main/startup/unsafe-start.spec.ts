import { describe, expect, it } from 'vitest'
import { unsafeSwitches, unsafeVariables } from '../../../test/startup-table'
import { unsafeStart } from './unsafe-start'

const program = '/opt/havendesk/resources/app.asar'
const on = (
  argv: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  platform: NodeJS.Platform = 'linux'
): readonly string[] =>
  unsafeStart({ argv: ['/opt/havendesk/havendesk', ...argv], environment, platform, program })

/** What desktops really set, as their sessions show it with \`env\`. */
const gnome = {
  HOME: '/home/a',
  LANG: 'en_US.UTF-8',
  LC_TIME: 'es_ES.UTF-8',
  XDG_CURRENT_DESKTOP: 'ubuntu:GNOME',
  XDG_SESSION_TYPE: 'x11',
  XDG_RUNTIME_DIR: '/run/user/1000',
  DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/user/1000/bus',
  GNOME_DESKTOP_SESSION_ID: 'this-is-deprecated',
  GTK_MODULES: 'gail:atk-bridge',
  QT_ACCESSIBILITY: '1',
  GTK_IM_MODULE: 'ibus',
  XMODIFIERS: '@im=ibus',
  IM_CONFIG_PHASE: '1',
  SSH_AUTH_SOCK: '/run/user/1000/keyring/ssh',
  SESSION_MANAGER: 'local/desk:@/tmp/.ICE-unix/1',
  GIO_LAUNCHED_DESKTOP_FILE: '/usr/share/applications/havendesk.desktop',
  INVOCATION_ID: '1',
  JOURNAL_STREAM: '8:1',
  SYSTEMD_EXEC_PID: '1',
  WINDOWPATH: '2',
  XAUTHORITY: '/run/user/1000/gdm/Xauthority',
  GDK_BACKEND: 'x11',
  LD_PRELOAD: ''
}

describe('A4 a release build', () => {
  it('takes what a desktop gives every program', () => {
    expect(on([], gnome)).toEqual([])
    expect(on([program], gnome)).toEqual([])
    const mac = { HOME: '/Users/a', XPC_SERVICE_NAME: 'x', __CF_USER_TEXT_ENCODING: '0x1F5' }
    expect(on([], mac, 'darwin')).toEqual([])
    const windows = {
      Path: 'C:\\',
      SystemRoot: 'C:\\Windows',
      'ProgramFiles(x86)': 'C:\\P',
      USERPROFILE: 'C:\\U'
    }
    expect(on([], windows, 'win32')).toEqual([])
  })

  it.each(unsafeSwitches)('names the switch of %s, without its value', (argument) => {
    expect(on([argument], gnome)).toEqual([argument.split('=')[0]])
  })

  it.each(Object.entries(unsafeVariables))('names the variable %s', (name, value) => {
    expect(on([], { ...gnome, [name]: value })).toEqual([name])
  })

  it('names another argument than its own program without saying what it is', () => {
    expect(on(['https://records.example/patient/1'])).toEqual(['an argument'])
    expect(on(['-r', '/tmp/x.js'])).toEqual(['-r', 'an argument'])
  })

  it.each(['linux', 'darwin', 'win32', 'freebsd'] as const)('takes nothing unknown on %s', (platform) => {
    expect(on([], { NEXT_YEAR: '1' }, platform)).toEqual(['NEXT_YEAR'])
  })

  it('says at most twenty names, short and printable', () => {
    const many = Object.fromEntries(
      Array.from({ length: 40 }, (_, n) => [`X${'y'.repeat(90)}\u001b${n}`, '1'])
    )
    const names = on([], many)
    expect(names.length).toBeLessThanOrEqual(20)
    expect(names.every((name) => /^[\x20-\x7e]{1,60}$/.test(name))).toBe(true)
  })
})
