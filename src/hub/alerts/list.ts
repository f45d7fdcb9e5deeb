import { and, eq, isNotNull, isNull, lt, or, type SQL } from 'drizzle-orm'
import type { AlertView } from '../../contract/wire/v1/console'
import type { AlertList, AlertListQuery } from '../../contract/wire/v1/review'
import { recordReads } from '../audit/reads'
import type { Viewer } from '../people/console-session'
import type { Database } from '../store/open'
import { alert } from '../store/tables'
import { selectAlerts } from './view'

/** Alerts of one page. */
export const PAGE = 100

/** Alerts in the viewer's scope, newest first, a page at a time. Who sees them is noted before they are answered. */
export function listAlerts(
  db: Database,
  viewer: Viewer,
  query: AlertListQuery,
  now: Date
): Promise<AlertList> {
  return db.transaction(async (tx) => {
    const found = await selectAlerts(tx, viewer, and(stages[query.stage], behind(query.before)), PAGE)
    const rows = found.map(({ teamId, view }) => ({ reader: viewer, alert: { id: view.id, teamId } }))
    await recordReads(tx, viewer.organisationId, 'list', rows, now)
    const last = found.at(-1)
    return {
      alerts: found.map(({ view }) => view),
      next: found.length < PAGE || last === undefined ? null : cursorOf(last.view)
    }
  })
}

/** Alerts of one batch came at one instant: only with its id is an alert's place in the list its own. */
const cursorOf = ({ receivedAt, id }: AlertView): string => `${Date.parse(receivedAt)}_${id}`

function behind(cursor: string | undefined): SQL | undefined {
  if (cursor === undefined) return undefined
  const [ms, id = ''] = cursor.split('_')
  const at = new Date(Number(ms))
  return or(lt(alert.receivedAt, at), and(eq(alert.receivedAt, at), lt(alert.id, id)))
}

const stages: Readonly<Record<AlertListQuery['stage'], SQL | undefined>> = {
  all: undefined,
  undecided: and(isNull(alert.verdict), isNull(alert.closedAt)),
  appealed: and(isNotNull(alert.appealedAt), isNull(alert.closedAt)),
  closed: isNotNull(alert.closedAt)
}
