import {
  openEnvelope,
  type PolicyRoot,
  type SignedRefusal,
  type TrustedPolicy,
  type VerifySignature
} from '../../core/policy/envelope'
import { policyFor, type Policy } from '../../core/policy/policy'

/** What became of an offered policy. */
export type Offer =
  | { readonly kind: 'in-force'; readonly policy: Policy }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly refusal: SignedRefusal }

/** Holds the last good policy, as it is for the team of this desk. A refused one changes nothing; there is no policy before the first good one. */
export class PolicySource {
  readonly #verify: VerifySignature
  #pinned: { readonly root: PolicyRoot; readonly organisation: string; readonly team: string } | null = null
  #trusted: TrustedPolicy | null = null
  #policy: Policy | null = null

  constructor(verify: VerifySignature) {
    this.#verify = verify
  }

  get current(): Policy | null {
    return this.#policy
  }

  /** What enrolment pinned. The first pin stays for the whole run. */
  pin(root: PolicyRoot, organisation: string, team: string): void {
    this.#pinned ??= { root, organisation, team }
  }

  /** Verifies an offered envelope and takes it into force when it is good. */
  offer(document: unknown): Offer {
    if (this.#pinned === null) {
      return { kind: 'refused', refusal: { kind: 'not-signed', problem: 'no policy key is pinned yet' } }
    }
    const { root, organisation, team } = this.#pinned
    const opened = openEnvelope(document, root, organisation, this.#trusted, this.#verify)
    if (!opened.ok) return { kind: 'refused', refusal: opened.error }
    const { payload } = opened.value
    if (this.#trusted?.payload === payload) return { kind: 'unchanged' }
    const policy = policyFor(opened.value.policy, team)
    this.#trusted = { version: policy.version, payload }
    this.#policy = policy
    return { kind: 'in-force', policy }
  }
}
