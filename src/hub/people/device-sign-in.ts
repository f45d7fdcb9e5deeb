import { randomUUID } from 'node:crypto'
import { and, eq, isNull, ne } from 'drizzle-orm'
import type { SignInReply, SignInRequest } from '../../contract/wire/v1/device'
import type { Flavour } from '../../core/flavour'
import { ok } from '../../core/result'
import { acceptFlavour } from '../attestation/flavour'
import { requiredKeyClass } from '../attestation/key-class'
import { acceptSequence, type KnownDevice, type WorkstationRow } from '../attestation/sequence'
import { note } from '../ingest/note'
import { lackCode, lackingForShift, refuseShift } from '../integration/shift-start'
import { refuse, type Outcome } from '../outcome'
import { wakeDevice } from '../store/admin/wake'
import type { Database, Queries } from '../store/open'
import { deviceSession, person } from '../store/tables'
import { appendStream } from '../stream/append'
import { passwordMatches } from './password'
import type { ProvenClaims } from '../attestation/proof'

export interface SignInSettings {
  readonly acceptFlavours: readonly Flavour[]
  readonly now: Date
  /** The attestation whose token came along; null or undefined when none that is good did. */
  readonly attestation?: string | null | undefined
}

/** Signs an advocate in at a desk of their own organisation. One answer for every wrong pair of e-mail and password. */
export async function signInAtDesk(
  db: Database,
  request: SignInRequest,
  claims: ProvenClaims,
  settings: SignInSettings
): Promise<Outcome<SignInReply>> {
  const device = await db.transaction(async (tx) => {
    const accepted = await acceptSequence(tx, claims, settings.now)
    if (accepted.ok && accepted.value.newRun) {
      await appendStream(
        tx,
        accepted.value.row,
        [{ kind: 'tile', subject: accepted.value.row.id }],
        settings.now
      )
    }
    return accepted
  })
  if (!device.ok) return device
  const { row, demo } = device.value
  const flavour = acceptFlavour(request.sender.flavour, settings.acceptFlavours, demo)
  if (!flavour.ok) return flavour
  const trusted = await mayOpen(db, device.value, settings.attestation ?? null)
  if (!trusted.ok) return trusted
  // Outside any transaction: the hashing is slow on purpose.
  const found = await advocate(db, row, request.email)
  const matches = await passwordMatches(found?.passwordHash ?? null, request.password)
  return db.transaction(async (tx): Promise<Outcome<SignInReply>> => {
    const notTheirs = row.personId !== null && row.personId !== found?.id
    if (matches && found !== null && notTheirs) {
      await note(tx, row, { code: 'sign-in-at-anothers-desk', detail: found.id, count: 1 }, settings.now)
      return refuse(
        'forbidden',
        'This workstation was enrolled for somebody else. Ask IT for one of your own.'
      )
    }
    if (!matches || found === null) {
      await note(tx, row, { code: 'sign-in-refused', detail: '', count: 1 }, settings.now)
      return refuse('bad-credentials', 'That e-mail and password do not go together.')
    }
    const lacks = await lackingForShift(tx, row.organisationId, found.id, settings.now)
    if (lacks.length > 0) {
      const detail = `${found.id} ${lacks.map(lackCode).join(', ')}`
      await note(tx, row, { code: 'shift-refused', detail, count: lacks.length }, settings.now)
      return refuseShift(lacks)
    }
    const session = await openSession(tx, row, found.id, claims.boot, settings.now)
    return ok({ v: 1, session, person: { id: found.id, name: found.name } })
  })
}

/** Whether a session may begin at this desk: attested where IT asks for it, its key where the policy wants it. */
export async function mayOpen(
  db: Queries,
  device: KnownDevice,
  attestation: string | null
): Promise<Outcome<null>> {
  if (device.attestation === 'require' && attestation === null) {
    return refuse('attestation-required', 'This workstation has to attest before anybody signs in.')
  }
  const keyClass = await requiredKeyClass(db, device.row.organisationId)
  if (keyClass === 'tpm' && device.row.keyClass !== 'tpm') {
    return refuse(
      'bad-attestation',
      'The policy wants the key in a TPM. Ask IT to enrol this workstation again.',
      {
        field: 'keyClass'
      }
    )
  }
  return ok(null)
}

async function advocate(db: Queries, row: WorkstationRow, email: string) {
  const rows = await db
    .select()
    .from(person)
    .where(
      and(
        eq(person.email, email.trim().toLowerCase()),
        eq(person.organisationId, row.organisationId),
        eq(person.role, 'advocate'),
        isNull(person.disabledAt)
      )
    )
  return rows[0] ?? null
}

/** One live session per person: a second sign-in elsewhere ends the first, and IT sees that it did. */
async function openSession(tx: Queries, row: WorkstationRow, personId: string, boot: string, now: Date) {
  const ended = await tx
    .update(deviceSession)
    .set({ endedAt: now })
    .where(and(eq(deviceSession.personId, personId), isNull(deviceSession.endedAt)))
    .returning({ workstationId: deviceSession.workstationId })
  const elsewhere = ended.flatMap(({ workstationId }) => (workstationId === row.id ? [] : [workstationId]))
  if (elsewhere.length > 0)
    await note(tx, row, { code: 'signed-in-elsewhere', detail: personId, count: elsewhere.length }, now)
  // The desks that they left ask at once whose session they hold.
  for (const device of elsewhere) await wakeDevice(tx, device)
  await tx
    .update(deviceSession)
    .set({ endedAt: now })
    .where(
      and(
        eq(deviceSession.workstationId, row.id),
        isNull(deviceSession.endedAt),
        ne(deviceSession.personId, personId)
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
    startedAt: now
  })
  return id
}

/** Ends a session of this desk. Ending it twice is no error: the reply to the first may have been lost. */
export async function signOutAtDesk(
  db: Database,
  session: string,
  claims: ProvenClaims,
  now: Date
): Promise<Outcome<{ readonly accepted: true }>> {
  return db.transaction(async (tx) => {
    const device = await acceptSequence(tx, claims, now)
    if (!device.ok) return device
    await tx
      .update(deviceSession)
      .set({ endedAt: now })
      .where(
        and(
          eq(deviceSession.id, session),
          eq(deviceSession.workstationId, device.value.row.id),
          isNull(deviceSession.endedAt)
        )
      )
    if (device.value.newRun) {
      await appendStream(tx, device.value.row, [{ kind: 'tile', subject: device.value.row.id }], now)
    }
    return ok({ accepted: true as const })
  })
}
