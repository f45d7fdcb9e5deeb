import { ok } from '../../../core/result'
import { recordAct } from '../../audit/acts'
import { refuse, type Outcome } from '../../outcome'
import { clearSecondFactors } from '../../store/admin/second-factor'
import type { Database } from '../../store/open'
import type { Viewer } from '../console-session'
import { personById } from '../sign-in/person'

/**
 * Takes the second factors of somebody of one's own organisation away who lost them, in the record. Nobody does it for
 * themselves: a stolen session of IT's opens no account for good.
 */
export async function resetAtConsole(
  db: Database,
  viewer: Viewer,
  id: string,
  now: Date
): Promise<Outcome<{ readonly accepted: true }>> {
  if (id === viewer.personId)
    return refuse('conflict', 'Ask somebody else of IT, or use the command of the hub.')
  return db.transaction(async (tx): Promise<Outcome<{ readonly accepted: true }>> => {
    const found = await personById(tx, id)
    if (found?.organisationId !== viewer.organisationId)
      return refuse('not-found', 'There is nobody of that name in your organisation.')
    await clearSecondFactors(tx, id, now)
    await recordAct(tx, viewer, { act: 'second-factor-reset', subject: id, detail: '' }, now)
    return ok({ accepted: true as const })
  })
}
