import type { Finding } from '../judgement/rule'

/** One reason why the desk is hidden or the person is warned, with the alert that told the hub. */
export interface Reason extends Finding {
  readonly alertId: string
}

/** What the desk is. Every session starts hidden (`starting`), and only proof leads to `shown`. */
export type Desk = 'starting' | 'signed-out' | 'shown' | 'hidden'

/** Everything that decides whether protected information is on screen. */
export interface ComplianceState {
  readonly desk: Desk
  readonly person: { readonly id: string; readonly name: string } | null
  /** True once the sensor proved alive and every question of the policy is answered. */
  readonly sceneComplete: boolean
  /** Faults of the machine that hide by themselves, whatever the camera says. */
  readonly cameraLost: boolean
  readonly sensorSilent: boolean
  /** A policy is in force. Without one nothing is shown. */
  readonly policyInForce: boolean
  /** The hub has been away for longer than the policy's grace. */
  readonly graceOver: boolean
  /** Displays are being arranged, or the machine came back from sleep: hidden until the next full verdict. */
  readonly unsettled: boolean
  readonly reasons: readonly Reason[]
  readonly helpAsked: boolean
}
