import type { ApplicationsOutcome } from '../application/judge'
import type { Verdict } from '../judgement/rule'

/** Everything that can change the desk. `at` is the main process's monotonic clock, milliseconds. */
export type ComplianceEvent = { readonly at: number } & (
  | { readonly kind: 'policy-in-force' }
  | { readonly kind: 'policy-refused' }
  | { readonly kind: 'signed-in'; readonly person: { readonly id: string; readonly name: string } }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'judged'; readonly verdict: Verdict }
  | { readonly kind: 'camera-live' }
  | { readonly kind: 'camera-lost' }
  /** No observation for the policy's `maxGapMs`. An observation ends it through `judged`. */
  | { readonly kind: 'sensor-silent' }
  /** Displays changed, or the machine resumed: all that was known is stale. */
  | { readonly kind: 'unsettled' }
  | { readonly kind: 'grace-over' }
  | { readonly kind: 'hub-back' }
  /** The policy in force, or what vouches for it, expired longer ago than its grace. */
  | { readonly kind: 'policy-lapsed' }
  | { readonly kind: 'policy-renewed' }
  /** A file of the program is not as its signed list has it. Nothing mends that but a new start of a whole one. */
  | { readonly kind: 'program-altered' }
  /** What follows from the checks of the computer, under the policy in force. */
  | { readonly kind: 'checks-judged'; readonly unfit: boolean; readonly doubtful: boolean }
  /** The VPN that the policy asks for does not carry what it has to, or nobody can tell. */
  | { readonly kind: 'vpn-lost' }
  | { readonly kind: 'vpn-back' }
  /** What follows from the programs that run beside this one, under the policy in force. */
  | ({ readonly kind: 'applications-judged' } & ApplicationsOutcome)
  | { readonly kind: 'help-asked' }
  /** A supervisor, within what the policy lets them. Unlocking opens locks too whose cause is gone. */
  | { readonly kind: 'supervisor-locked' }
  | { readonly kind: 'supervisor-unlocked' }
)
