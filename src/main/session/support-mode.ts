import { beginStretch, leftOf, lookAtStretch, type Stretch } from '../../core/break-glass/lapse'
import type { Policy } from '../../core/policy/policy'
import { applicationsFor } from '../../core/application/policy'
import type { Clock } from './clock'

export interface SupportModeOptions {
  readonly clock: Clock
  /** The policy in force, as IT signed it; null without one. */
  readonly policy: () => Policy | null
  readonly event: (label: string) => void
  /** It began or ended: what may run has changed. */
  readonly changed: () => void
}

export type SupportEnd = 'time-over' | 'ended-here' | 'signed-out' | 'policy-changed'

interface Running {
  readonly by: string
  readonly left: Stretch
}

/** For a few minutes at a time, programs may run by which somebody helps at this desk. Kept over no restart. */
export class SupportMode {
  #running: Running | null = null

  constructor(private readonly options: SupportModeOptions) {}

  /** False where the policy knows no support. Asked again while it runs, its time begins anew. */
  begin(by: string): boolean {
    const support = this.options.policy()?.supervision?.support
    if (support === undefined) return false
    const { clock, event, changed } = this.options
    const now = clock.now()
    const left = beginStretch(support.seconds * 1000, Date.parse(clock.label(now)), now)
    this.#running = { by, left }
    event(`began for ${support.seconds} s`)
    changed()
    return true
  }

  end(why: SupportEnd): void {
    if (this.#running === null) return
    this.#running = null
    this.options.event(`ended: ${why}`)
    this.options.changed()
  }

  /** Lets time pass. Call it often. */
  look(): void {
    if (this.#running === null) return
    if (this.options.policy()?.supervision?.support === undefined) {
      this.end('policy-changed')
      return
    }
    const { clock } = this.options
    const now = clock.now()
    const left = lookAtStretch(this.#running.left, Date.parse(clock.label(now)), now)
    this.#running = { ...this.#running, left }
    if (leftOf(left) <= 0) this.end('time-over')
  }

  /** The policy with what may run meanwhile. */
  applied(policy: Policy): Policy {
    const support = policy.supervision?.support
    const { applications } = policy
    if (this.#running === null || support === undefined || applications === undefined) return policy
    return { ...policy, applications: applicationsFor(applications, [{ rules: support.rules }]) }
  }

  /** What the person is shown: who asked, and until when it goes on; null while it does not. */
  view(): { readonly by: string; readonly until: string } | null {
    if (this.#running === null) return null
    const { clock } = this.options
    return { by: this.#running.by, until: clock.label(clock.now() + leftOf(this.#running.left)) }
  }
}
