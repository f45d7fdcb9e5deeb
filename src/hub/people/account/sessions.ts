import { and, eq, isNull } from 'drizzle-orm'
import { ok } from '../../../core/result'
import { recordAct } from '../../audit/acts'
import { refuse, type Outcome } from '../../outcome'
import type { Database } from '../../store/open'
import { consoleSession } from '../../store/tables'
import type { Viewer } from '../console-session'

/** Ends one of one's own sessions: its next request, and its open stream at the next beat, hear that it is over. */
export async function endOwnSession(
  db: Database,
  viewer: Viewer,
  id: string,
  now: Date
): Promise<Outcome<{ readonly accepted: true }>> {
  return db.transaction(async (tx): Promise<Outcome<{ readonly accepted: true }>> => {
    const ended = await tx
      .update(consoleSession)
      .set({ endedAt: now })
      .where(
        and(
          eq(consoleSession.id, id),
          eq(consoleSession.personId, viewer.personId),
          isNull(consoleSession.endedAt)
        )
      )
      .returning({ id: consoleSession.id })
    if (ended.length === 0) return refuse('not-found', 'You have no open session of that name.')
    await recordAct(tx, viewer, { act: 'session-ended', subject: id, detail: '' }, now)
    return ok({ accepted: true as const })
  })
}
