import { and, desc, eq, gte } from 'drizzle-orm'
import {
  MAX_OWN_ALERTS,
  type OwnAlert,
  type OwnAlertsReply,
  type OwnAppealRequest
} from '../../contract/wire/v1/alert-life'
import { ok } from '../../core/result'
import { forDevice, type HandOutSettings } from '../attestation/for-device'
import type { ProvenClaims } from '../attestation/proof'
import { refuse, type Outcome } from '../outcome'
import { personAt } from '../people/person-at'
import type { Database } from '../store/open'
import { alert } from '../store/tables'
import { lifeOf, type AlertRow } from './life-row'
import { iso, lifeShape } from './life-view'
import { moveAlert, refuseMove } from './move'

/** How far back a person looks at their desk: an appeal is over long before, milliseconds. */
const SHOWN_MS = 60 * 86_400_000

/** The newest alerts about who is signed in at this desk from this run. Nobody else's, and none when nobody is. */
export const ownAlerts = (
  db: Database,
  claims: ProvenClaims,
  settings: HandOutSettings
): Promise<Outcome<OwnAlertsReply>> =>
  forDevice(db, claims, settings, async (tx, row) => {
    const personId = await personAt(tx, row, claims.boot)
    if (personId === null) return ok({ v: 1, alerts: [] })
    const rows = await tx
      .select()
      .from(alert)
      .where(
        and(
          eq(alert.personId, personId),
          eq(alert.organisationId, row.organisationId),
          gte(alert.receivedAt, new Date(settings.now.getTime() - SHOWN_MS))
        )
      )
      .orderBy(desc(alert.receivedAt), desc(alert.id))
      .limit(MAX_OWN_ALERTS)
    return ok({ v: 1, alerts: rows.map(ownView) })
  })

/** Who is signed in says that a decision about them is wrong. The text goes to whoever answers it, and stays. */
export const appealOwn = (
  db: Database,
  request: OwnAppealRequest,
  claims: ProvenClaims,
  settings: HandOutSettings
): Promise<Outcome<{ readonly accepted: true }>> =>
  forDevice(db, claims, settings, async (tx, row) => {
    const personId = await personAt(tx, row, claims.boot)
    const [found] =
      personId === null
        ? []
        : await tx
            .select()
            .from(alert)
            .where(
              and(
                eq(alert.id, request.alert),
                eq(alert.personId, personId),
                eq(alert.organisationId, row.organisationId)
              )
            )
            .for('update')
    if (found === undefined) return refuse('not-found', 'There is no such alert about you.')
    const { now } = settings
    const event = { kind: 'appeal', at: now.getTime(), statement: request.statement } as const
    const moved = await moveAlert(tx, found, event, now)
    if (moved.ok) return ok({ accepted: true as const })
    // The reply to the first try may have been lost: the same words again are no second objection.
    const isRepeated = moved.error === 'appealed-already' && found.appealStatement === request.statement
    return isRepeated || moved.error === 'nothing-changes'
      ? ok({ accepted: true as const })
      : refuseMove(moved.error)
  })

/** The same record as supervisors have, without who decided. */
const ownView = (row: AlertRow): OwnAlert => ({
  id: row.id,
  rule: row.rule,
  raisedAt: row.raisedAt.toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
  hidden: row.hidden,
  ...lifeShape(lifeOf(row), ({ at }) => ({ at: iso(at) }))
})
