import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * What a test may want of the machine it runs on, and how to get it. This is the one way to skip a test: the reason
 * reaches the results, where `npm test` lists it. A want of a package, a privilege or a service fails the run in CI;
 * a system that is simply another one does not.
 */
interface Requirement {
  readonly kind: 'package' | 'privilege' | 'service' | 'system'
  /** Why the machine does not have it and what would give it, or null when it does. */
  readonly missing: () => string | null
}

const requirements = {
  linux: {
    kind: 'system',
    missing: () => (process.platform === 'linux' ? null : `runs on Linux; this is ${process.platform}`)
  },
  unprivileged: {
    kind: 'privilege',
    missing: () =>
      process.getuid?.() === 0 ? 'runs as an ordinary user; use npm test, which changes to one' : null
  },
  root: {
    kind: 'privilege',
    missing: () =>
      process.getuid?.() === 0 ? null : 'runs as root alone, in mounts of its own: sudo npm run test:root'
  },
  'own-mounts': {
    kind: 'system',
    missing: () =>
      succeeds('unshare', ['--mount', 'mount', '-t', 'ramfs', 'none', '/mnt'])
        ? null
        : 'this container lets nobody mount anything'
  },
  debian: {
    kind: 'system',
    missing: () => program(['/usr/bin/apt-get'], 'tried with the packages of Debian alone')
  },
  'user-namespaces': {
    kind: 'privilege',
    missing: () =>
      succeeds('unshare', ['--user', '--map-root-user', 'true'])
        ? null
        : 'this system forbids user namespaces'
  },
  display: {
    kind: 'service',
    missing: () => (process.env['DISPLAY'] ? null : 'no display; use npm test, which brings one')
  },
  keychain: {
    kind: 'service',
    missing: () =>
      process.platform !== 'linux' || process.env['DBUS_SESSION_BUS_ADDRESS']
        ? null
        : 'no keychain; use npm test, which brings one'
  },
  chromium: {
    kind: 'package',
    missing: () => program(['chromium', 'chromium-browser', 'google-chrome'], 'apt-get install chromium')
  },
  electron: {
    kind: 'package',
    missing: () =>
      existsSync(join('.runtime', 'electron', 'runtime.json'))
        ? null
        : 'no desktop runtime; run npm test once'
  },
  nftables: { kind: 'package', missing: () => program(['/usr/sbin/nft'], 'apt-get install nftables') },
  clamav: {
    kind: 'package',
    missing: () =>
      program(['sigtool'], 'apt-get install clamav') ??
      program(['/usr/sbin/clamd'], 'apt-get install clamav-daemon') ??
      program(['clamdscan'], 'apt-get install clamdscan')
  },
  strace: { kind: 'package', missing: () => program(['strace'], 'apt-get install strace') },
  tpm: {
    kind: 'package',
    missing: () =>
      program(['swtpm_setup'], 'apt-get install swtpm swtpm-tools') ??
      program(['tpm2_quote'], 'apt-get install tpm2-tools libtss2-tcti-swtpm0')
  },
  'vpn-tools': {
    kind: 'package',
    missing: () =>
      program(['wireguard-go'], 'apt-get install wireguard-go') ??
      program(['wg'], 'apt-get install wireguard-tools') ??
      program(['openvpn'], 'apt-get install openvpn')
  },
  turn: { kind: 'package', missing: () => program(['turnserver'], 'apt-get install coturn') },
  'desktop-settings': {
    kind: 'package',
    missing: () =>
      program(['/usr/bin/gsettings'], 'apt-get install libglib2.0-bin') ??
      program(
        ['/usr/share/glib-2.0/schemas/org.gnome.desktop.lockdown.gschema.xml'],
        'apt-get install gsettings-desktop-schemas'
      ) ??
      program(['/usr/bin/xmodmap'], 'apt-get install x11-xserver-utils')
  },
  'two-displays': {
    kind: 'package',
    missing: () =>
      program(['/usr/lib/xorg/Xorg'], 'apt-get install xserver-xorg-core') ??
      program(['/usr/lib/xorg/modules/drivers/dummy_drv.so'], 'apt-get install xserver-xorg-video-dummy') ??
      program(['xclip'], 'apt-get install xclip') ??
      program(['xwd'], 'apt-get install x11-apps')
  },
  'virtual-desktop': {
    kind: 'package',
    missing: () =>
      program(['Xtigervnc'], 'apt-get install tigervnc-standalone-server') ??
      program(['websockify'], 'apt-get install websockify') ??
      program(['/usr/share/novnc/vnc.html'], 'apt-get install novnc')
  },
  docker: {
    kind: 'service',
    missing: () => (succeeds('docker', ['info']) ? null : 'no docker daemon answers')
  },
  postgres: {
    kind: 'service',
    missing: () =>
      process.env['DATABASE_URL'] || existsSync('/usr/lib/postgresql')
        ? null
        : 'no PostgreSQL beside the embedded one (apt-get install postgresql, or set DATABASE_URL)'
  }
} as const satisfies Record<string, Requirement>

/** The name of something a test may want of its machine. */
export type Need = keyof typeof requirements

/** What vitest's test context and Playwright's test info have in common. */
export interface Skippable {
  skip(condition: boolean, reason: string): void
  readonly task?: { readonly meta: object }
}

const known = new Map<Need, string | null>()

/** Why the machine does not offer something, starting with the kind of want in brackets; null when it does. */
export function whyMissing(need: Need): string | null {
  const found = known.get(need)
  if (found !== undefined) return found
  const { kind, missing } = requirements[need]
  const reason = missing()
  const text = reason === null ? null : `[${kind}] ${reason}`
  known.set(need, text)
  return text
}

/**
 * Skips the test, with the reason, unless the machine offers all that is named. Call it first in the test or in its
 * beforeEach: `requires(context, 'tpm')` in vitest, `requires(testInfo, 'tpm')` in Playwright.
 */
export function requires(context: Skippable, ...needs: readonly Need[]): void {
  for (const need of needs) {
    const reason = whyMissing(need)
    if (reason === null) continue
    // vitest's JSON report leaves the note out, but carries what is known about the task.
    if (context.task) Object.assign(context.task.meta, { skipReason: reason })
    context.skip(true, reason)
  }
}

function program(names: readonly string[], install: string): string | null {
  // Where root's programs are is not in everybody's PATH.
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin']
  const found = names.some((name) =>
    name.startsWith('/') ? existsSync(name) : folders.some((folder) => existsSync(join(folder, name)))
  )
  return found ? null : `${names[0] ?? ''} is not installed (${install})`
}

function succeeds(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore', timeout: 10_000 }).status === 0
}
