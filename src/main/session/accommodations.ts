import type { Accommodation } from '../../core/accommodation/accommodation'
import { accommodated, isInForce } from '../../core/accommodation/apply'
import { openAccommodation } from '../../core/accommodation/envelope'
import type { Policy } from '../../core/policy/policy'
import { refusalLabel } from '../../core/trust/refusal'
import type { SigningRole, VerifySignature } from '../../core/trust/signed'

export interface AccommodationsOptions {
  /** The latest time that was seen, milliseconds since 1970. */
  readonly now: () => number
  /** Whose signatures count: those that count for policies. */
  readonly role: () => SigningRole | null
  readonly organisation: () => string
  readonly verify: VerifySignature
}

/**
 * What the person who works here may do otherwise. Held for the session alone: asked anew with each sign-in, and gone with
 * its end. The policy has to take accommodations at all, and says which count no more.
 */
export class Accommodations {
  readonly #options: AccommodationsOptions
  #email: string | null = null
  #held: readonly Accommodation[] = []
  #inForceThen = 0

  constructor(options: AccommodationsOptions) {
    this.#options = options
  }

  /** `email` is what the person signed in with, as it was typed here: a hub could say otherwise. */
  signedIn(email: string): void {
    this.#email = email.trim().toLowerCase()
    this.#held = []
  }

  signedOut(): void {
    this.#email = null
    this.#held = []
  }

  /** Opens what the hub handed out. Labels of what is none, or not this person's; what is good replaces what was held. */
  take(texts: readonly string[]): {
    readonly refused: readonly string[]
    readonly taken: readonly Accommodation[]
  } {
    const role = this.#options.role()
    const refused: string[] = []
    const taken: Accommodation[] = []
    for (const text of texts) {
      const read = role === null ? 'nothing is trusted yet' : this.#open(text, role)
      if (typeof read === 'string') refused.push(read)
      else taken.push(read)
    }
    this.#held = taken
    return { refused, taken }
  }

  #open(text: string, role: SigningRole): Accommodation | string {
    let json: unknown
    try {
      json = JSON.parse(text)
    } catch {
      return 'unreadable'
    }
    const opened = openAccommodation(json, role, this.#options.organisation(), this.#options.verify)
    if (!opened.ok) return refusalLabel(opened.error)
    return opened.value.person === this.#email ? opened.value : 'for another person'
  }

  /** The policy as it is for this person now. */
  applied(policy: Policy): Policy {
    const counting = this.#counting(policy)
    this.#inForceThen = this.#inForce().length
    return counting.length === 0 ? policy : accommodated(policy, counting)
  }

  /** True once one began or ended since the policy was last applied. */
  changed(): boolean {
    return this.#held.length > 0 && this.#inForce().length !== this.#inForceThen
  }

  #counting(policy: Policy): readonly Accommodation[] {
    if (policy.accommodations === undefined) return []
    const { revoked } = policy.accommodations
    return this.#inForce().filter(({ id }) => !revoked.includes(id))
  }

  #inForce(): readonly Accommodation[] {
    const email = this.#email
    return email === null ? [] : this.#held.filter((one) => isInForce(one, email, this.#options.now()))
  }
}
