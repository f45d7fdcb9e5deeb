import { openEnvelope, type PolicyEnvelope } from '../policy/envelope'
import type { Policy } from '../policy/policy'
import { err, ok, type Result } from '../result'
import type { SignedRefusal } from './refusal'
import { nextRoot, type TrustedRoot } from './root'
import type { VerifySignature } from './signed'
import { differenceFrom, openSnapshot, type TrustedSnapshot } from './snapshot'

/** A policy that was taken into force. */
export interface HeldPolicy {
  readonly policy: Policy
  readonly envelope: PolicyEnvelope
  /** When a root was taken whose keys did not sign it, milliseconds since 1970. */
  readonly disownedAt: number | null
}

/**
 * All that a party believes of one organisation's documents, and what it remembers so as not to be led back. Replaced
 * as a whole by each document that is taken; a refused one changes nothing.
 */
export interface Trust {
  readonly organisation: string
  readonly root: TrustedRoot
  /** When the root was taken; of one that was trusted before, when it was made. Milliseconds since 1970. */
  readonly rootSince: number
  readonly snapshot: TrustedSnapshot | null
  readonly policy: HeldPolicy | null
}

export type Taken = Result<Trust, SignedRefusal>

/** Trust as enrolment begins it. */
export const beginTrust = (organisation: string, root: TrustedRoot): Trust => ({
  organisation,
  root,
  rootSince: root.issuedAt,
  snapshot: null,
  policy: null
})

/**
 * Takes the next root at `now`, milliseconds since 1970. What its keys no longer vouch for is not gone back to: a snapshot is forgotten, a policy stays
 * in force until another comes, and its version is no floor any more (recovery from a fast-forward, TUF 1.0, 5.3.11).
 */
export function takeRoot(trust: Trust, document: unknown, now: number, verify: VerifySignature): Taken {
  const next = nextRoot(document, trust.root, trust.organisation, verify)
  if (!next.ok) return next
  const root = next.value
  return ok({
    ...trust,
    root,
    rootSince: now,
    snapshot: stillSigned(trust, root, verify) ? trust.snapshot : null,
    policy: trust.policy === null ? null : underRoot(trust.policy, root, trust.organisation, now, verify)
  })
}

function stillSigned({ snapshot, organisation }: Trust, root: TrustedRoot, verify: VerifySignature): boolean {
  const role = root.roles.snapshot
  return (
    role !== null && snapshot !== null && openSnapshot(snapshot.envelope, role, organisation, null, verify).ok
  )
}

function underRoot(
  held: HeldPolicy,
  root: TrustedRoot,
  organisation: string,
  now: number,
  verify: VerifySignature
): HeldPolicy {
  const opened = openEnvelope(held.envelope, root.roles.policy, organisation, null, verify)
  return { ...held, disownedAt: opened.ok ? null : (held.disownedAt ?? now) }
}

/** Takes a snapshot that is fresh at `now`, milliseconds since 1970. The root has to have a role for it. */
export function takeSnapshot(trust: Trust, document: unknown, now: number, verify: VerifySignature): Taken {
  const opened = readSnapshot(trust, document, verify)
  if (!opened.ok) return opened
  if (isOver(trust.root.expiresAt, now)) return expired('root', trust.root.expiresAt)
  const expiresAt = Date.parse(opened.value.snapshot.expiresAt)
  if (isOver(expiresAt, now)) return expired('snapshot', expiresAt)
  return ok({ ...trust, snapshot: opened.value })
}

/** Takes back a snapshot that was taken before and was kept: also one that has expired since. */
export function restoreSnapshot(trust: Trust, document: unknown, verify: VerifySignature): Taken {
  const opened = readSnapshot(trust, document, verify)
  return opened.ok ? ok({ ...trust, snapshot: opened.value }) : opened
}

function readSnapshot(
  { root, organisation, snapshot }: Trust,
  document: unknown,
  verify: VerifySignature
): Result<TrustedSnapshot, SignedRefusal> {
  const role = root.roles.snapshot
  if (role === null) return err({ kind: 'not-signed', problem: 'the root has no role for snapshots' })
  return openSnapshot(document, role, organisation, snapshot, verify)
}

/**
 * Takes a policy that nothing speaks against at `now`: signed under the trusted root, not older than the one in force,
 * not expired, under a root that is not, and the one that the snapshot names where the root asks for a snapshot.
 */
export function takePolicy(trust: Trust, document: unknown, now: number, verify: VerifySignature): Taken {
  const held = readPolicy(trust, document, verify)
  if (!held.ok) return held
  const { policy, envelope } = held.value
  if (isOver(trust.root.expiresAt, now)) return expired('root', trust.root.expiresAt)
  const expiresAt = Date.parse(policy.expiresAt)
  if (isOver(expiresAt, now)) return expired('policy', expiresAt)
  if (trust.root.roles.snapshot !== null) {
    const named = trust.snapshot?.snapshot
    if (named === undefined) return err({ kind: 'not-in-snapshot', problem: 'there is none yet' })
    const until = Date.parse(named.expiresAt)
    if (isOver(until, now)) return expired('snapshot', until)
    const problem = differenceFrom(named.policy, policy.version, envelope.payload)
    if (problem !== null) return err({ kind: 'not-in-snapshot', problem })
  }
  return ok({ ...trust, policy: held.value })
}

/** Takes back a policy that was in force before and was kept: also one that has expired since. */
export function restorePolicy(trust: Trust, document: unknown, verify: VerifySignature): Taken {
  const held = readPolicy(trust, document, verify)
  return held.ok ? ok({ ...trust, policy: held.value }) : held
}

function readPolicy(
  trust: Trust,
  document: unknown,
  verify: VerifySignature
): Result<HeldPolicy, SignedRefusal> {
  const { root, organisation, policy: held } = trust
  const floor =
    held === null || held.disownedAt !== null
      ? null
      : { version: held.policy.version, payload: held.envelope.payload }
  const opened = openEnvelope(document, root.roles.policy, organisation, floor, verify)
  if (!opened.ok) return opened
  const { policy, envelope } = opened.value
  return ok({ policy, envelope, disownedAt: null })
}

const isOver = (expiresAt: number, now: number): boolean => now >= expiresAt
const expired = (what: 'root' | 'snapshot' | 'policy', at: number): Result<never, SignedRefusal> =>
  err({ kind: 'expired', what, at: new Date(at).toISOString() })
