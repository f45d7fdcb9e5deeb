import { and, eq } from 'drizzle-orm'
import type { BreakGlassRecord } from '../../core/break-glass/record'
import { assertNever } from '../../core/result'
import type { WorkstationRow } from '../attestation/sequence'
import { note } from '../ingest/note'
import { signedInHere } from '../people/signed-in-here'
import type { Queries } from '../store/open'
import { breakGlass } from '../store/tables'

/** Takes one stage of break-glass from a desk's record, and puts it into the record for IT. Stages come once, in order. */
export async function recordBreakGlass(
  tx: Queries,
  row: WorkstationRow,
  boot: string,
  change: BreakGlassRecord,
  now: Date
): Promise<void> {
  const mine = and(eq(breakGlass.request, change.request), eq(breakGlass.workstationId, row.id))
  await note(tx, row, { code: `break-glass-${change.stage}`, detail: detailOf(change), count: 1 }, now)
  switch (change.stage) {
    case 'asked':
      return ask(tx, row, boot, change, now)
    case 'used': {
      const { minutes } = change
      const running = { status: 'running', usedAt: now, minutes } as const
      const known = await tx
        .update(breakGlass)
        .set(running)
        .where(and(mine, eq(breakGlass.status, 'granted')))
        .returning({ request: breakGlass.request })
      if (known.length === 1) return
      const [found] = await tx.select({ status: breakGlass.status }).from(breakGlass).where(mine)
      // Taken back while the desk was beginning is no lie; to have used what nobody granted here is.
      if (found?.status !== 'declined')
        await note(tx, row, { code: 'break-glass-not-granted', detail: change.request, count: 1 }, now)
      return
    }
    case 'ended':
      await tx.update(breakGlass).set({ status: 'ended', endedAt: now, endReason: change.why }).where(mine)
      return
    case 'closed':
    case 'refused': {
      const isDeclined = change.stage === 'closed' && change.why === 'declined'
      await tx
        .update(breakGlass)
        .set({ status: isDeclined ? 'declined' : 'closed', endedAt: now })
        .where(mine)
      return
    }
    default:
      return assertNever(change)
  }
}

async function ask(
  tx: Queries,
  row: WorkstationRow,
  boot: string,
  asked: Extract<BreakGlassRecord, { stage: 'asked' }>,
  now: Date
): Promise<void> {
  // A device may only name people whom the hub itself signed in on it.
  const known = asked.person !== null && (await signedInHere(tx, row, asked.person))
  // A desk has one request at a time: what an earlier run left open is over.
  await tx
    .update(breakGlass)
    .set({ status: 'closed', endedAt: now })
    .where(and(eq(breakGlass.workstationId, row.id), eq(breakGlass.status, 'asked')))
  const stored = await tx
    .insert(breakGlass)
    .values({
      request: asked.request,
      organisationId: row.organisationId,
      teamId: row.teamId,
      workstationId: row.id,
      boot,
      personId: known ? asked.person : null,
      checkName: asked.check,
      reason: asked.reason,
      nonce: asked.nonce,
      askedAt: now,
      status: 'asked'
    })
    .onConflictDoNothing()
    .returning({ request: breakGlass.request })
  if (stored.length === 0)
    await note(tx, row, { code: 'break-glass-repeated', detail: asked.request, count: 1 }, now)
}

function detailOf(change: BreakGlassRecord): string {
  switch (change.stage) {
    case 'asked':
      return `${change.check}: ${change.reason}, request ${change.request}`
    case 'used':
      return `${change.check}: ${change.minutes} minutes by ${change.approver}, request ${change.request}`
    case 'ended':
      return `${change.check}: ${change.why} after ${Math.round(change.usedMs / 1000)} s, request ${change.request}`
    case 'closed':
      return `${change.check}: ${change.why}, request ${change.request}`
    case 'refused':
      return `${change.why}, request ${change.request}`
  }
}
