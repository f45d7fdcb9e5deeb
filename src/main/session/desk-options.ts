import type { Flavour } from '../../core/flavour'
import type { Recorded } from '../../core/observation/recording'
import type { VerifySignature } from '../../core/trust/signed'
import type { Application, Policy } from '../../core/policy/policy'
import type { Logger } from '../log/logger'
import type { Clock } from './clock'
import type { Hands } from './compliance-loop'

/** What a desk works with and whom it tells. */
export interface DeskOptions {
  readonly flavour: Flavour
  readonly clock: Clock
  readonly hands: Hands
  readonly log: Logger
  readonly verify: VerifySignature
  /** A look was taken in, before it is judged: for recordings. */
  readonly looked?: (look: Recorded) => void
  /** A new policy is in force: sensor and proxy are told. */
  readonly policyChanged: (policy: Policy) => void
  readonly openApplication: (application: Application) => void
  /** Something that windows or hub are shown changed; `urgent` when the desk's own word did. */
  readonly changed: (urgent: boolean) => void
  /** Looked at with the rest, several times a second. */
  readonly alsoLook?: () => void
  /** What is known of the computer is out of date: look again, now. */
  readonly lookAgain: () => void
  /** A request of break-glass is under way, or over: the courier asks the hub for answers meanwhile. */
  readonly breakGlassWaits?: (waiting: boolean) => void
  /** The sensor does not answer and must be started anew. */
  readonly restartSensor: (why: string) => void
}
