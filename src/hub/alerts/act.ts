import { and, eq, isNull } from 'drizzle-orm'
import { ok } from '../../core/result'
import { refuse, type Outcome } from '../outcome'
import type { Viewer } from '../people/console-session'
import type { Database, Queries } from '../store/open'
import { alert } from '../store/tables'
import { appendStream } from '../stream/append'

type Accepted = Outcome<{ readonly accepted: true }>

/** A supervisor takes note of an alert. The first one counts; doing it again changes nothing. */
export const acknowledge = (db: Database, viewer: Viewer, id: string, now: Date): Promise<Accepted> =>
  act(db, viewer, id, now, async (tx) => {
    const changed = await tx
      .update(alert)
      .set({ acknowledgedAt: now, acknowledgedBy: viewer.personId })
      .where(and(ofTeam(viewer, id), isNull(alert.acknowledgedAt)))
      .returning({ workstation: alert.workstationId })
    return changed[0]?.workstation ?? null
  })

/** A console has shown the alert to a person: only now it counts as delivered. */
export const markSeen = (db: Database, viewer: Viewer, id: string, now: Date): Promise<Accepted> =>
  act(db, viewer, id, now, async (tx) => {
    const changed = await tx
      .update(alert)
      .set({ deliveredAt: now, deliveredBy: viewer.personId })
      .where(and(ofTeam(viewer, id), isNull(alert.deliveredAt)))
      .returning({ workstation: alert.workstationId })
    return changed[0]?.workstation ?? null
  })

async function act(
  db: Database,
  viewer: Viewer,
  id: string,
  now: Date,
  change: (tx: Queries) => Promise<string | null>
): Promise<Accepted> {
  return db.transaction(async (tx) => {
    const workstation = await change(tx)
    if (workstation === null && !(await exists(tx, viewer, id))) {
      return refuse('not-found', 'There is no such alert in your team.')
    }
    if (workstation !== null) {
      const changes = [
        { kind: 'alert' as const, subject: id },
        { kind: 'tile' as const, subject: workstation }
      ]
      await appendStream(tx, viewer, changes, now)
    }
    return ok({ accepted: true as const })
  })
}

const ofTeam = (viewer: Viewer, id: string) =>
  and(eq(alert.id, id), eq(alert.organisationId, viewer.organisationId), eq(alert.teamId, viewer.teamId))

async function exists(tx: Queries, viewer: Viewer, id: string): Promise<boolean> {
  return (await tx.select({ id: alert.id }).from(alert).where(ofTeam(viewer, id))).length > 0
}
