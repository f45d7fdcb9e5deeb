import type { Policy } from '../../core/policy/policy'
import type { Accommodations } from './accommodations'
import type { DrawnRoom } from './drawn-room'
import type { SupportMode } from './support-mode'

export interface PersonPolicyOptions {
  readonly accommodations: Accommodations
  readonly support: SupportMode
  readonly room: DrawnRoom
  /** The policy in force, as IT signed it; null without one. */
  readonly current: () => Policy | null
  readonly event: (code: 'accommodation-used' | 'accommodation-refused', label: string) => void
  /** What was taken may change the policy for who works here. */
  readonly changed: () => void
}

/** The policy as it is for who works here: with what they may do otherwise, and what runs by which they are helped. */
export class PersonPolicy {
  constructor(private readonly options: PersonPolicyOptions) {}

  /** What the person who just signed in may do otherwise. What is none is told, and changes nothing. */
  take(texts: readonly string[]): void {
    const current = this.options.current()
    if (current === null) this.options.event('accommodation-refused', 'no policy is in force')
    else this.#tell(this.options.accommodations.take(texts, current))
  }

  /** IT's keys changed: what was held is opened anew with those that count now. */
  retake(): void {
    const current = this.options.current()
    if (current !== null) this.#tell(this.options.accommodations.retake(current))
  }

  /** An accommodation that counts from now on is recorded. */
  applied(policy: Policy): Policy {
    const { accommodations, support, room, event } = this.options
    for (const name of accommodations.news(policy)) event('accommodation-used', name)
    return room.applied(support.applied(accommodations.applied(policy)))
  }

  #tell(refused: readonly string[]): void {
    for (const why of refused) this.options.event('accommodation-refused', why)
    this.options.changed()
  }
}
