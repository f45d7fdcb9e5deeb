import { randomUUID } from 'node:crypto'
import { and, eq, isNull, ne } from 'drizzle-orm'
import type { OfflineReply, OfflineRequest } from '../../contract/wire/v1/offline'
import { ok } from '../../core/result'
import { acceptFlavour } from '../attestation/flavour'
import type { ProvenClaims } from '../attestation/proof'
import { acceptSequence, type WorkstationRow } from '../attestation/sequence'
import { note } from '../ingest/note'
import { lackingForShift } from '../integration/shift-start'
import type { Outcome } from '../outcome'
import { lastPolicy, openStored } from '../store/admin/policy'
import type { Database, Queries } from '../store/open'
import { deviceSession, person } from '../store/tables'
import { appendStream } from '../stream/append'
import { mayOpen, type SignInSettings } from './device-sign-in'

/**
 * How somebody stands whom a workstation lets in without the hub, and a place in the book for the session that began so.
 * The workstation's word that their password was right is taken, as far as the workstation is: it has to attest where
 * sign-ins have to. Nobody is let in by it who could not sign in now, and it ends no session that the hub opened.
 */
export function offlineStanding(
  db: Database,
  request: OfflineRequest,
  claims: ProvenClaims,
  settings: SignInSettings
): Promise<Outcome<OfflineReply>> {
  return db.transaction(async (tx): Promise<Outcome<OfflineReply>> => {
    const device = await acceptSequence(tx, claims, settings.now)
    if (!device.ok) return device
    const { row, demo, newRun } = device.value
    if (newRun) await appendStream(tx, row, [{ kind: 'tile', subject: row.id }], settings.now)
    const flavour = acceptFlavour(request.sender.flavour, settings.acceptFlavours, demo)
    if (!flavour.ok) return flavour
    const { since } = request
    if (since !== null) {
      const trusted = await mayOpen(tx, device.value, settings.attestation ?? null)
      if (!trusted.ok) return trusted
    }
    const why = await whyOut(tx, row, request.person, settings.now)
    if (why !== null) {
      const detail = `${why} ${request.person}`
      if (since !== null)
        await note(tx, row, { code: 'offline-session-refused', detail, count: 1 }, settings.now)
      return ok({ v: 1, standing: 'out', session: null })
    }
    if (since === null) return ok({ v: 1, standing: 'good', session: null })
    const session = await bookSession(tx, row, request.person, claims.boot, new Date(since), settings.now)
    return ok({ v: 1, standing: session === null ? 'out' : 'good', session })
  })
}

/** Why this person may not work here without having signed in at the hub; null when they may. */
async function whyOut(tx: Queries, row: WorkstationRow, id: string, now: Date): Promise<string | null> {
  if (row.personId !== null && row.personId !== id) return 'not-their-desk'
  const last = await lastPolicy(tx, row.organisationId)
  const policy = last === null ? null : openStored(last.envelope)
  if (policy?.offlineSignIn === undefined) return 'not-allowed'
  const people = await tx
    .select({ id: person.id })
    .from(person)
    .where(
      and(
        eq(person.id, id),
        eq(person.organisationId, row.organisationId),
        eq(person.role, 'advocate'),
        isNull(person.disabledAt)
      )
    )
  if (people.length === 0) return 'unknown-person'
  if ((await lackingForShift(tx, row.organisationId, id, now)).length > 0) return 'certification-lacking'
  // The password was right here once, by the hub's own look.
  const before = await tx
    .select({ id: deviceSession.id })
    .from(deviceSession)
    .where(and(eq(deviceSession.workstationId, row.id), eq(deviceSession.personId, id)))
    .limit(1)
  return before.length === 0 ? 'never-signed-in-here' : null
}

/** The session's place in the book; null when the person works elsewhere by now. Asked again, it is the same one. */
async function bookSession(
  tx: Queries,
  row: WorkstationRow,
  personId: string,
  boot: string,
  since: Date,
  now: Date
): Promise<string | null> {
  const open = await tx
    .select()
    .from(deviceSession)
    .where(and(eq(deviceSession.personId, personId), isNull(deviceSession.endedAt)))
    .for('update')
  const same = open.find((one) => one.workstationId === row.id && one.boot === boot)
  if (same !== undefined) return same.id
  if (open.some(({ workstationId }) => workstationId !== row.id)) {
    await note(
      tx,
      row,
      { code: 'offline-session-refused', detail: `works-elsewhere ${personId}`, count: 1 },
      now
    )
    return null
  }
  // What this workstation's earlier runs left open is over.
  await tx
    .update(deviceSession)
    .set({ endedAt: now })
    .where(
      and(
        eq(deviceSession.workstationId, row.id),
        isNull(deviceSession.endedAt),
        ne(deviceSession.boot, boot)
      )
    )
  const id = randomUUID()
  await tx.insert(deviceSession).values({
    id,
    organisationId: row.organisationId,
    teamId: row.teamId,
    workstationId: row.id,
    personId,
    boot,
    startedAt: now,
    offlineSince: since.getTime() > now.getTime() ? now : since
  })
  await note(tx, row, { code: 'signed-in-offline', detail: personId, count: 1 }, now)
  return id
}
