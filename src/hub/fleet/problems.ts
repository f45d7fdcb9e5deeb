import { and, eq, sql } from 'drizzle-orm'
import type { Problem } from '../../contract/wire/v1/device-admin'
import type { CheckState } from '../../core/check/check'
import type { Enforcement } from '../../core/check/enforcement'
import type { Queries } from '../store/open'
import { desk } from '../store/tables'

/** What does not pass at each desk of an organisation, as it was told last, the worst first; by workstation. */
export async function problemsOf(
  db: Queries,
  organisationId: string
): Promise<ReadonlyMap<string, readonly Problem[]>> {
  // Only what does not pass leaves the database: the evidence of ten thousand desks is megabytes.
  const open = sql<{ check: string; state: CheckState; enforcement: Enforcement | null }[]>`(
    SELECT jsonb_agg(jsonb_build_object('check', c->>'id', 'state', c->>'state', 'enforcement', c->>'enforcement'))
    FROM jsonb_array_elements(${desk.posture}) c WHERE c->>'state' <> 'pass')`
  const rows = await db
    .select({ id: desk.workstationId, open })
    .from(desk)
    .where(
      and(
        eq(desk.organisationId, organisationId),
        sql`EXISTS (SELECT 1 FROM jsonb_array_elements(${desk.posture}) c WHERE c->>'state' <> 'pass')`
      )
    )
  return new Map(
    rows.map(({ id, open: found }) => [
      id,
      found
        .map(({ enforcement, ...rest }) => (enforcement === null ? rest : { ...rest, enforcement }))
        .toSorted((one, other) => weightOf(one) - weightOf(other))
    ])
  )
}

const worstFirst: readonly CheckState[] = ['fail', 'error', 'stale', 'unknown', 'pass']
const strongestFirst: readonly (Enforcement | undefined)[] = ['block', 'warn', undefined, 'report']

const weightOf = ({ state, enforcement }: Problem): number =>
  10 * strongestFirst.indexOf(enforcement) + worstFirst.indexOf(state)
