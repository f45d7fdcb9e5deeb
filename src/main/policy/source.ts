import type { ApplicationPolicy } from '../../core/application/policy'
import type { PolicyRoot } from '../../core/policy/envelope'
import { judgedRuleIds, type JudgedRuleId } from '../../core/judgement/rule'
import { firmRules } from '../../core/policy/firm'
import { policyFor, type Policy } from '../../core/policy/policy'
import { refusalLabel, type SignedRefusal } from '../../core/trust/refusal'
import { openAnchor, rootOfKey, type RootEnvelope, type TrustedRoot } from '../../core/trust/root'
import { seeTime, type SeenTime } from '../../core/trust/seen-time'
import type { VerifySignature } from '../../core/trust/signed'
import type { SnapshotEnvelope } from '../../core/trust/snapshot'
import { standingAt, type Standing } from '../../core/trust/standing'
import {
  beginTrust,
  restorePolicy,
  restoreSnapshot,
  takePolicy,
  takeRoot,
  takeSnapshot,
  type Taken,
  type Trust
} from '../../core/trust/trust'
import type { Clock } from '../session/clock'

/** What became of an offered policy. */
export type Offer =
  | { readonly kind: 'in-force'; readonly policy: Policy }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly refusal: SignedRefusal }

/** What the courier kept of an earlier run, or of the enrolment. */
export interface Pinned {
  /** The key that enrolment pinned: root 0 where there is no root. */
  readonly key: PolicyRoot
  readonly organisation: string
  readonly team: string
  readonly root: RootEnvelope | null
  readonly snapshot: SnapshotEnvelope | null
  /** The latest time that earlier runs saw, milliseconds since 1970. */
  readonly timeSeen: number
}

/**
 * Holds what this desk believes, and the last good policy as it is for the team of this desk. Checks again what the
 * courier checked. A refused document changes nothing; there is no policy before the first good one.
 */
export class PolicySource {
  readonly #verify: VerifySignature
  readonly #clock: Clock
  #trust: Trust | null = null
  #team = ''
  #person: string | null = null
  #policy: Policy | null = null
  #seen: SeenTime

  constructor(verify: VerifySignature, clock: Clock) {
    this.#verify = verify
    this.#clock = clock
    this.#seen = { latest: 0, at: clock.now() }
  }

  get current(): Policy | null {
    return this.#policy
  }

  /** What the policy says of programs at this desk, whoever works here: what its system is to enforce. Null without such words. */
  get applicationsHere(): ApplicationPolicy | null {
    const held = this.#trust?.policy ?? null
    return held === null ? null : (policyFor(held.policy, { team: this.#team }).applications ?? null)
  }

  /** The rules that the policy in force locks against accommodations, at this desk. */
  get firm(): readonly JudgedRuleId[] {
    const held = this.#trust?.policy ?? null
    return held === null ? judgedRuleIds : firmRules(held.policy, { team: this.#team })
  }

  /** The root that is trusted; null before enrolment pinned one. */
  get root(): TrustedRoot | null {
    return this.#trust?.root ?? null
  }

  /**
   * What was pinned stays for the whole run: the first pin counts, and what a courier that was started anew says of a
   * newer root is an offer like any other. A label when it is not what it has to be.
   */
  pin({ key, organisation, team, root, snapshot, timeSeen }: Pinned): string | null {
    if (this.#trust !== null) return this.#pinAgain(this.#trust, root, snapshot)
    this.#seen = { ...this.#seen, latest: timeSeen }
    const anchor = root === null ? null : openAnchor(root, organisation, this.#verify)
    if (anchor?.ok === false) return `root: ${refusalLabel(anchor.error)}`
    this.#team = team
    this.#trust = beginTrust(organisation, anchor === null ? rootOfKey(key) : anchor.value)
    if (snapshot === null) return null
    const taken = restoreSnapshot(this.#trust, snapshot, this.#verify)
    if (taken.ok) this.#trust = taken.value
    return taken.ok ? null : `snapshot: ${refusalLabel(taken.error)}`
  }

  #pinAgain(trust: Trust, root: RootEnvelope | null, snapshot: SnapshotEnvelope | null): string | null {
    const isOther = root !== null && root.payload !== trust.root.envelope?.payload
    const problem = isOther ? this.offerRoot(root) : null
    const known = this.#trust?.snapshot?.envelope.payload
    if (problem !== null || snapshot === null || snapshot.payload === known) return problem
    return this.offerSnapshot(snapshot)
  }

  /** Takes the root that follows. A label when it is none. */
  offerRoot(document: unknown): string | null {
    return this.#offer('root', (trust) => takeRoot(trust, document, this.#now(), this.#verify))
  }

  offerSnapshot(document: unknown): string | null {
    return this.#offer('snapshot', (trust) => takeSnapshot(trust, document, this.#now(), this.#verify))
  }

  #offer(what: string, take: (trust: Trust) => Taken): string | null {
    if (this.#trust === null) return `${what}: nothing is pinned yet`
    const taken = take(this.#trust)
    if (taken.ok) this.#trust = taken.value
    return taken.ok ? null : `${what}: ${refusalLabel(taken.error)}`
  }

  /** Verifies a new policy and takes it into force when it is good. */
  offer(document: unknown): Offer {
    return this.#settle((trust) => takePolicy(trust, document, this.#now(), this.#verify))
  }

  /** Takes a policy back that was in force in an earlier run, also one that has expired since. */
  restore(document: unknown): Offer {
    return this.#settle((trust) => restorePolicy(trust, document, this.#verify))
  }

  #settle(take: (trust: Trust) => Taken): Offer {
    if (this.#trust === null) {
      return { kind: 'refused', refusal: { kind: 'not-signed', problem: 'no policy key is pinned yet' } }
    }
    const before = this.#trust.policy
    const taken = take(this.#trust)
    if (!taken.ok) return { kind: 'refused', refusal: taken.error }
    this.#trust = taken.value
    const held = taken.value.policy
    if (held === null || held.envelope.payload === before?.envelope.payload) return { kind: 'unchanged' }
    this.#policy = this.#resolved(held.policy)
    return { kind: 'in-force', policy: this.#policy }
  }

  /** The latest time that was seen, milliseconds since 1970. */
  get timeSeen(): number {
    return this.#now()
  }

  /** Somebody signed in, or nobody is any more (null): the policy as it is for them. Null without one. */
  forPerson(person: string | null): Policy | null {
    this.#person = person
    const held = this.#trust?.policy ?? null
    if (held !== null) this.#policy = this.#resolved(held.policy)
    return this.#policy
  }

  #resolved(policy: Policy): Policy {
    return policyFor(policy, { team: this.#team, person: this.#person })
  }

  /** How the policy in force stands now; null without one. */
  standing(): Standing | null {
    return this.#trust === null ? null : standingAt(this.#trust, this.#now())
  }

  #now(): number {
    const monotonic = this.#clock.now()
    this.#seen = seeTime(this.#seen, Date.parse(this.#clock.label(monotonic)), monotonic)
    return this.#seen.latest
  }
}
