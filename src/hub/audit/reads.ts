import type { AlertView } from '../../contract/wire/v1/console'
import type { Queries } from '../store/open'
import { alertRead, type ReadThrough } from '../store/oversight-tables'

/** Somebody to whom alerts are about to be shown. */
export interface Reader {
  readonly personId: string
}

/** An alert on its way to a reader, and the team that it is of. */
export interface ReadRow {
  readonly reader: Reader
  readonly alert: Pick<AlertView, 'id'> & { readonly teamId: string }
}

/** Rows of one statement; PostgreSQL takes 65,535 values at most. */
const CHUNK = 5000

/**
 * Notes who is about to see which alerts (45 CFR 164.312(b)): one row for each alert in each answer. To be called before
 * the answer leaves: what could not be noted is not shown.
 */
export async function recordReads(
  db: Queries,
  organisationId: string,
  through: ReadThrough,
  rows: readonly ReadRow[],
  at: Date
): Promise<void> {
  for (let from = 0; from < rows.length; from += CHUNK) {
    await db.insert(alertRead).values(
      rows.slice(from, from + CHUNK).map(({ reader, alert }) => ({
        organisationId,
        teamId: alert.teamId,
        personId: reader.personId,
        alertId: alert.id,
        through,
        at
      }))
    )
  }
}
