import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { run } from './run.mjs'
import { SetupError } from './report.mjs'

/** Shared libraries Electron is linked against, and the keychain's client library. */
const libraries = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libxss1', 'libsecret-1-0', 'libnotify4']
/** A display, a window manager and a keychain where there are none, and a browser for the console's pictures. */
const headless = [
  'xvfb',
  'xauth',
  'openbox',
  'xdotool',
  'x11-xserver-utils',
  'imagemagick',
  'dbus',
  'dbus-x11',
  'gnome-keyring',
  'chromium'
]

/** A real desktop elsewhere, shown by a gateway. */
const desktops = ['tigervnc-standalone-server', 'novnc', 'websockify', 'x11-xserver-utils']
/** Settings of a real desktop, another program that reads its clipboard, and a second display. */
const settings = [
  'libglib2.0-bin',
  'gsettings-desktop-schemas',
  'x11-utils',
  'x11-apps',
  'xclip',
  'xserver-xorg-core',
  'xserver-xorg-video-dummy'
]
/** Real tunnels for the tests of the VPN. */
const tunnels = ['iproute2', 'procps', 'wireguard-go', 'wireguard-tools', 'openvpn']
/**
 * What tests ask besides: a PostgreSQL that is not the embedded one, proof that a file was synced, a TPM, a firewall,
 * anti-virus, a media relay, tunnels, a desktop elsewhere, a desktop here.
 */
const testing = [
  'postgresql',
  'strace',
  'swtpm',
  'swtpm-tools',
  'tpm2-tools',
  'libtss2-tcti-swtpm0',
  'nftables',
  'clamav',
  'clamav-daemon',
  'clamdscan',
  // A real media relay.
  'coturn',
  // What fapolicyd, which is tried without being installed, is linked with.
  'file',
  ...tunnels,
  ...desktops,
  ...settings
]

/**
 * The Debian packages that are needed for a purpose.
 * @param {{ headless: boolean, tests?: boolean }} purpose
 */
export const packagesFor = (purpose) => [
  ...libraries,
  ...(purpose.headless ? headless : []),
  ...(purpose.tests ? testing : [])
]

/** `ID` and `ID_LIKE` of /etc/os-release; empty where there is no such file. */
export function distribution(file = '/etc/os-release') {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const value = (key) => new RegExp(`^${key}="?([^"\n]*)"?$`, 'm').exec(text)?.[1] ?? ''
  return { id: value('ID'), debianLike: [value('ID'), ...value('ID_LIKE').split(' ')].includes('debian') }
}

/**
 * Which of the packages are not installed. A newer Debian or Ubuntu renamed some libraries with the ending `t64`.
 * @param {readonly string[]} names
 */
export async function missingPackages(names) {
  const asked = names.flatMap((name) => [name, `${name}t64`])
  const { stdout } = await run('dpkg-query', [
    '--show',
    '--showformat',
    '${Package} ${db:Status-Status}\n',
    ...asked
  ])
  const installed = new Set(
    stdout
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0])
  )
  return names.filter((name) => !installed.has(name) && !installed.has(`${name}t64`))
}

/**
 * On Debian as root the missing packages are installed; otherwise the exact command is said and the run stops.
 * Elsewhere the distribution's own packages are the person's matter: the check is whether Electron starts.
 * @param {{ headless: boolean, tests?: boolean, report: ReturnType<import('./report.mjs').createReport> }} context
 */
export async function provideSystemPackages({ headless, tests, report }) {
  const { id, debianLike } = distribution()
  if (process.platform !== 'linux' || !debianLike) return
  const wanted = packagesFor({ headless, tests })
  // Ubuntu's chromium is a shim around a snap, which containers cannot run.
  const missing = await missingPackages(
    id === 'ubuntu' ? wanted.filter((name) => name !== 'chromium') : wanted
  )
  if (missing.length === 0) return
  if (process.getuid?.() !== 0) {
    throw new SetupError(
      `These system packages are missing. Install them, then run again:\n` +
        `  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing.join(' ')}`
    )
  }
  report.step(`System packages: ${missing.join(' ')}`)
  await apt(['update'], report)
  if (missing.includes('postgresql')) keepPostgresFromServing()
  await apt(['install', '-y', '--no-install-recommends', ...(await chooseNames(missing))], report)
}

/** Tests start the server's programs themselves; the package is not to run a database of its own on this machine. */
function keepPostgresFromServing(file = '/etc/postgresql-common/createcluster.conf') {
  if (existsSync(file)) return
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(
    file,
    "# Havendesk's tests need PostgreSQL's programs, not a running server.\ncreate_main_cluster = false\n"
  )
}

async function chooseNames(missing) {
  return Promise.all(
    missing.map(async (name) => {
      const { stdout } = await run('apt-cache', ['policy', name])
      const offered = /Candidate: (?!\(none\))/.test(stdout)
      return offered ? name : `${name}t64`
    })
  )
}

async function apt(args, report) {
  const progress = report.progress(`apt-get ${args[0]}`, { unit: 'count' })
  let lines = 0
  const onOutput = (text) => progress.update((lines += text.split('\n').length - 1))
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' }
  // Nobody is there to answer a question about a settings file, so one that stands is kept.
  const options = ['-q', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Dpkg::Options::=--force-confold']
  const { code, stderr } = await run('apt-get', [...options, ...args], {
    env,
    onOutput
  })
  progress.end(code === 0 ? 'done' : 'failed')
  if (code !== 0) throw new SetupError(`apt-get ${args.join(' ')} failed:\n${stderr.trim()}`)
}
