import { and, eq } from 'drizzle-orm'
import { step, type LifeEvent, type LifeRefusal } from '../../core/alert/life-cycle'
import { err, ok, type Result } from '../../core/result'
import { refuse, type Refusal } from '../outcome'
import { alertsWithin, type Scope, type TeamScope } from '../people/scope'
import type { Queries } from '../store/open'
import { alert } from '../store/tables'
import { appendStream } from '../stream/append'
import { columnsOf, lifeOf, type AlertRow } from './life-row'
import { termsFor } from './terms'

/** The row of an alert in somebody's scope, held until the transaction ends; null when there is none. */
export async function holdAlert(
  tx: Queries,
  scope: TeamScope & Partial<Scope>,
  id: string
): Promise<AlertRow | null> {
  const rows = await tx
    .select()
    .from(alert)
    .where(and(eq(alert.id, id), alertsWithin(scope)))
    .for('update')
  return rows[0] ?? null
}

/** Moves an alert on by the rules, and tells its team. The rules say no to what does not follow from where it is. */
export async function moveAlert(
  tx: Queries,
  row: AlertRow,
  event: LifeEvent,
  now: Date
): Promise<Result<null, LifeRefusal>> {
  const next = step(lifeOf(row), event, row.severity, await termsFor(tx, row.organisationId))
  if (!next.ok) return err(next.error)
  await tx.update(alert).set(columnsOf(next.value)).where(eq(alert.id, row.id))
  await tellTeam(tx, row, now)
  return ok(null)
}

/** A changed alert changes its desk's tile too: how many are open there. */
export const tellTeam = (tx: Queries, row: AlertRow, now: Date): Promise<void> =>
  appendStream(
    tx,
    row,
    [
      { kind: 'alert', subject: row.id },
      { kind: 'tile', subject: row.workstationId }
    ],
    now
  )

/** Each refusal of the rules in words for whoever tried. */
export function refuseMove(why: Exclude<LifeRefusal, 'nothing-changes'>): Refusal {
  const [code, message, field] = words[why]
  return refuse(code, message, field === undefined ? {} : { field })
}

const words: Readonly<
  Record<
    Exclude<LifeRefusal, 'nothing-changes'>,
    readonly ['conflict' | 'bad-request' | 'forbidden', string, string?]
  >
> = {
  'decided-already': ['conflict', 'Somebody decided on this alert already. Look at what they found.'],
  'reason-does-not-fit': ['bad-request', 'This reason does not go with this decision.', 'reason'],
  'nothing-to-appeal': ['conflict', 'There is no decision against you on this alert.'],
  'too-late': ['conflict', 'The time to object to this decision is over.'],
  'appealed-already': ['conflict', 'You objected to this decision already.'],
  'not-appealed': ['conflict', 'Nobody objected to this decision.'],
  'own-decision': ['forbidden', 'Somebody else has to answer an objection to your own decision.'],
  closed: ['conflict', 'This alert is closed.']
}
