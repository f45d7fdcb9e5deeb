import { KERNEL_NAME, plainName } from '../../application/program'
import { fail, pass, type Finding } from '../finding'

export interface RemoteFacts {
  /** Names of programs that run. */
  readonly programs: readonly string[]
  /** Ports that programs wait at, on any address. */
  readonly listening: readonly number[]
  /** Why this session counts as remote, in a few words; empty when it does not. */
  readonly session: readonly string[]
}

/** Programs by which somebody else can see or move this desk; names in lower case, without `.exe`. */
export const remotePrograms: ReadonlySet<string> = new Set([
  'anydesk',
  'teamviewer',
  'teamviewerd',
  'teamviewer_service',
  'rustdesk',
  'todesk',
  'sunloginclient',
  'splashtop',
  'srserver',
  'srmanager',
  'strwinclt',
  'screenconnect.clientservice',
  'logmein',
  'lmiguardiansvc',
  'gotoassist',
  'g2comm',
  'ultraviewer_desktop',
  'dwagsvc',
  'dwagent',
  'aeroadmin',
  'supremo',
  'ammyy_admin',
  'radmin',
  'rserver3',
  'nomachine',
  'nxserver.bin',
  'nxnode.bin',
  'x11vnc',
  'vncserver',
  'winvnc',
  'tvnserver',
  'x0vncserver',
  'xvnc',
  'xtigervnc',
  'wayvnc',
  'krfb',
  'vino-server',
  'gnome-remote-desktop-daemon',
  'gnome-remote-de',
  'xrdp',
  'xrdp-sesman',
  'remoting_host',
  'chrome-remote-desktop',
  'chrome-remote-d',
  'quickassist',
  'msra',
  'parsecd',
  'sunshine',
  'screensharingd',
  'screensharingag',
  'ardagent',
  'barriers',
  'synergys',
  'synergy-server',
  'mousewithoutborders'
])

/** VNC, X11 and RDP as they are served; the ports of their specifications. */
const remotePorts = (port: number): string | null => {
  if (port === 3389) return 'RDP'
  if (port >= 5900 && port <= 5999) return 'VNC'
  // sshd gives displays from 10 on to sessions with X11 forwarding.
  if (port >= 6010 && port <= 6099) return 'X11 forwarding'
  return null
}

/** Nothing runs, waits or says that somebody else sees or moves this desk. `programs`: names that a policy adds, `except`: those that it takes away. */
export function judgeRemoteControl(
  facts: RemoteFacts,
  {
    programs: more,
    except = []
  }: { readonly programs: readonly string[]; readonly except?: readonly string[] | undefined }
): Finding {
  const wanted = new Set([...remotePrograms, ...more.map(plainName)])
  for (const name of except) wanted.delete(plainName(name))
  const cut = new Set(
    [...wanted].filter((name) => name.length > KERNEL_NAME).map((name) => name.slice(0, KERNEL_NAME))
  )
  const programs = [...new Set(facts.programs.map(plainName))].filter(
    (name) => wanted.has(name) || cut.has(name)
  )
  const ports = [...new Set(facts.listening)].flatMap((port) => {
    const kind = remotePorts(port)
    return kind === null ? [] : [`port ${port} (${kind})`]
  })
  const signs = [...programs, ...ports, ...facts.session]
  // Who sits elsewhere has no program to close: that is said first.
  const remedy = facts.session.length > 0 ? 'session' : 'found'
  if (signs.length > 0) return fail(signs.slice(0, 12).join('; '), `remedy.remote-control.${remedy}`)
  return pass(`none of ${facts.programs.length} programs and ${facts.listening.length} ports`)
}
