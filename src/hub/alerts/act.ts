import { and, eq, isNull } from 'drizzle-orm'
import type { AppealAnswer, DecideRequest } from '../../contract/wire/v1/alert-life'
import type { LifeEvent } from '../../core/alert/life-cycle'
import { ok } from '../../core/result'
import { recordAct } from '../audit/acts'
import { refuse, type Outcome } from '../outcome'
import type { Viewer } from '../people/console-session'
import type { Database } from '../store/open'
import { alert } from '../store/tables'
import { holdAlert, moveAlert, refuseMove, tellTeam } from './move'

type Accepted = Outcome<{ readonly accepted: true }>
const accepted = ok({ accepted: true as const })

/** A supervisor takes note of an alert. The first one counts; doing it again changes nothing. */
export const acknowledge = (db: Database, viewer: Viewer, id: string, now: Date): Promise<Accepted> =>
  move(
    db,
    viewer,
    id,
    { kind: 'acknowledge', at: now.getTime(), by: viewer.personId },
    'alert-acknowledged',
    now
  )

/** Somebody looked into it: it was so, or a false alarm. */
export const decide = (
  db: Database,
  viewer: Viewer,
  id: string,
  decision: DecideRequest,
  now: Date
): Promise<Accepted> =>
  move(
    db,
    viewer,
    id,
    { kind: 'decide', at: now.getTime(), by: viewer.personId, ...decision },
    `alert-${decision.verdict}`,
    now
  )

/** Somebody else than who decided answers what the advocate says against it. */
export const answerAppeal = (
  db: Database,
  viewer: Viewer,
  id: string,
  answer: AppealAnswer,
  now: Date
): Promise<Accepted> =>
  move(
    db,
    viewer,
    id,
    { kind: 'answer-appeal', at: now.getTime(), by: viewer.personId, ...answer },
    answer.upheld ? 'appeal-upheld' : 'appeal-dismissed',
    now
  )

/** A console has shown the alert to a person: only now it counts as delivered. */
export const markSeen = (db: Database, viewer: Viewer, id: string, now: Date): Promise<Accepted> =>
  db.transaction(async (tx) => {
    const row = await holdAlert(tx, viewer, id)
    if (row === null) return noSuchAlert
    const changed = await tx
      .update(alert)
      .set({ deliveredAt: now, deliveredBy: viewer.personId })
      .where(and(eq(alert.id, id), isNull(alert.deliveredAt)))
      .returning({ id: alert.id })
    if (changed.length > 0) await tellTeam(tx, row, now)
    return accepted
  })

function move(
  db: Database,
  viewer: Viewer,
  id: string,
  event: LifeEvent,
  act: string,
  now: Date
): Promise<Accepted> {
  return db.transaction(async (tx) => {
    const row = await holdAlert(tx, viewer, id)
    if (row === null) return noSuchAlert
    const moved = await moveAlert(tx, row, event, now)
    if (!moved.ok) return moved.error === 'nothing-changes' ? accepted : refuseMove(moved.error)
    await recordAct(tx, viewer, { act, subject: id, detail: '' }, now)
    return accepted
  })
}

const noSuchAlert = refuse('not-found', 'There is no such alert in your team.')
