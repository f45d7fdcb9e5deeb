import type { FromCourier } from '../../contract/helper/courier'
import type {
  BreakGlassState,
  PreflightStep,
  Sensed,
  ShellState,
  SiteDenial,
  SiteFailure
} from '../../contract/ipc/schema'
import type { Standing } from '../../core/check/posture'
import type { ProgramVerdict } from '../../core/integrity/alteration'
import type { CheckName } from '../../core/check/names'
import type { CameraState } from '../../core/observation/observation'
import { fullPace, type PaceNow } from '../../core/observation/pace'
import type { Policy } from '../../core/policy/policy'
import type { WallClock } from '../../core/time'
import type { ApplicationsStanding } from './applications'
import type { VpnStanding } from './vpn-watch'

export type StepId = PreflightStep['id']
export type Refusal = Extract<FromCourier, { kind: 'refused' }>['reason']

/** What main knows beside the compliance state. Replaced as a whole, never changed in place. */
export interface Facts {
  readonly phase: ShellState['phase']
  readonly language: ShellState['language']
  readonly policy: Policy | null
  readonly deskSince: WallClock
  readonly shiftSince: WallClock | null
  readonly camera: CameraState
  readonly hub: ShellState['hub']
  readonly waiting: number
  readonly steps: Readonly<Record<StepId, PreflightStep>>
  readonly openApplication: string | null
  /** What pages of the workspace were denied a moment ago. */
  readonly siteDenials: readonly SiteDenial[]
  /** Why the application in front is not open; null while it is open or opening. */
  readonly siteFailure: SiteFailure | null
  /** The checks of the computer as they count under the policy. */
  readonly checks: readonly Standing[]
  /** Why this machine cannot attest: a silent TPM, a program that cannot be measured. Null while nothing says so. */
  readonly unattestable: string | null
  /** What a person who comes back to the sign-in has to be told. */
  readonly notice: ShellState['notice']
  /** True while somebody works here whose session the hub has not heard of. */
  readonly offline: boolean
  /** The newest thing that a supervisor did to this desk or wrote to the person; null before the first. */
  readonly told: NonNullable<ShellState['told']> | null
  readonly support: NonNullable<ShellState['support']> | null
  readonly model: string
  /** The newest answers about the room; null until there are any. */
  readonly sensed: Sensed | null
  /** What the check of the program's own files came to; null while the first one runs. */
  readonly program: ProgramVerdict | null
  /** The VPN that the policy asks for; null where it asks for none. */
  readonly vpn: VpnStanding
  /** What runs beside this program; null where the policy does not ask. */
  readonly applications: ApplicationsStanding
  /** Where this desk's request that a check be waived stands; null where nobody may waive anything. */
  readonly breakGlass: { readonly waivable: CheckName[]; readonly now: BreakGlassState } | null
  /** How hard the sensor works, and what keeps it from more. */
  readonly pace: PaceNow
}

const stepIds: readonly StepId[] = [
  'program',
  'keychain',
  'hub',
  'policy',
  'camera',
  'eyes',
  'proxy',
  'service',
  'checks'
]

const waiting = (id: StepId): PreflightStep => ({ id, state: 'waiting', remedy: null, detail: '' })

export const firstFacts = (now: WallClock): Facts => ({
  phase: 'starting',
  language: 'en',
  policy: null,
  deskSince: now,
  shiftSince: null,
  camera: { state: 'starting' },
  hub: { state: 'unknown', since: now },
  waiting: 0,
  steps: Object.fromEntries(stepIds.map((id) => [id, waiting(id)])) as Facts['steps'],
  openApplication: null,
  siteDenials: [],
  siteFailure: null,
  checks: [],
  unattestable: null,
  notice: null,
  offline: false,
  told: null,
  support: null,
  model: '',
  sensed: null,
  program: null,
  vpn: null,
  applications: null,
  breakGlass: null,
  pace: fullPace
})

/** The facts with one step changed. A step that failed says how to mend it. */
export function withStep(
  facts: Facts,
  id: StepId,
  state: PreflightStep['state'],
  remedy: string | null = null,
  detail = ''
): Facts {
  const step: PreflightStep = { id, state, remedy, detail: detail.slice(0, 300) }
  return { ...facts, steps: { ...facts.steps, [id]: step } }
}

/** Which step a refusal of the courier belongs to. */
export const stepOfRefusal: Readonly<Record<Refusal, StepId>> = {
  'no-keychain': 'keychain',
  'not-enrolled': 'hub',
  'enrolment-refused': 'hub',
  'enrolment-unreadable': 'keychain',
  'outbox-unreadable': 'keychain',
  'hub-unreachable': 'hub',
  revoked: 'hub',
  quarantined: 'hub',
  'attestation-refused': 'hub'
}
