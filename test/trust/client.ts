import { openAnchor } from '../../src/core/trust/root'
import { beginTrust, type Trust } from '../../src/core/trust/trust'
import { trustRound, type RoundEnd } from '../../src/main/courier/trust/round'
import { verifyEd25519 } from '../../src/main/policy/verify'
import { ORGANISATION, START, type Repository } from './repository'

/** A workstation's trust without its workstation: the rounds that the courier goes, in memory. */
export class TrustClient {
  now = START
  announced = 0
  readonly kept: Trust[] = []
  trust: Trust

  /** Throws when the anchor is none: nothing is asked of a hub then. */
  constructor(
    readonly repository: Repository,
    anchor: unknown = repository.anchor
  ) {
    const root = openAnchor(anchor, ORGANISATION, verifyEd25519)
    if (!root.ok) throw new Error(root.error.kind)
    this.trust = beginTrust(ORGANISATION, root.value)
  }

  async refresh(): Promise<RoundEnd> {
    const end = await trustRound(this.trust, {
      fetcher: this.repository.fetcher,
      verify: verifyEd25519,
      now: () => this.now,
      keep: (trust) => {
        this.kept.push(trust)
        return Promise.resolve()
      },
      first: null,
      announced: this.announced
    })
    this.trust = end.trust
    return end
  }

  /** Versions that are trusted: root, snapshot, policy. */
  get versions(): readonly [number, number, number] {
    const { root, snapshot, policy } = this.trust
    return [root.version, snapshot?.snapshot.version ?? 0, policy?.policy.version ?? 0]
  }
}
