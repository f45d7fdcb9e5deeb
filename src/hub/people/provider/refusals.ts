import { eq, sql } from 'drizzle-orm'
import type { Database } from '../../store/open'
import { signInRefusal } from '../../store/sign-in-tables'
import { organisation } from '../../store/tables'
import type { TeamScope } from '../scope'

/** Somebody of the organisation who was refused all the same: shut out, or not who signed in before. */
export type Refused = TeamScope & { readonly personId: string }

const HOUR_MS = 3_600_000

/**
 * Notes that a sign-in by a provider was refused, and why. Who is unknown here leaves no name: what the provider says of
 * a stranger is not ours to keep. One row an hour for each reason, so that trying fills no disk.
 */
export async function noteRefusal(
  db: Database,
  organisationName: string,
  refusal: { readonly provider: string; readonly why: string; readonly who: Refused | null },
  now: Date
): Promise<void> {
  const [tenant] = await db
    .select({ organisationId: organisation.organisationId })
    .from(organisation)
    .where(eq(organisation.name, organisationName))
  if (tenant === undefined) return // nobody's record to keep it in: the log has it
  const { provider, why, who } = refusal
  const { organisationId, hour, personId, provider: by, why: reason } = signInRefusal
  await db
    .insert(signInRefusal)
    .values({
      ...tenant,
      teamId: who?.teamId ?? null,
      personId: who?.personId ?? null,
      provider,
      why,
      hour: new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS),
      lastAt: now
    })
    .onConflictDoUpdate({
      target: [organisationId, hour, by, reason, personId],
      set: { times: sql`${signInRefusal.times} + 1`, lastAt: now }
    })
}
