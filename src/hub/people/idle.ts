import { and, eq, isNull, lt, sql } from 'drizzle-orm'
import { readNewest } from '../policy/newest'
import { wakeDevice } from '../store/admin/wake'
import type { Database, Queries } from '../store/open'
import { deviceSession, securityEvent } from '../store/tables'

/** After how long without input sessions end under the policy that desks are handed; null where it says nothing. */
const idleMinutes = readNewest((policy) => policy?.session?.idleMinutes ?? null)

/**
 * Ends sessions at desks where nobody touched anything for as long as the policy says. What was not told of counts as
 * nothing: a client that keeps silent about input, and goes on with its heartbeats, is ended like any other. The desk
 * is woken to ask whose session it holds. Returns how many.
 */
export async function endIdleSessions(db: Database, now: Date): Promise<number> {
  const owners = await db
    .selectDistinct({ id: deviceSession.organisationId })
    .from(deviceSession)
    .where(isNull(deviceSession.endedAt))
  let count = 0
  for (const { id } of owners) {
    const minutes = await idleMinutes(db, id)
    if (minutes === null) continue
    const limit = new Date(now.getTime() - minutes * 60_000)
    count += await db.transaction(async (tx) => {
      const ended = await tx
        .update(deviceSession)
        .set({ endedAt: now })
        .where(
          and(
            eq(deviceSession.organisationId, id),
            isNull(deviceSession.endedAt),
            lt(sql`coalesce(${deviceSession.activeAt}, ${deviceSession.startedAt})`, limit)
          )
        )
        .returning()
      for (const { organisationId, teamId, workstationId, personId } of ended) {
        const event = { code: 'session-idle', detail: personId, count: 1, at: now }
        await tx.insert(securityEvent).values({ organisationId, teamId, workstationId, ...event })
        await wakeDevice(tx, workstationId)
      }
      return ended.length
    })
  }
  return count
}

/** Notes input at a desk as it tells of it; never later than now, never earlier than what is known. */
export async function noteInput(
  tx: Queries,
  workstationId: string,
  boot: string,
  agoMs: number,
  now: Date
): Promise<void> {
  const at = new Date(now.getTime() - agoMs).toISOString()
  await tx
    .update(deviceSession)
    .set({
      activeAt: sql`greatest(coalesce(${deviceSession.activeAt}, ${deviceSession.startedAt}), ${at}::timestamptz)`
    })
    .where(
      and(
        eq(deviceSession.workstationId, workstationId),
        eq(deviceSession.boot, boot),
        isNull(deviceSession.endedAt)
      )
    )
}
