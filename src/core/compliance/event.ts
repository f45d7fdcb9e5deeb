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
  /** The VPN that the policy asks for does not carry what it has to, or nobody can tell. */
  | { readonly kind: 'vpn-lost' }
  | { readonly kind: 'vpn-back' }
  | { readonly kind: 'help-asked' }
)
