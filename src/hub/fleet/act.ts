import { and, eq } from 'drizzle-orm'
import type { RevokeDevice } from '../../contract/wire/v1/device-admin'
import { ok } from '../../core/result'
import { recordAct } from '../audit/acts'
import { refuse, type Outcome } from '../outcome'
import type { Viewer } from '../people/console-session'
import { releaseWorkstation, revokeWorkstation } from '../store/admin/enrolment'
import type { Database, Queries } from '../store/open'
import { workstation } from '../store/tables'

type Accepted = { readonly accepted: true }
const accepted: Accepted = { accepted: true }

/** Shuts a computer of the viewer's organisation out for good. Twice is no error, and is noted once. */
export const revokeDevice = (
  db: Database,
  viewer: Viewer,
  id: string,
  { reason }: RevokeDevice,
  now: Date
): Promise<Outcome<Accepted>> =>
  db.transaction(async (tx) => {
    const found = await own(tx, viewer, id)
    if (found === undefined) return noSuch
    if (found.revokedAt === null) {
      await revokeWorkstation(tx, id, now)
      await recordAct(tx, viewer, { act: 'device-revoked', subject: id, detail: reason }, now)
    }
    return ok(accepted)
  })

/** Lets a quarantined computer of the viewer's organisation speak again. */
export const releaseDevice = (
  db: Database,
  viewer: Viewer,
  id: string,
  now: Date
): Promise<Outcome<Accepted>> =>
  db.transaction(async (tx) => {
    const found = await own(tx, viewer, id)
    if (found === undefined) return noSuch
    if (found.revokedAt !== null)
      return refuse('conflict', 'This computer is shut out for good. Enrol it again with a new ticket.')
    if (found.quarantinedAt === null) return refuse('conflict', 'This computer is not quarantined any more.')
    await releaseWorkstation(tx, id, now)
    const detail = found.quarantineReason ?? ''
    await recordAct(tx, viewer, { act: 'device-released', subject: id, detail }, now)
    return ok(accepted)
  })

const noSuch = refuse('not-found', 'Your organisation has no such computer.')

/** Locked, so that two who act at once follow one another. */
async function own(tx: Queries, { organisationId }: Viewer, id: string) {
  const [found] = await tx
    .select({
      revokedAt: workstation.revokedAt,
      quarantinedAt: workstation.quarantinedAt,
      quarantineReason: workstation.quarantineReason
    })
    .from(workstation)
    .where(and(eq(workstation.id, id), eq(workstation.organisationId, organisationId)))
    .for('update')
  return found
}
