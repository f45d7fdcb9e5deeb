import { remoteSessions } from '../../device/contract/remote-session'

/** One variable that a desktop sets, and what its value may be where some values load code. */
export interface NormalVariable {
  readonly name: RegExp
  readonly value?: RegExp
}

const names = (...all: readonly string[]): NormalVariable => ({ name: new RegExp(`^(${all.join('|')})$`) })

/** Bare names of the modules that desktops load into every GTK program; a path could be anybody's library. */
const gtkModules =
  /^(gail|atk-bridge|canberra-gtk-module|appmenu-gtk-module|unity-gtk-module|xapp-gtk3-module|pk-gtk-module|:)*$/

const everywhere = names(
  'HOME',
  'USER',
  'LOGNAME',
  'SHELL',
  'PATH',
  'TMPDIR',
  'TZ',
  'LANG',
  'LANGUAGE',
  'LC_[A-Z]+'
)

/** What a shell, or a terminal that somebody started us from, adds. None of it is read by us or by Chromium. */
const shell = names(
  '_',
  'PWD',
  'OLDPWD',
  'SHLVL',
  'MAIL',
  'EDITOR',
  'VISUAL',
  'PAGER',
  'LESS[A-Z]*',
  'LS_COLORS',
  'TERM',
  'TERM_PROGRAM(_VERSION)?',
  'TERM_SESSION_ID',
  'COLORTERM',
  'VTE_VERSION',
  'KONSOLE_[A-Z_]+',
  'GNOME_TERMINAL_(SCREEN|SERVICE)',
  'SSH_(AUTH_SOCK|AGENT_PID|AGENT_LAUNCHER)',
  'GPG_AGENT_INFO'
)

/**
 * It loads nothing, and says that the session is a remote one. Whoever has it needs the finding of the check
 * `remote-control`, with its remedy and under the policy, more than a refused start: see ADR 61.
 */
const overSsh = names('SSH_(CONNECTION|CLIENT|TTY)')

const linux: readonly NormalVariable[] = [
  everywhere,
  shell,
  names('HOSTNAME', 'USERNAME', 'PAPERSIZE', 'MANDATORY_PATH', 'DEFAULTS_PATH', 'DEBUGINFOD_URLS'),
  // The session and its display.
  names(
    'DISPLAY',
    'XAUTHORITY',
    'WAYLAND_DISPLAY',
    'WINDOWID',
    'WINDOWPATH',
    'DESKTOP_SESSION',
    'DESKTOP_STARTUP_ID',
    'DESKTOP_AUTOSTART_ID',
    'GDMSESSION',
    'GDM_LANG',
    'SESSION_MANAGER',
    'XDG_[A-Z_]+',
    'DBUS_SESSION_BUS_(ADDRESS|PID|WINDOWID)',
    'GIO_LAUNCHED_DESKTOP_FILE(_PID)?',
    'GNOME_(DESKTOP_SESSION_ID|KEYRING_CONTROL|KEYRING_PID|SETUP_DISPLAY|SHELL_SESSION_MODE)',
    'KDE_(FULL_SESSION|SESSION_UID|SESSION_VERSION|APPLICATIONS_AS_SCOPE)',
    'KDEHOME',
    'LXQT_SESSION_CONFIG',
    'MATE_DESKTOP_SESSION_ID',
    'CINNAMON_VERSION'
  ),
  // What says that this session is a remote one: the finding of a check, as with SSH.
  overSsh,
  names(...Object.keys(remoteSessions), 'XRDP_(SOCKET_PATH|PULSE_SINK_SOCKET|PULSE_SOURCE_SOCKET)'),
  { name: /^UID$/, value: /^\d+$/ },
  { name: /^PULSE_SCRIPT$/, value: /^\/etc\/xrdp\/pulse\/default\.pa$/ },
  // The service manager that started it.
  names(
    'INVOCATION_ID',
    'JOURNAL_STREAM',
    'MANAGERPID',
    'MANAGERPIDFDID',
    'SYSTEMD_EXEC_PID',
    'MEMORY_PRESSURE_(WATCH|WRITE)'
  ),
  // Input methods, looks and screen readers. What names a file or folder to load from is not among them.
  names(
    'XMODIFIERS',
    '(GTK|QT|QT4|CLUTTER|SDL)_IM_MODULE',
    'IM_CONFIG_(PHASE|CHECK_ENV)',
    'XCURSOR_(THEME|SIZE)',
    'GTK2?_RC_FILES',
    'GTK_(A11Y|OVERLAY_SCROLLING|CSD)',
    'GDK_(SCALE|DPI_SCALE)',
    'NO_AT_BRIDGE',
    'ACCESSIBILITY_ENABLED',
    'GNOME_ACCESSIBILITY',
    'QT_(ACCESSIBILITY|LINUX_ACCESSIBILITY_ALWAYS_ON|AUTO_SCREEN_SCALE_FACTOR|SCALE_FACTOR|SCREEN_SCALE_FACTORS|QPA_PLATFORMTHEME|WAYLAND_RECONNECT|STYLE_OVERRIDE)',
    'PLASMA_USE_QT_SCALING'
  ),
  { name: /^GTK3?_MODULES$/, value: gtkModules },
  // Electron itself sets these before any of our code runs; desktops set the first one too.
  { name: /^GDK_BACKEND$/, value: /^(x11|wayland)$/ },
  names('CHROME_DESKTOP', 'ORIGINAL_XDG_CURRENT_DESKTOP')
]

const darwin: readonly NormalVariable[] = [
  everywhere,
  shell,
  overSsh,
  names(
    'XPC_(FLAGS|SERVICE_NAME)',
    '__CF_USER_TEXT_ENCODING',
    '__CFBundleIdentifier',
    'LaunchInstanceID',
    'SECURITYSESSIONID',
    'COMMAND_MODE',
    'MallocNanoZone',
    'OSLogRateLimit',
    'Apple_PubSub_Socket_Render'
  )
]

/** Windows takes names in any case. */
const win32: readonly NormalVariable[] = [
  {
    name: /^(ALLUSERSPROFILE|APPDATA|COMMONPROGRAM(FILES|W6432)(\(X86\)|\(ARM\))?|COMPUTERNAME|COMSPEC|DRIVERDATA|HOMEDRIVE|HOMEPATH|LOCALAPPDATA|LOGONSERVER|NUMBER_OF_PROCESSORS|ONEDRIVE(COMMERCIAL|CONSUMER)?|OS|PATH|PATHEXT|PROCESSOR_[A-Z0-9]+|PROGRAM(DATA|W6432|FILES(\(X86\)|\(ARM\))?)|PSMODULEPATH|PUBLIC|SESSIONNAME|CLIENTNAME|SYSTEM(DRIVE|ROOT)|TEMP|TMP|USER(DNSDOMAIN|DOMAIN|DOMAIN_ROAMINGPROFILE|NAME|PROFILE)|WINDIR|UATDATA|ZES_ENABLE_SYSMAN|EFC_[0-9_]+)$/i
  }
]

/** What a desktop of each system sets for every program. Everything else is refused in a release build. */
export const normalEnvironment: Readonly<Partial<Record<NodeJS.Platform, readonly NormalVariable[]>>> = {
  linux,
  darwin,
  win32
}
