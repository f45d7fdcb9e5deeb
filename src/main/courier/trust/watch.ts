import type { FromCourier } from '../../../contract/helper/courier'
import type { PolicyEnvelope } from '../../../core/policy/envelope'
import type { Policy } from '../../../core/policy/policy'
import { refusalLabel } from '../../../core/trust/refusal'
import { openAnchor, rootOfKey } from '../../../core/trust/root'
import { beginTrust, restorePolicy, restoreSnapshot, type Trust } from '../../../core/trust/trust'
import { verifyEd25519 } from '../../policy/verify'
import type { FactsKeeper } from '../enrolment/facts-keeper'
import type { Clock } from '../hub/clock'
import type { HubClient } from '../hub/hub-client'
import { TrustClock } from './clock'
import { TrustFetcher } from './fetch'
import { trustRound, type RoundEnd } from './round'

/** What cannot be had, or is refused, is asked for again after this, milliseconds. */
const RETRY_MS = 10_000
/** The hub is asked for newer roots and snapshots so often, whatever it announces, milliseconds. */
const EVERY_MS = 10 * 60_000
/** The latest time that was seen is kept whenever so much more of it went by, milliseconds. */
const KEEP_TIME_MS = 10 * 60_000
/** Different problems of one run that are recorded. A hub that finds more ways than this is known well enough. */
const MAX_SAID = 100

export interface TrustWatchOptions {
  readonly keeper: FactsKeeper
  readonly client: Pick<HubClient, 'call'>
  readonly clock: Clock
  /** What was taken on one round. Main checks it again. */
  readonly taken: (end: Omit<Extract<FromCourier, { kind: 'trust' }>, 'kind'>) => void
  /** Another root is trusted: whose signatures count may have changed. */
  readonly rootChanged: () => void
  /** The hub handed out what is not IT's, or nothing where there has to be something. For the record. */
  readonly refused: (problem: string) => void
}

/**
 * What this workstation believes of what IT signed, kept sealed, and brought up to date from a hub that is not trusted
 * with any of it. A refused document changes nothing; the last good policy stays.
 */
export class TrustWatch {
  readonly #options: TrustWatchOptions
  readonly #fetcher: TrustFetcher
  readonly #clock: TrustClock
  readonly #said = new Set<string>()
  #trust: Trust | null = null
  #first: PolicyEnvelope | null = null
  #keptTime: number
  #running = false
  #due = Number.NEGATIVE_INFINITY
  #retryAt = Number.NEGATIVE_INFINITY
  #hurriedAt = Number.NEGATIVE_INFINITY

  constructor(options: TrustWatchOptions) {
    this.#options = options
    this.#fetcher = new TrustFetcher(options.client)
    this.#keptTime = options.keeper.facts.trust?.timeSeen ?? 0
    this.#clock = new TrustClock(options.clock, this.#keptTime)
  }

  get trust(): Trust | null {
    return this.#trust
  }

  /** The policy in force, also one that lapsed. */
  get policy(): Policy | null {
    return this.#trust?.policy?.policy ?? null
  }

  /** The latest time that was seen, milliseconds since 1970. */
  now(): number {
    return this.#clock.now()
  }

  /** Takes back what was kept. A workstation that was just enrolled asks the hub for the rest first. */
  async open(): Promise<void> {
    const { facts } = this.#options.keeper
    const { organisation, policyRoot, policy } = facts
    const kept = facts.trust ?? { root: null, snapshot: null, inForce: true, timeSeen: 0 }
    const anchor = kept.root === null ? null : openAnchor(kept.root, organisation, verifyEd25519)
    if (anchor?.ok === false) {
      this.#refuse(`the kept root: ${refusalLabel(anchor.error)}`)
      return
    }
    let trust = beginTrust(organisation, anchor === null ? rootOfKey(policyRoot) : anchor.value)
    if (kept.snapshot !== null) {
      const taken = restoreSnapshot(trust, kept.snapshot, verifyEd25519)
      if (taken.ok) trust = taken.value
    }
    if (kept.inForce) {
      const taken = restorePolicy(trust, policy, verifyEd25519)
      if (taken.ok) trust = taken.value
      else this.#refuse(`the kept policy: ${refusalLabel(taken.error)}`)
    } else {
      this.#first = policy
    }
    this.#trust = trust
    if (!kept.inForce) await this.#round(0, false)
  }

  /** Called with the version that the hub named last, after every answer. Returns at once; a round goes on behind. */
  heard(announced: number): void {
    const now = this.#options.clock.monotonic()
    if (this.now() - this.#keptTime > KEEP_TIME_MS) void this.#keep(this.#trust)
    if (this.#running || this.#trust === null) return
    const held = this.#trust.policy
    const version = held === null || held.disownedAt !== null ? 0 : held.policy.version
    if (now < this.#due && (announced <= version || now < this.#retryAt)) return
    void this.#round(announced, true)
  }

  /**
   * The hub does not know the rules that are attested: it is asked at once, not with the next round. A number that a
   * root freed may have been given to another policy.
   */
  hurry(): void {
    const now = this.#options.clock.monotonic()
    if (this.#running || this.#trust === null || now - this.#hurriedAt < RETRY_MS) return
    this.#hurriedAt = now
    void this.#round(0, true)
  }

  /** Keeps the time that was seen. */
  async close(): Promise<void> {
    await this.#keep(this.#trust)
    await this.#options.keeper.settled()
  }

  async #round(announced: number, tell: boolean): Promise<void> {
    if (this.#trust === null) return
    this.#running = true
    const before = this.#trust
    try {
      const end = await trustRound(before, {
        fetcher: this.#fetcher,
        verify: verifyEd25519,
        now: () => this.now(),
        keep: (trust) => this.#keep(trust),
        first: this.#first,
        announced
      })
      this.#settle(before, end, tell)
    } catch (error) {
      // A mistake of ours must not end the watch: it is told, and tried again.
      this.#due = this.#options.clock.monotonic() + RETRY_MS
      this.#refuse(`the round failed: ${error instanceof Error ? error.message : ''}`)
    } finally {
      this.#running = false
    }
  }

  #settle(
    before: Trust,
    { trust, roots, snapshot, policy, problem, complete }: RoundEnd,
    tell: boolean
  ): void {
    const now = this.#options.clock.monotonic()
    this.#trust = trust
    if (trust.policy !== null) this.#first = null
    this.#due = now + (complete ? EVERY_MS : RETRY_MS)
    this.#retryAt = complete ? Number.NEGATIVE_INFINITY : now + RETRY_MS
    if (problem !== null) this.#refuse(problem)
    const isNew = roots.length > 0 || snapshot !== null || policy !== null
    if (tell && isNew) this.#options.taken({ roots: [...roots], snapshot, policy })
    if (trust.root !== before.root) this.#options.rootChanged()
  }

  /** A hub that hands out the same wrong thing again and again is one record. */
  #refuse(problem: string): void {
    if (this.#said.has(problem) || this.#said.size >= MAX_SAID) return
    this.#said.add(problem)
    this.#options.refused(problem.slice(0, 200))
  }

  async #keep(trust: Trust | null): Promise<void> {
    if (trust === null) return
    this.#keptTime = this.now()
    const { policy } = trust
    await this.#options.keeper.keep({
      ...(policy === null ? {} : { policy: policy.envelope }),
      trust: {
        root: trust.root.envelope,
        snapshot: trust.snapshot?.envelope ?? null,
        inForce: policy !== null,
        timeSeen: this.#keptTime
      }
    })
  }
}
