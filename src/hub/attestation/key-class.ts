import { newestPolicy, openStored } from '../store/admin/policy'
import type { Queries } from '../store/open'
import type { KeyClass } from '../store/tables'

/** The class that the newest policy asks device keys to be of; null when it does not mind. */
export async function requiredKeyClass(tx: Queries, organisationId: string): Promise<KeyClass | null> {
  const newest = await newestPolicy(tx, organisationId)
  return newest === null ? null : (openStored(newest.envelope)?.device?.keyClass ?? null)
}
