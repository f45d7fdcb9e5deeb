import type { Policy } from '../../core/policy/policy'
import { newestPolicy, openStored } from '../store/admin/policy'
import type { Queries } from '../store/open'

/**
 * Reads something out of the policy that desks are handed; `read` is given null where there is none that can be read. What
 * it read is kept by organisation while the policy is the same: opening a whole policy each time would be felt.
 */
export function readNewest<T>(
  read: (policy: Policy | null) => T
): (db: Queries, organisationId: string) => Promise<T> {
  const kept = new Map<string, { readonly payload: string; readonly value: T }>()
  return async (db, organisationId) => {
    const newest = await newestPolicy(db, organisationId)
    const payload = newest?.envelope.payload ?? ''
    const known = kept.get(organisationId)
    if (known?.payload === payload) return known.value
    const value = read(newest === null ? null : openStored(newest.envelope))
    kept.set(organisationId, { payload, value })
    return value
  }
}
