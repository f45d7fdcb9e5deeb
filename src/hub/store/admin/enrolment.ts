import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { Queries } from '../open'
import { enrolmentToken, workstation } from '../tables'
import { findTeam } from './organisation'
import { AdminRefusal } from './refusal'

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
}

/** Makes a one-time enrolment token of 256 bits. It is returned once and cannot be read again. */
export async function createEnrolmentToken(
  db: Queries,
  input: NewToken,
  now: Date = new Date()
): Promise<{ readonly token: string; readonly expiresAt: Date }> {
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
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(now.getTime() + input.hours * 3_600_000)
  await db.insert(enrolmentToken).values({
    id: randomUUID(),
    organisationId: place.organisationId,
    teamId: place.teamId,
    tokenHash: secretHash(token),
    label,
    simulated: input.simulated,
    createdAt: now,
    expiresAt
  })
  return { token, expiresAt }
}

/** Shuts a workstation out for good: its next request is refused. */
export async function revokeWorkstation(db: Queries, id: string, now: Date = new Date()): Promise<void> {
  const rows = await db
    .update(workstation)
    .set({ revokedAt: now })
    .where(eq(workstation.id, id))
    .returning({ id: workstation.id })
  if (rows.length === 0) throw new AdminRefusal(`There is no workstation ${id}.`)
}
