import { randomUUID } from 'node:crypto'
import { and, eq, gte, isNull } from 'drizzle-orm'
import { hashPassword, MIN_PASSWORD } from '../../people/password'
import type { Queries } from '../open'
import { appendStream } from '../../stream/append'
import { consoleSession, deviceSession, person, type Role } from '../tables'
import { findOrganisation, findTeam } from './organisation'
import { AdminRefusal, isDuplicate } from './refusal'
import { wakeDevice } from './wake'

export interface NewPerson {
  readonly organisation: string
  readonly team: string
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly password: string
}

/** Adds a person who can sign in: advocates at a desk, supervisors and IT at the console. */
export async function addPerson(db: Queries, input: NewPerson): Promise<{ readonly id: string }> {
  const email = input.email.trim().toLowerCase()
  if (!/^[^\s@]+@[^\s@]+$/.test(email) || email.length > 200) {
    throw new AdminRefusal(`"${input.email}" is not an e-mail address.`)
  }
  if (input.password.length < MIN_PASSWORD || input.password.length > 200) {
    throw new AdminRefusal(`A password needs ${MIN_PASSWORD} to 200 characters.`)
  }
  const place = await findTeam(db, input)
  const id = randomUUID()
  try {
    await db.insert(person).values({
      id,
      organisationId: place.organisationId,
      teamId: place.teamId,
      name: input.name.trim(),
      email,
      role: input.role,
      passwordHash: await hashPassword(input.password)
    })
  } catch (error) {
    if (isDuplicate(error)) throw new AdminRefusal(`Someone with the e-mail ${email} is already there.`)
    throw error
  }
  return { id }
}

/** A shift, and the longest time that a desk may go on without its hub, milliseconds. */
const LATELY_MS = 2 * 86_400_000

export interface WhichPerson {
  readonly organisation: string
  readonly email: string
}

/**
 * Shuts a person out: their sessions end, at desks within seconds over the line these hold open, and they can sign in
 * nowhere until they are let in again. What they did stays. Shutting out twice is no error.
 */
export async function disablePerson(db: Queries, which: WhichPerson, now: Date = new Date()): Promise<void> {
  const found = await findPerson(db, which)
  await db
    .update(person)
    .set({ disabledAt: now })
    .where(and(eq(person.id, found.id), isNull(person.disabledAt)))
  await db
    .update(consoleSession)
    .set({ endedAt: now })
    .where(and(eq(consoleSession.personId, found.id), isNull(consoleSession.endedAt)))
  const ended = await db
    .update(deviceSession)
    .set({ endedAt: now })
    .where(and(eq(deviceSession.personId, found.id), isNull(deviceSession.endedAt)))
    .returning({
      id: deviceSession.workstationId,
      organisationId: deviceSession.organisationId,
      teamId: deviceSession.teamId
    })
  // Desks where they worked lately may know them for signing in without the hub.
  const lately = await db
    .selectDistinct({ id: deviceSession.workstationId })
    .from(deviceSession)
    .where(
      and(
        eq(deviceSession.personId, found.id),
        gte(deviceSession.startedAt, new Date(now.getTime() - LATELY_MS))
      )
    )
  for (const id of new Set([...ended, ...lately].map((desk) => desk.id))) await wakeDevice(db, id)
  for (const desk of ended) {
    await appendStream(db, desk, [{ kind: 'tile', subject: desk.id }], now)
  }
}

/** Lets a person sign in again. */
export async function enablePerson(db: Queries, which: WhichPerson): Promise<void> {
  const found = await findPerson(db, which)
  await db.update(person).set({ disabledAt: null }).where(eq(person.id, found.id))
}

/** Somebody of an organisation by their e-mail; throws `AdminRefusal` when there is nobody. */
export async function findPerson(
  db: Queries,
  { organisation, email }: WhichPerson
): Promise<{ readonly id: string }> {
  const { id: organisationId } = await findOrganisation(db, organisation)
  const rows = await db
    .select({ id: person.id })
    .from(person)
    .where(and(eq(person.organisationId, organisationId), eq(person.email, email.trim().toLowerCase())))
  const found = rows[0]
  if (found === undefined) {
    throw new AdminRefusal(`${organisation} has nobody with the e-mail ${email}. Look at how it is written.`)
  }
  return found
}
