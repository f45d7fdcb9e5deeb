import { and, eq, inArray } from 'drizzle-orm'
import type { DeclineRequest, GrantRequest } from '../../contract/wire/v1/break-glass'
import { ok } from '../../core/result'
import { refuse, type Outcome } from '../outcome'
import type { Viewer } from '../people/console-session'
import { noteDecision, problemWords, storeGrant, type ExceptionRow } from '../store/admin/break-glass'
import { wakeDevice } from '../store/admin/wake'
import type { Database, Queries } from '../store/open'
import { breakGlass } from '../store/tables'

type Accepted = Outcome<{ readonly accepted: true }>
const accepted = ok({ accepted: true as const })

/** A second person grants a request with their own key. A try that is refused goes into the record too. */
export const grantAtConsole = (
  db: Database,
  viewer: Viewer,
  request: string,
  { grant: text, note }: GrantRequest,
  now: Date
): Promise<Accepted> =>
  withRequest(db, viewer, request, async (tx, row) => {
    const by = { id: viewer.personId, email: viewer.email }
    const stored = await storeGrant(tx, row, { text, note, by }, now)
    if (stored.ok) return accepted
    await noteDecision(tx, row, 'break-glass-denied', `${stored.error}, request ${request}`, now)
    const code = stored.error === 'unreadable' ? 'bad-request' : 'forbidden'
    return refuse(code, `The grant is refused: ${problemWords[stored.error]}`, { field: 'grant' })
  })

/** Says no to a request, or takes back what was granted. Whoever sees the team may: saying no loosens nothing. */
export const declineAtConsole = (
  db: Database,
  viewer: Viewer,
  request: string,
  { note }: DeclineRequest,
  now: Date
): Promise<Accepted> =>
  withRequest(db, viewer, request, async (tx, row) => {
    const declined = await tx
      .update(breakGlass)
      .set({ status: 'declined', note, decidedAt: now, decidedBy: viewer.personId })
      .where(
        and(eq(breakGlass.request, row.request), inArray(breakGlass.status, ['asked', 'granted', 'running']))
      )
      .returning({ request: breakGlass.request })
    if (declined.length === 0) return refuse('forbidden', 'The request is over already.')
    await noteDecision(tx, row, 'break-glass-declined', `${row.checkName}, request ${request}`, now)
    await wakeDevice(tx, row.workstationId)
    return accepted
  })

function withRequest(
  db: Database,
  viewer: Viewer,
  request: string,
  act: (tx: Queries, row: ExceptionRow) => Promise<Accepted>
): Promise<Accepted> {
  return db.transaction(async (tx) => {
    const [row] = await tx
      .select()
      .from(breakGlass)
      .where(
        and(
          eq(breakGlass.request, request),
          eq(breakGlass.organisationId, viewer.organisationId),
          eq(breakGlass.teamId, viewer.teamId)
        )
      )
      .for('update')
    return row === undefined ? refuse('not-found', 'There is no such request in your team.') : act(tx, row)
  })
}
