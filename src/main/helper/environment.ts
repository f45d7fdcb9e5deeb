import { remoteSessions } from '../../device/contract/remote-session'

/** What helpers need of the environment: the keychain's bus, the home folder, the language. Nothing that loads code. */
const needed = [
  'HOME',
  'USER',
  'LOGNAME',
  'LANG',
  'LC_ALL',
  'TZ',
  'PATH',
  'TMPDIR',
  'DBUS_SESSION_BUS_ADDRESS',
  'XDG_RUNTIME_DIR',
  'XDG_DATA_HOME',
  'DISPLAY',
  'XAUTHORITY',
  // What the session is, for the checks of the computer.
  'XDG_CURRENT_DESKTOP',
  'XDG_SESSION_TYPE',
  ...Object.keys(remoteSessions),
  'SystemRoot',
  'APPDATA',
  'LOCALAPPDATA',
  'USERPROFILE',
  'TEMP',
  'TMP'
]

/** The environment that a helper process is started with. */
export const helperEnvironment = (from: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(
    needed.flatMap((name) => {
      const value = from[name]
      return value === undefined ? [] : [[name, value]]
    })
  )
