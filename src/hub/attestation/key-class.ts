import { lastPolicy, openStored } from '../store/admin/policy'
import type { Queries } from '../store/open'
import type { KeyClass } from '../store/tables'

/** The class that the policy handed out last asks device keys to be of; null when it does not mind. */
export async function requiredKeyClass(tx: Queries, organisationId: string): Promise<KeyClass | null> {
  const last = await lastPolicy(tx, organisationId)
  return last === null ? null : (openStored(last.envelope)?.device?.keyClass ?? null)
}
