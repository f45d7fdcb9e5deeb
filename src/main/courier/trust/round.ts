import type { PolicyEnvelope } from '../../../core/policy/envelope'
import { refusalLabel } from '../../../core/trust/refusal'
import type { RootEnvelope } from '../../../core/trust/root'
import type { VerifySignature } from '../../../core/trust/signed'
import type { SnapshotEnvelope } from '../../../core/trust/snapshot'
import { takePolicy, takeRoot, takeSnapshot, type Taken, type Trust } from '../../../core/trust/trust'
import type { Fetched, TrustFetcher } from './fetch'

/** Roots that are followed on one round; a hub that hands out more has to wait for the next. */
const MAX_ROOTS = 32

export interface RoundParts {
  readonly fetcher: Pick<TrustFetcher, 'root' | 'snapshot' | 'policy'>
  readonly verify: VerifySignature
  /** The latest time that was seen, milliseconds since 1970. */
  readonly now: () => number
  /** Keeps what was taken on the disk. It is used after that. */
  readonly keep: (trust: Trust) => Promise<void>
  /** A policy that came with the enrolment and was never in force. */
  readonly first: PolicyEnvelope | null
  /** The version that the hub named last, 0 when it named none. */
  readonly announced: number
}

/** What one round brought. `problem` ended it early and is for the record. */
export interface RoundEnd {
  readonly trust: Trust
  readonly roots: readonly RootEnvelope[]
  readonly snapshot: SnapshotEnvelope | null
  readonly policy: PolicyEnvelope | null
  readonly problem: string | null
  /** True when it came to its end: nothing was refused and nobody was away. */
  readonly complete: boolean
}

/**
 * One round of TUF's client workflow (1.0, 5.3 to 5.6): the roots that follow the trusted one, one by one; then, under
 * the newest, the snapshot where the root has a role for it; then the policy. What fails ends the round: nothing after
 * it is looked at, what was taken before it stays.
 */
export async function trustRound(start: Trust, parts: RoundParts): Promise<RoundEnd> {
  const round = new Round(start, parts)
  const complete = await round.run()
  const { trust, roots, snapshot, policy, problem } = round
  return { trust, roots, snapshot, policy, problem, complete }
}

class Round {
  readonly roots: RootEnvelope[] = []
  snapshot: SnapshotEnvelope | null = null
  policy: PolicyEnvelope | null = null
  problem: string | null = null

  constructor(
    public trust: Trust,
    private readonly parts: RoundParts
  ) {}

  async run(): Promise<boolean> {
    if (!(await this.followRoots())) return false
    const { root } = this.trust
    if (this.parts.now() >= root.expiresAt)
      return this.fail(`root ${root.version} expired on ${new Date(root.expiresAt).toISOString()}`)
    if (root.roles.snapshot !== null && !(await this.renewSnapshot())) return false
    return this.renewPolicy()
  }

  private async followRoots(): Promise<boolean> {
    const { fetcher, now, verify } = this.parts
    while (this.roots.length < MAX_ROOTS) {
      const version = this.trust.root.version + 1
      const fetched = await fetcher.root(version)
      if (fetched.kind === 'none') return true
      const root = this.received(`root ${version}`, fetched)
      if (root === null) return false
      if (!(await this.take(`root ${version}`, takeRoot(this.trust, root, now(), verify)))) return false
      this.roots.push(root)
    }
    return false // there may be more: the next round goes on from here
  }

  private async renewSnapshot(): Promise<boolean> {
    const { fetcher, now, verify } = this.parts
    const fetched = await fetcher.snapshot()
    if (fetched.kind === 'none') return this.fail('snapshot: none is handed out')
    const snapshot = this.received('snapshot', fetched)
    if (snapshot === null) return false
    const isNew = snapshot.payload !== this.trust.snapshot?.envelope.payload
    if (!(await this.take('snapshot', takeSnapshot(this.trust, snapshot, now(), verify), isNew))) return false
    if (isNew) this.snapshot = snapshot
    return true
  }

  private async renewPolicy(): Promise<boolean> {
    const { fetcher, now, verify, first } = this.parts
    if (this.trust.policy === null && first !== null) {
      const taken = takePolicy(this.trust, first, now(), verify)
      if (taken.ok) {
        this.policy = first
        return this.take('policy', taken)
      }
      // It may be older than what the snapshot names: the hub is asked for that one.
      if (taken.error.kind !== 'not-in-snapshot') this.fail(`policy: ${refusalLabel(taken.error)}`)
    }
    if (!this.isBehind()) return true
    const fetched = await fetcher.policy()
    if (fetched.kind === 'none') return this.fail('policy: none is handed out')
    const policy = this.received('policy', fetched)
    if (policy === null) return false
    const held = this.trust.policy
    // The same policy under other signatures counts anew once a root disowned the old ones.
    const isNew = held === null || held.disownedAt !== null || policy.payload !== held.envelope.payload
    if (!(await this.take('policy', takePolicy(this.trust, policy, now(), verify), isNew))) return false
    if (isNew) this.policy = policy
    if (this.isBehind()) {
      const have = this.trust.policy?.policy.version ?? 0
      return this.fail(`policy: version ${this.parts.announced} is named, ${have} handed out`)
    }
    return true
  }

  /** True when there is, or is said to be, a newer policy than the one in force. */
  private isBehind(): boolean {
    const { policy: held, snapshot } = this.trust
    if (held === null || held.disownedAt !== null) return true
    const named = snapshot?.snapshot.policy.version ?? 0
    return held.policy.version < Math.max(named, this.parts.announced)
  }

  private received<T>(what: string, fetched: Exclude<Fetched<T>, { kind: 'none' }>): T | null {
    if (fetched.kind === 'got') return fetched.document
    if (fetched.kind === 'odd') this.fail(`${what}: ${fetched.problem}`)
    return null
  }

  private async take(what: string, taken: Taken, isNew = true): Promise<boolean> {
    if (!taken.ok) return this.fail(`${what}: ${refusalLabel(taken.error)}`)
    this.trust = taken.value
    // Kept before it is used: a crash in between would lead back to the older one.
    if (isNew) await this.parts.keep(this.trust)
    return true
  }

  private fail(problem: string): false {
    this.problem ??= problem
    return false
  }
}
