import type { Finding, RuleId } from '../judgement/rule'

/** One reason why the desk is hidden or the person is warned, with the alert that told the hub. */
export interface Reason extends Finding {
  readonly alertId: string
  /** False when the evidence is gone and only a lock keeps it. */
  readonly there: boolean
}

/**
 * What the desk is. `starting` is covered too: nothing is wrong as far as known, but the proof is not in yet.
 * `signed-out` has no workspace at all, so the sign-in is open. Only proof leads to `shown`.
 */
export type Desk = 'starting' | 'signed-out' | 'shown' | 'hidden'

/** Everything that decides whether protected information is on screen. */
export interface ComplianceState {
  readonly desk: Desk
  readonly person: { readonly id: string; readonly name: string } | null
  /**
   * True once a full verdict came in since the session began, the camera came back, the displays changed or the
   * machine woke. Until then nothing is shown.
   */
  readonly sceneComplete: boolean
  /** What the newest verdict found in the room. */
  readonly findings: readonly Finding[]
  /** A policy is in force. Without one nothing is shown. */
  readonly policyInForce: boolean
  /**
   * When each thing that no picture tells began, monotonic milliseconds: a lost camera, a silent sensor, a hub gone
   * for longer than the policy's grace, a lost VPN, a call for help.
   */
  readonly faultSince: Readonly<Partial<Record<RuleId, number>>>
  /** Everything that holds during a session, each with its alert. Empty while nobody is signed in. */
  readonly reasons: readonly Reason[]
  /** The newest alert of each rule that is over in this session: what comes back within the cooldown takes it up. */
  readonly past: readonly Reason[]
}
