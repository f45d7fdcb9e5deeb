import { termsOf, type Terms } from '../../core/alert/terms'
import { newestPolicy, openStored } from '../store/admin/policy'
import type { Queries } from '../store/open'

/** The terms of the policy that was opened last, by organisation: reading a whole policy for each alert would be felt. */
const opened = new Map<string, { readonly payload: string; readonly terms: Terms }>()

/** By which terms alerts are handled under the policy that desks are handed; the usual ones where it says nothing. */
export async function termsFor(db: Queries, organisationId: string): Promise<Terms> {
  const newest = await newestPolicy(db, organisationId)
  const payload = newest?.envelope.payload ?? ''
  const known = opened.get(organisationId)
  if (known?.payload === payload) return known.terms
  const policy = newest === null ? null : openStored(newest.envelope)
  const terms = termsOf(policy?.supervision?.alerts)
  opened.set(organisationId, { payload, terms })
  return terms
}
