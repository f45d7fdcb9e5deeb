import { policyReplySchema } from '../../contract/wire/v1/device'
import type { PolicyEnvelope } from '../../core/policy/envelope'
import type { EnrolmentFacts } from './enrolment/facts'
import { trustedVersion } from './enrolment/policy-signature'
import type { Clock } from './hub/clock'
import type { HubClient } from './hub/hub-client'
import { withTimeLimit } from './time-limit'

/** A policy that cannot be had, or that the root did not sign, is asked for again after this. */
const RETRY_MS = 10_000
const LIMIT_MS = 5000
const KEEP_LIMIT_MS = 2000

export interface PolicyWatchOptions {
  readonly facts: EnrolmentFacts
  readonly client: HubClient
  readonly clock: Clock
  /** A document that the hub offers as newer. Main verifies it and says so if it is no policy. */
  readonly offer: (policy: PolicyEnvelope) => void
  /** Keeps a policy that carries the root's signature for the next start. */
  readonly keep: (policy: PolicyEnvelope) => Promise<void>
}

/** Fetches the policy when the hub names a newer one. Only what the pinned root signed is kept. */
export class PolicyWatch {
  private version: number
  private nextTry = Number.NEGATIVE_INFINITY

  constructor(private readonly options: PolicyWatchOptions) {
    const { policy, policyRoot, organisation } = options.facts
    this.version = trustedVersion(policy, policyRoot, organisation)
  }

  /** Called with the version that the hub named last. */
  async heard(offered: number): Promise<void> {
    const { clock, client, facts, offer, keep } = this.options
    if (offered <= this.version || clock.monotonic() < this.nextTry) return
    this.nextTry = clock.monotonic() + RETRY_MS
    const answer = await client.call({
      path: '/device/v1/policy',
      reply: policyReplySchema,
      limitMs: LIMIT_MS,
      body: null
    })
    if (answer.kind !== 'ok') return // the next heartbeat names the version again
    const version = trustedVersion(answer.value, facts.policyRoot, facts.organisation)
    if (version > this.version) {
      this.version = version
      this.nextTry = Number.NEGATIVE_INFINITY
      // Kept before it is enforced: a crash in between would lead back to the older one. A disk that does not
      // answer must not keep a new policy from being enforced, though.
      await withTimeLimit(keep(answer.value), KEEP_LIMIT_MS, 'the disk did not answer').catch(() => null)
    }
    offer(answer.value)
  }
}
