import { and, eq, gt, isNull } from 'drizzle-orm'
import { openAccommodation, accommodationEnvelopeSchema } from '../../../core/accommodation/envelope'
import type { Queries } from '../open'
import { accommodation, person } from '../tables'
import { explain } from './explain'
import { findOrganisation } from './organisation'
import { AdminRefusal } from './refusal'
import { requireRoot } from './trust'
import { verifyEd25519 } from './verify'

/**
 * Publishes a signed accommodation to the desk of the person that it names. The hub cannot make or alter one; it checks
 * that enough keys for policies signed it, that it is not over, that there is such a person, and that its version rises.
 */
export async function publishAccommodation(
  db: Queries,
  input: { readonly organisation: string; readonly envelope: unknown; readonly now: Date }
): Promise<{ readonly id: string; readonly version: number }> {
  const owner = await findOrganisation(db, input.organisation)
  const { roles } = await requireRoot(db, owner)
  const opened = openAccommodation(input.envelope, roles.policy, owner.name, verifyEd25519)
  if (!opened.ok) throw new AdminRefusal(explain('accommodation', opened.error))
  const { id, version, person: email, expiresAt } = opened.value
  if (input.now.getTime() >= Date.parse(expiresAt))
    throw new AdminRefusal(`The accommodation ended on ${expiresAt}. Sign one that has not.`)
  const [who] = await db
    .select({ id: person.id, teamId: person.teamId })
    .from(person)
    .where(and(eq(person.organisationId, owner.id), eq(person.email, email)))
  if (who === undefined)
    throw new AdminRefusal(`${owner.name} has nobody with the e-mail ${email}. Look at how it is written.`)
  const mine = and(eq(accommodation.organisationId, owner.id), eq(accommodation.name, id))
  const [before] = await db.select({ version: accommodation.version }).from(accommodation).where(mine)
  if (before !== undefined && before.version >= version)
    throw new AdminRefusal(`${id} has version ${before.version} already. Give this one a higher version.`)
  const row = {
    organisationId: owner.id,
    teamId: who.teamId,
    personId: who.id,
    name: id,
    version,
    envelope: accommodationEnvelopeSchema.parse(input.envelope),
    expiresAt: new Date(expiresAt),
    publishedAt: input.now,
    withdrawnAt: null
  }
  await db
    .insert(accommodation)
    .values(row)
    .onConflictDoUpdate({ target: [accommodation.organisationId, accommodation.name], set: row })
  return { id, version }
}

/** Hands an accommodation out no more. A desk where the person works keeps it until they sign out. */
export async function withdrawAccommodation(
  db: Queries,
  input: { readonly organisation: string; readonly id: string; readonly now: Date }
): Promise<void> {
  const owner = await findOrganisation(db, input.organisation)
  const changed = await db
    .update(accommodation)
    .set({ withdrawnAt: input.now })
    .where(
      and(
        eq(accommodation.organisationId, owner.id),
        eq(accommodation.name, input.id),
        isNull(accommodation.withdrawnAt)
      )
    )
    .returning({ name: accommodation.name })
  if (changed.length === 0) throw new AdminRefusal(`${owner.name} hands out no accommodation ${input.id}.`)
}

/** The accommodations of one person that are handed out, as texts; at most eight. */
export async function accommodationsOf(db: Queries, personId: string, now: Date): Promise<readonly string[]> {
  const found = await db
    .select({ envelope: accommodation.envelope })
    .from(accommodation)
    .where(
      and(
        eq(accommodation.personId, personId),
        isNull(accommodation.withdrawnAt),
        gt(accommodation.expiresAt, now)
      )
    )
    .orderBy(accommodation.name)
    .limit(8)
  return found.map(({ envelope }) => JSON.stringify(envelope))
}
