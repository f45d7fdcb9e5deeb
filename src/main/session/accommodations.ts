import type { Accommodation } from '../../core/accommodation/accommodation'
import { accommodated, isInForce, whyNot } from '../../core/accommodation/apply'
import { openAccommodation } from '../../core/accommodation/envelope'
import type { JudgedRuleId } from '../../core/judgement/rule'
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
  /** The rules that the policy in force locks against accommodations. */
  readonly firm: () => readonly JudgedRuleId[]
}

/**
 * What the person who works here may do otherwise. Held for the session alone: asked anew with each sign-in, and gone with
 * its end. The policy has to take accommodations at all, says which count no more, and can lock what one would relax.
 */
export class Accommodations {
  readonly #options: AccommodationsOptions
  #email: string | null = null
  /** As the hub handed them out, for when other keys are trusted. */
  #texts: readonly string[] = []
  #held: readonly Accommodation[] = []
  #inForceThen = ''
  /** Those that counted in this session, by what they were told as. */
  readonly #told = new Set<string>()

  constructor(options: AccommodationsOptions) {
    this.#options = options
  }

  /** `email` is what the person signed in with, as it was typed here: a hub could say otherwise. */
  signedIn(email: string): void {
    this.#email = email.trim().toLowerCase()
    this.#forget()
  }

  signedOut(): void {
    this.#email = null
    this.#forget()
  }

  #forget(): void {
    this.#texts = []
    this.#held = []
    this.#told.clear()
  }

  /**
   * Opens what the hub handed out; what is good replaces what was held. Labels of what is none, is not this person's, or
   * does not count under this policy: the last is held all the same, for a policy that lets it count.
   */
  take(texts: readonly string[], policy: Policy): readonly string[] {
    this.#texts = texts
    const role = this.#options.role()
    const refused: string[] = []
    const taken: Accommodation[] = []
    for (const text of texts) {
      const read = role === null ? 'nothing is trusted yet' : this.#open(text, role)
      if (typeof read === 'string') refused.push(read)
      else taken.push(read)
    }
    // Of one accommodation the newest version alone: an older one may say more than IT says by now.
    this.#held = taken.filter(
      (one) => !taken.some(({ id, version }) => id === one.id && version > one.version)
    )
    for (const one of this.#held) {
      const why = whyNot(one, policy, this.#options.firm())
      if (why !== null) refused.push(`${nameOf(one)}: ${why}`)
    }
    return refused
  }

  /** Other keys are trusted from now on: what was signed with one that no longer is counts no more. Labels as of `take`. */
  retake(policy: Policy): readonly string[] {
    return this.#texts.length === 0 ? [] : this.take(this.#texts, policy)
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
    const inForce = this.#inForce()
    this.#inForceThen = namesOf(inForce)
    return accommodated(policy, inForce, this.#options.firm())
  }

  /** Those that count under a policy now and were not told of in this session: each by its id and version, once. */
  news(policy: Policy): readonly string[] {
    const firm = this.#options.firm()
    const counting = this.#inForce().filter((one) => whyNot(one, policy, firm) === null)
    const names = counting.map(nameOf).filter((name) => !this.#told.has(name))
    for (const name of names) this.#told.add(name)
    return names
  }

  /** True once one began or ended since the policy was last applied. */
  changed(): boolean {
    return this.#held.length > 0 && namesOf(this.#inForce()) !== this.#inForceThen
  }

  #inForce(): readonly Accommodation[] {
    const email = this.#email
    return email === null ? [] : this.#held.filter((one) => isInForce(one, email, this.#options.now()))
  }
}

const nameOf = ({ id, version }: Accommodation): string => `${id} ${version}`
const namesOf = (all: readonly Accommodation[]): string => all.map(nameOf).join()
