import type { CheckView, PreflightStep, ReasonView, ShellState } from '../../src/contract/ipc/schema'
import type { RuleId } from '../../src/core/judgement/rule'

export const ago = (ms: number): string => new Date(Date.now() - ms).toISOString()
export const HOUR = 3_600_000

export const ids = ['keychain', 'hub', 'policy', 'camera', 'eyes', 'proxy', 'service', 'checks'] as const
type Steps = Partial<Record<(typeof ids)[number], Partial<PreflightStep>>>

/** All steps ticked, but those named. */
export const steps = (other: Steps = {}): PreflightStep[] =>
  ids.map((id) => ({ id, state: 'done', remedy: null, detail: '', ...other[id] }))

export const warning = (rule: RuleId): ReasonView => ({
  rule,
  since: ago(20_000),
  people: 0,
  clearing: null,
  exitMs: 3000,
  response: 'warn',
  there: true,
  recorded: true
})

/** A check that is well, but for what is named. */
export const check = (id: string, other: Partial<CheckView> = {}): CheckView => ({
  id,
  area: 'device',
  state: 'pass',
  evidence: 'as it must be',
  ageMs: 0,
  remedy: '',
  seenAt: ago(12_000),
  ...other
})

/** A computer on which everything is well, under a policy that makes something of most of it. */
export const allWell: readonly CheckView[] = [
  check('camera', { area: 'camera', evidence: '640 × 480 at 30 pictures a second', seenAt: null }),
  check('hub', { area: 'network', evidence: 'the hub answers over its pinned connection', seenAt: null }),
  check('service', { evidence: 'service up for 5321 s', enforcement: 'block' }),
  check('os-updates', {
    evidence: 'debian 12; 0 security updates wait, looked for 0 days ago',
    enforcement: 'warn'
  }),
  check('antivirus', { evidence: 'ClamAV: running, signatures 0 days old', enforcement: 'block' }),
  check('firewall', {
    area: 'network',
    evidence: 'on, drops what comes in unasked: IPv4, IPv6',
    enforcement: 'block'
  }),
  check('disk-encryption', { evidence: 'root: encrypted; swap: encrypted', enforcement: 'block' }),
  check('screen-lock', { evidence: 'gnome: locks after 5 min', enforcement: 'warn' }),
  check('secure-boot', { evidence: 'secure boot is on', enforcement: 'report' }),
  check('tpm', { evidence: 'a TPM of version 2', enforcement: 'report' }),
  check('local-admin', { evidence: 'an ordinary user', enforcement: 'warn' }),
  check('virtual-machine', { evidence: 'no sign of a virtual machine', enforcement: 'block' }),
  check('remote-control', { evidence: 'none of 212 programs and 9 ports', enforcement: 'block' }),
  check('displays', { evidence: '2 in use, 1 built in', enforcement: 'warn' }),
  check('usb-storage', { evidence: 'no USB storage', enforcement: 'warn' }),
  check('virtual-camera', {
    area: 'camera',
    evidence: '1 cameras, all of them hardware',
    enforcement: 'block'
  }),
  check('wifi', { area: 'network', evidence: 'WPA2', enforcement: 'report' }),
  check('clock', { evidence: 'kept by a time server', enforcement: 'report' }),
  check('application-control', {
    evidence: 'fapolicyd: the policy’s rules are in force',
    enforcement: 'report'
  })
]
export const withChecks = (others: Readonly<Record<string, Partial<CheckView>>>): CheckView[] =>
  allWell.map((one) => ({ ...one, ...others[one.id] }))

export const signedOut: ShellState = {
  phase: 'signed-out',
  flavour: 'release',
  language: 'en',
  desk: 'signed-out',
  person: null,
  shiftSince: null,
  steps: steps(),
  reasons: [],
  warnings: [],
  camera: { state: 'live', label: 'Demo camera', width: 640, height: 480, fps: 30 },
  hub: { state: 'reachable', since: ago(HOUR) },
  waiting: 0,
  applications: [],
  openApplication: null,
  checks: [],
  helpAsked: false
}

export const atWork: ShellState = {
  ...signedOut,
  phase: 'signed-in',
  desk: 'shown',
  person: { id: 'p1', name: 'Demo Advocate 1' },
  shiftSince: ago(3 * HOUR + 12 * 60_000),
  sensed: { people: 1, phone: 'absent' },
  applications: [{ id: 'member-record', title: 'Member record' }],
  openApplication: 'member-record',
  checks: [
    check('camera', { area: 'camera', evidence: '640x480, 30 fps', seenAt: null }),
    check('clock', { evidence: 'kept by a time server', enforcement: 'report' }),
    check('service', {
      state: 'unknown',
      evidence: 'no service at its socket (ENOENT)',
      seenAt: ago(61_000),
      remedy: 'remedy.service-missing',
      enforcement: 'warn'
    })
  ]
}
