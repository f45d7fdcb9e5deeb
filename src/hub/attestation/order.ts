import type { QuarantineReason } from '../store/tables'
import { NONE_ANY_MORE, type Told } from './nonce'

/** The newest request that was taken of one run. */
export interface Taken {
  /** -1 when none was: only records of the run came, with another run's request. */
  readonly requestSeq: number
  /** The identifier of its proof; null when it was taken before these were kept. */
  readonly requestId: string | null
}

/** What the hub knows of a device when a request comes. */
export interface KnownOrder {
  /** The run that was taken last; null before there was one, and after IT released the workstation. */
  readonly newestBoot: string | null
  /** Of the request's own run; null when that was never seen. */
  readonly taken: Taken | null
}

export type Place =
  | { readonly kind: 'next' }
  /** The first request of a run, or of any after IT let the workstation speak again. */
  | { readonly kind: 'new-run' }
  /** The very request that was taken last, once more. */
  | { readonly kind: 'repeated' }
  /** It may be late, or somebody else's: whoever signs a nonce with this in it is there and has heard. */
  | { readonly kind: 'ask'; readonly told: Told }
  /** Two programs speak with one key. */
  | { readonly kind: 'copy'; readonly reason: QuarantineReason }

/**
 * Where a request stands among those of its device. No clock is asked: the order is that in which the hub took
 * requests, and what it told in its nonces. A request that does not fit is answered with a nonce that says so. One that
 * was overtaken on its way, or comes from a run that has ended, has nobody left to answer that; a run that goes on all
 * the same, with a number that it was told is used or after it was told that another took its place, is a second
 * program. So is whoever signs the newest number a second time. A program that runs alone does neither: its numbers
 * rise, and it is never told one that it has yet to use.
 */
export function placeOf(
  claims: { readonly boot: string; readonly seq: number; readonly jti: string },
  told: Told | null,
  { newestBoot, taken }: KnownOrder
): Place {
  const { boot, seq, jti } = claims
  if (newestBoot === null) return { kind: 'new-run' }
  if (taken === null) {
    if (told?.boot === newestBoot) return { kind: 'new-run' }
    return { kind: 'ask', told: { boot: newestBoot, upTo: -1 } }
  }
  const { requestSeq, requestId } = taken
  const isTold = told?.boot === boot && seq <= told.upTo
  if (boot !== newestBoot)
    return isTold
      ? { kind: 'copy', reason: 'two-runs' }
      : { kind: 'ask', told: { boot, upTo: NONE_ANY_MORE } }
  if (seq > requestSeq) return { kind: 'next' }
  if (seq === requestSeq && jti === requestId) return { kind: 'repeated' }
  if (isTold || (seq === requestSeq && requestId !== null))
    return { kind: 'copy', reason: 'sequence-regressed' }
  return { kind: 'ask', told: { boot, upTo: requestSeq } }
}
