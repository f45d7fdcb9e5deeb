import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Queries } from '../open'
import { appendStream } from '../../stream/append'
import { alert, deviceSession, enrolmentToken, person, workstation } from '../tables'
import { findTeam, type TeamPlace } from './organisation'
import { AdminRefusal } from './refusal'
import { wakeDevice } from './wake'

/** What the hub keeps of a secret: its SHA-256. Enough to recognise it, useless to whoever reads the database. */
export const secretHash = (secret: string): Buffer => createHash('sha256').update(secret, 'utf8').digest()

export interface NewToken {
  readonly organisation: string
  readonly team: string
  /** What the console calls the workstation. */
  readonly label: string
  /** Marks the desk as simulated wherever it is shown; demo organisations only. */
  readonly simulated: boolean
  /** How long it can be used, hours; at most 24. */
  readonly hours: number
  /** E-mail of the advocate whose workstation it will be; left out, anybody of the organisation may sign in at it. */
  readonly person?: string | undefined
}

/** Makes a one-time enrolment token of 256 bits. It is returned once and cannot be read again. */
export async function createEnrolmentToken(
  db: Queries,
  input: NewToken,
  now: Date = new Date()
): Promise<{ readonly id: string; readonly token: string; readonly expiresAt: Date }> {
  if (!(input.hours > 0 && input.hours <= 24)) {
    throw new AdminRefusal('An enrolment token lasts more than 0 and at most 24 hours.')
  }
  const label = input.label.trim()
  if (label === '' || label.length > 80)
    throw new AdminRefusal('A workstation needs a label of 1 to 80 characters.')
  const place = await findTeam(db, input)
  if (input.simulated && !place.organisation.demo) {
    throw new AdminRefusal(
      `${place.organisation.name} is not a demo organisation: it takes no simulated desks.`
    )
  }
  const personId = input.person === undefined ? null : await advocateOf(db, place, input.person)
  const id = randomUUID()
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(now.getTime() + input.hours * 3_600_000)
  await db.insert(enrolmentToken).values({
    id,
    organisationId: place.organisationId,
    teamId: place.teamId,
    tokenHash: secretHash(token),
    label,
    simulated: input.simulated,
    personId,
    createdAt: now,
    expiresAt
  })
  return { id, token, expiresAt }
}

/** The advocate of a team whom a ticket is for. Nobody else can be: supervisors and IT do not sign in at desks. */
async function advocateOf(db: Queries, place: TeamPlace, email: string): Promise<string> {
  const rows = await db
    .select({ id: person.id, teamId: person.teamId, role: person.role })
    .from(person)
    .where(and(eq(person.email, email.trim().toLowerCase()), eq(person.organisationId, place.organisationId)))
  const found = rows[0]
  if (found === undefined) throw new AdminRefusal(`${place.organisation.name} has nobody with ${email}.`)
  if (found.role !== 'advocate' || found.teamId !== place.teamId) {
    throw new AdminRefusal(`${email} is not an advocate of this team; a ticket is for one.`)
  }
  return found.id
}

/**
 * Shuts a workstation out for good: it is told at once over the line that it holds open, its sessions end, and every
 * request of it is refused from now on. Nothing undoes it: a new ticket makes another workstation.
 */
export async function revokeWorkstation(db: Queries, id: string, now: Date = new Date()): Promise<void> {
  const rows = await db
    .update(workstation)
    .set({ revokedAt: sql`coalesce(${workstation.revokedAt}, ${now})` })
    .where(eq(workstation.id, id))
    .returning({ id: workstation.id, organisationId: workstation.organisationId, teamId: workstation.teamId })
  const found = rows[0]
  if (found === undefined) throw new AdminRefusal(`There is no workstation ${id}.`)
  await db
    .update(deviceSession)
    .set({ endedAt: now })
    .where(and(eq(deviceSession.workstationId, id), isNull(deviceSession.endedAt)))
  await wakeDevice(db, id)
  await appendStream(db, found, [{ kind: 'tile', subject: id }], now)
}

/**
 * Lets a workstation speak again that was quarantined: IT looked, and there is no copy. A copy is revoked instead. The order
 * of its requests begins anew with whatever comes next: what made the hub doubt it once would do so again at once.
 */
export async function releaseWorkstation(db: Queries, id: string, now: Date = new Date()): Promise<void> {
  const rows = await db
    .update(workstation)
    .set({ quarantinedAt: null, quarantineReason: null, newestBoot: null })
    .where(and(eq(workstation.id, id), isNotNull(workstation.quarantinedAt)))
    .returning({ id: workstation.id, organisationId: workstation.organisationId, teamId: workstation.teamId })
  const found = rows[0]
  if (found === undefined) throw new AdminRefusal(`Workstation ${id} is not quarantined.`)
  const ended = await db
    .update(alert)
    .set({
      endedAt: now,
      durationMs: sql`greatest(0, extract(epoch from ${now} - ${alert.receivedAt}) * 1000)::bigint`
    })
    .where(and(eq(alert.workstationId, id), eq(alert.rule, 'device-copied'), isNull(alert.endedAt)))
    .returning({ id: alert.id })
  const changes = [
    ...ended.map((one) => ({ kind: 'alert' as const, subject: one.id })),
    { kind: 'tile' as const, subject: id }
  ]
  await appendStream(db, found, changes, now)
}
