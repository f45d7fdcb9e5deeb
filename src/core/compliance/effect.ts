import type { Response, RuleId } from '../judgement/rule'
import type { Desk } from './state'

/** What a transition asks for, as data. `blank` always stands first; the runner does them in order, in one tick. */
export type Effect =
  /** Views invisible and blank windows shown, either of which suffices. */
  | { readonly kind: 'blank' }
  /** Views visible again, blanks hidden. */
  | { readonly kind: 'reveal' }
  /** The session is over: close every workspace view, then uncover the sign-in. */
  | { readonly kind: 'show-sign-in' }
  | {
      readonly kind: 'raise-alert'
      readonly alertId: string
      readonly rule: RuleId
      /** Monotonic instant at which the evidence began. */
      readonly since: number
      readonly score: number
      readonly people: number
      readonly response: Response
    }
  /** What the alert told of is back within its cooldown: the same alert goes on. */
  | {
      readonly kind: 'resume-alert'
      readonly alertId: string
      readonly since: number
      /** How often it has held now. */
      readonly count: number
    }
  | {
      readonly kind: 'end-alert'
      readonly alertId: string
      readonly rule: RuleId
      readonly endedAt: number
      /** How long it held, pauses left out, milliseconds. */
      readonly heldMs: number
      readonly count: number
      readonly peakScore: number
      readonly peakPeople: number
    }
  /** The desk's word changed: tell the hub. */
  | { readonly kind: 'tell-desk'; readonly desk: Desk; readonly reasons: readonly RuleId[] }
