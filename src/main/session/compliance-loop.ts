import { hides } from '../../core/judgement/hides'
import { severityOf } from '../../core/alert/alert'
import type { Effect } from '../../core/compliance/effect'
import type { ComplianceEvent } from '../../core/compliance/event'
import { initialState, reduce, type NewId } from '../../core/compliance/reduce'
import type { ComplianceState } from '../../core/compliance/state'
import { assertNever } from '../../core/result'
import type { RecordBody } from '../../contract/wire/v1/device'
import type { Clock } from './clock'

/** What the loop can do to the screen. Each acts within the call. */
export interface Hands {
  /** Workspace views invisible and blanks shown: both, always. */
  blank(): void
  reveal(): void
  /** Closes every workspace view, then uncovers the sign-in. */
  showSignIn(): void
}

export interface LoopOptions {
  readonly hands: Hands
  /** Hands a record to the outbox and gives back its handle. */
  readonly record: (body: RecordBody) => string
  readonly labels: () => { readonly model: string; readonly policyVersion: number }
  readonly clock: Clock
  readonly newId: NewId
  /** The state changed. */
  readonly changed: (state: ComplianceState, before: ComplianceState) => void
  /** Something threw that must not: a bug. The screen is covered already. */
  readonly fault: (error: unknown) => void
}

/** An event without its instant: the loop stamps it. */
export type Happening = ComplianceEvent extends infer E
  ? E extends ComplianceEvent
    ? Omit<E, 'at'>
    : never
  : never

/** Feeds events to the pure reducer and carries out its effects, in order, in the same tick. */
export class ComplianceLoop {
  readonly #options: LoopOptions
  readonly #handles = new Map<string, string>()
  #state: ComplianceState = initialState

  constructor(options: LoopOptions) {
    this.#options = options
  }

  get state(): ComplianceState {
    return this.#state
  }

  /** The outbox handle of an alert that was raised in this run. */
  handleOf(alertId: string): string | undefined {
    return this.#handles.get(alertId)
  }

  dispatch(happening: Happening): void {
    try {
      this.#step(happening)
    } catch (error) {
      this.cover()
      this.#options.fault(error)
    }
  }

  /**
   * A bug must not leave the workspace on screen: covers first, then forgets what was proven. The next event that can be
   * reduced finds its way from there, also back to the sign-in.
   */
  cover(): void {
    this.#options.hands.blank()
    this.#state = { ...this.#state, desk: 'starting', sceneComplete: false }
  }

  #step(happening: Happening): void {
    const before = this.#state
    const event = { ...happening, at: this.#options.clock.now() } as ComplianceEvent
    const [after, effects] = reduce(before, event, this.#options.newId)
    this.#state = after
    for (const effect of effects) this.#carryOut(effect)
    if (after !== before) this.#options.changed(after, before)
  }

  #carryOut(effect: Effect): void {
    const { hands, record, clock, labels } = this.#options
    switch (effect.kind) {
      case 'blank':
        hands.blank()
        return
      case 'reveal':
        hands.reveal()
        return
      case 'show-sign-in':
        hands.showSignIn()
        return
      case 'raise-alert': {
        const handle = record({
          kind: 'alert-raised',
          alert: {
            id: effect.alertId,
            rule: effect.rule,
            severity: severityOf(effect.rule, effect.response),
            raisedAt: clock.label(effect.since),
            score: effect.score,
            people: effect.people,
            hidden: hides(effect.response),
            response: effect.response,
            ...labels()
          }
        })
        this.#handles.set(effect.alertId, handle)
        return
      }
      case 'resume-alert': {
        const { alertId: id, since, count } = effect
        const handle = record({ kind: 'alert-resumed', resume: { id, resumedAt: clock.label(since), count } })
        this.#handles.set(id, handle)
        return
      }
      case 'end-alert':
        record({
          kind: 'alert-ended',
          end: {
            id: effect.alertId,
            endedAt: clock.label(effect.endedAt),
            durationMs: Math.round(effect.heldMs),
            count: effect.count,
            peakScore: effect.peakScore,
            peakPeople: effect.peakPeople
          }
        })
        this.#handles.delete(effect.alertId)
        return
      case 'tell-desk':
        record({ kind: 'desk', state: effect.desk, reasons: [...effect.reasons] })
        return
      default:
        assertNever(effect)
    }
  }
}
