import { and, eq, isNull, ne } from 'drizzle-orm'
import { ok } from '../../../core/result'
import { recordAct } from '../../audit/acts'
import { refuse, type Outcome } from '../../outcome'
import type { Database } from '../../store/open'
import { providerIdentity } from '../../store/sign-in-tables'
import { consoleSession } from '../../store/tables'
import type { Viewer } from '../console-session'

/**
 * Undoes a link between oneself and an account at a provider. Whoever holds that account may be signed in with it, with a
 * code after it too: every other session of this person ends. The next sign-in there is matched by its verified address again.
 */
export const unlinkProvider = (
  db: Database,
  viewer: Viewer,
  id: string,
  now: Date
): Promise<Outcome<{ readonly accepted: true }>> =>
  db.transaction(async (tx): Promise<Outcome<{ readonly accepted: true }>> => {
    const [gone] = await tx
      .delete(providerIdentity)
      .where(and(eq(providerIdentity.id, id), eq(providerIdentity.personId, viewer.personId)))
      .returning({ issuer: providerIdentity.issuer })
    if (gone === undefined) return refuse('not-found', 'You have no such link to a provider.')
    await tx
      .update(consoleSession)
      .set({ endedAt: now })
      .where(
        and(
          eq(consoleSession.personId, viewer.personId),
          ne(consoleSession.id, viewer.sessionId),
          isNull(consoleSession.endedAt)
        )
      )
    const act = { act: 'provider-unlinked', subject: viewer.personId, detail: new URL(gone.issuer).host }
    await recordAct(tx, viewer, act, now)
    return ok({ accepted: true as const })
  })
