import { remotePrograms } from '../check/judge/remote-control'
import type { ApplicationRule } from './rule'

/** Why a program is on the list that Havendesk brings. */
export const knownKinds = ['remote-control', 'capture', 'input-sharing'] as const
export type KnownKind = (typeof knownKinds)[number]

interface Known {
  readonly title: string
  /** Names of its programs, without `.exe`, in lower case. */
  readonly names: readonly string[]
}

/**
 * Programs that show this desk elsewhere or let somebody move it from there, beside those that the check
 * `remote-control` knows. Names are those that Safe Exam Browser's own list has for Windows (seb-win-refactoring,
 * DataValues.cs), that the products' Debian packages install (packages.debian.org, lists of files), or that the makers
 * name in their instructions for firewalls and for unattended installation.
 */
const remoteControl: readonly Known[] = [
  { title: 'TeamViewer', names: ['teamviewer_desktop', 'tv_w32', 'tv_x64', 'teamviewerqs'] },
  { title: 'Splashtop', names: ['splashtop-streamer', 'srfeature', 'srutility'] },
  { title: 'ScreenConnect', names: ['screenconnect.windowsclient', 'connectwisecontrol.client'] },
  { title: 'GoTo', names: ['g2mcomm', 'g2mlauncher', 'g2mstart', 'g2ax_comm_expert', 'gotoresolve'] },
  { title: 'join.me', names: ['join.me', 'join.me.sentinel'] },
  { title: 'RemotePC', names: ['remotepcdesktop', 'remotepcservice', 'rpcsuite', 'rpcservice', 'remotepc'] },
  {
    title: 'Chrome Remote Desktop',
    names: ['remote_assistance_host', 'remoting_desktop', 'chrome-remote-desktop-host']
  },
  { title: 'RealVNC', names: ['vncserverui', 'vncserver-x11', 'vncserver-x11-core', 'vncagent'] },
  { title: 'Mikogo', names: ['mikogo-host', 'mikogo-service'] },
  { title: 'Zoho Assist', names: ['za_connect', 'zaservice', 'zohours', 'zohotray'] },
  { title: 'BeyondTrust', names: ['bomgar-scc', 'bomgar-pac'] },
  { title: 'Jump Desktop', names: ['jumpconnect', 'jumpdesktopconnect'] },
  { title: 'MeshCentral', names: ['meshagent', 'meshagent64'] },
  { title: 'HopToDesk', names: ['hoptodesk'] },
  { title: 'AweSun', names: ['awesun', 'aweray_remote'] },
  { title: 'UltraViewer', names: ['ultraviewer_service'] },
  { title: 'Iperius Remote', names: ['iperiusremote'] },
  { title: 'Getscreen', names: ['getscreen'] },
  { title: 'Weston’s remote desktop', names: ['weston-rdp', 'krdpserver', 'krdp'] }
]

/** Programs that keep or send pictures of the screen. Names as above; `ffmpeg` and browsers can too, and do other things. */
const capture: readonly Known[] = [
  { title: 'OBS Studio', names: ['obs', 'obs32', 'obs64', 'obs-studio', 'obs-ffmpeg-mux'] },
  { title: 'Streamlabs', names: ['streamlabs obs', 'streamlabs desktop', 'slobs'] },
  { title: 'XSplit', names: ['xsplit.core', 'xsplit'] },
  { title: 'SimpleScreenRecorder', names: ['simplescreenrecorder'] },
  { title: 'Kazam', names: ['kazam'] },
  { title: 'vokoscreen', names: ['vokoscreen', 'vokoscreenng'] },
  { title: 'recordMyDesktop', names: ['recordmydesktop', 'gtk-recordmydesktop', 'qt-recordmydesktop'] },
  { title: 'Peek', names: ['peek'] },
  { title: 'Byzanz', names: ['byzanz-record'] },
  { title: 'wf-recorder', names: ['wf-recorder', 'wl-screenrec'] },
  { title: 'GPU Screen Recorder', names: ['gpu-screen-recorder'] },
  { title: 'Kooha', names: ['kooha'] },
  { title: 'Camtasia', names: ['camtasia', 'camtasiastudio', 'camrecorder', 'camtasiarecorder'] },
  { title: 'Snagit', names: ['snagit32', 'snagiteditor', 'snagitcapture'] },
  { title: 'Bandicam', names: ['bdcam', 'bandicam'] },
  { title: 'Fraps', names: ['fraps', 'fraps64'] },
  { title: 'Loom', names: ['loom'] },
  { title: 'ShareX', names: ['sharex'] },
  { title: 'Greenshot', names: ['greenshot'] },
  { title: 'Lightshot', names: ['lightshot'] },
  { title: 'CleanShot', names: ['cleanshot x'] },
  { title: 'Flameshot', names: ['flameshot'] },
  { title: 'ksnip', names: ['ksnip'] },
  { title: 'Shutter', names: ['shutter'] },
  {
    title: 'Screenshot tool of the desktop',
    names: ['gnome-screenshot', 'xfce4-screenshooter', 'spectacle', 'snippingtool']
  },
  { title: 'scrot', names: ['scrot', 'maim', 'grim'] }
]

/** Programs by which another computer or a telephone is keyboard, mouse or screen of this desk. */
const inputSharing: readonly Known[] = [
  { title: 'Barrier', names: ['barrier', 'barrierc'] },
  { title: 'Input Leap', names: ['input-leap', 'input-leapc', 'input-leaps'] },
  { title: 'Synergy', names: ['synergy', 'synergyc', 'synergy-core', 'synergyd'] },
  { title: 'Deskflow', names: ['deskflow', 'deskflow-client', 'deskflow-server', 'deskflow-core'] },
  { title: 'Lan Mouse', names: ['lan-mouse'] },
  {
    title: 'Mouse without Borders',
    names: ['powertoys.mousewithoutborders', 'powertoys.mousewithoutbordershelper']
  },
  { title: 'ShareMouse', names: ['sharemouse'] },
  { title: 'scrcpy', names: ['scrcpy'] },
  { title: 'VirtualHere', names: ['vhui64', 'vhusbdx86_64', 'vhclientx86_64'] }
]

const deny = (name: string, title?: string): ApplicationRule => ({
  verdict: 'deny',
  name,
  ...(title === undefined ? {} : { title })
})
const rulesOf = (list: readonly Known[]): readonly ApplicationRule[] =>
  list.flatMap(({ title, names }) => names.map((name) => deny(name, title)))

const lists: Readonly<Record<KnownKind, readonly ApplicationRule[]>> = {
  'remote-control': [...[...remotePrograms].map((name) => deny(name)), ...rulesOf(remoteControl)],
  capture: rulesOf(capture),
  'input-sharing': rulesOf(inputSharing)
}

/** The rules of the list that Havendesk brings, for the kinds that a policy takes. */
export const knownRules = (kinds: readonly KnownKind[]): readonly ApplicationRule[] =>
  kinds.flatMap((kind) => lists[kind])
