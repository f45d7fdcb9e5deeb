import type { Trust } from './trust'

/** What made a desk's rules out of date. */
export type Lapse = 'root-expired' | 'snapshot-expired' | 'policy-expired' | 'policy-disowned'

/**
 * How a policy in force stands. What lapsed goes on enforcing, and hides the desk once the policy's own grace is over:
 * a hub that withholds what is newer wins that much time and no more.
 */
export type Standing =
  | { readonly kind: 'current' }
  | { readonly kind: 'lapsed'; readonly why: Lapse; readonly since: number; readonly graceOver: boolean }

/** Judges at `now`, milliseconds since 1970, the latest time that was seen. Null without a policy. */
export function standingAt(trust: Trust, now: number): Standing | null {
  const { root, policy: held } = trust
  if (held === null) return null
  const ends: readonly (readonly [Lapse, number])[] = [
    ['root-expired', root.expiresAt],
    ['policy-expired', Date.parse(held.policy.expiresAt)],
    ['policy-disowned', held.disownedAt ?? Number.POSITIVE_INFINITY],
    ['snapshot-expired', snapshotEnd(trust)]
  ]
  const [why, since] = ends.reduce((first, end) => (end[1] < first[1] ? end : first))
  if (now < since) return { kind: 'current' }
  return { kind: 'lapsed', why, since, graceOver: now > since + held.policy.hubGraceMs }
}

/** A root that asks for a snapshot is without one from the time that it is trusted. */
const snapshotEnd = ({ root, rootSince, snapshot }: Trust): number => {
  if (root.roles.snapshot === null) return Number.POSITIVE_INFINITY
  return snapshot === null ? rootSince : Date.parse(snapshot.snapshot.expiresAt)
}
