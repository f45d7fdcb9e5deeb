import { randomUUID } from 'node:crypto'
import { and, eq, isNull } from 'drizzle-orm'
import { severityOf } from '../../core/alert/alert'
import { note } from '../ingest/note'
import type { Queries } from '../store/open'
import { alert, desk, deviceSession, workstation, type QuarantineReason } from '../store/tables'
import { appendStream } from '../stream/append'
import type { WorkstationRow } from './sequence'

/**
 * Believes nobody who speaks with this workstation's key any more: ends its session and raises the alert that its
 * supervisor sees. Every request is refused from now on, whichever copy sends it, until IT releases or re-enrols it.
 */
export async function quarantine(
  tx: Queries,
  row: WorkstationRow,
  reason: QuarantineReason,
  now: Date
): Promise<void> {
  await tx
    .update(workstation)
    .set({ quarantinedAt: now, quarantineReason: reason })
    .where(eq(workstation.id, row.id))
  await tx
    .update(deviceSession)
    .set({ endedAt: now })
    .where(and(eq(deviceSession.workstationId, row.id), isNull(deviceSession.endedAt)))
  await note(tx, row, { code: 'quarantined', detail: reason, count: 1 }, now)
  const found = await tx
    .select({ personId: desk.personId, policyVersion: desk.policyVersion, model: desk.model })
    .from(desk)
    .where(eq(desk.workstationId, row.id))
  const id = randomUUID()
  await tx.insert(alert).values({
    id,
    organisationId: row.organisationId,
    teamId: row.teamId,
    workstationId: row.id,
    personId: found[0]?.personId ?? null,
    rule: 'device-copied',
    severity: severityOf('device-copied', 'lock'),
    hidden: true,
    response: 'lock',
    score: 1,
    people: 0,
    model: found[0]?.model ?? '',
    policyVersion: found[0]?.policyVersion ?? 0,
    build: row.build,
    flavour: row.flavour,
    keyClass: row.keyClass,
    timesToday: 1,
    raisedAt: now,
    receivedAt: now
  })
  const changes = [
    { kind: 'alert', subject: id },
    { kind: 'tile', subject: row.id }
  ] as const
  await appendStream(tx, row, changes, now)
}
