import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { ConsoleRole } from '../../../core/access/right'
import type { Queries } from '../open'
import { passkey, personTotp, providerIdentity, recoveryCode, signInTries } from '../sign-in-tables'
import { consoleSession, organisation, person } from '../tables'
import { findOrganisation } from './organisation'
import { findPerson, type WhichPerson } from './person'

/**
 * Says which roles need two factors at the console, in place of what was said before. Sessions of these roles that showed
 * one end: whoever comes back with one has only their own account until they set a second one up.
 */
export async function requireSecondFactor(
  db: Queries,
  rule: { readonly organisation: string; readonly roles: readonly ConsoleRole[] },
  now: Date = new Date()
): Promise<void> {
  const { id } = await findOrganisation(db, rule.organisation)
  const roles = [...new Set(rule.roles)]
  await db.update(organisation).set({ secondFactorRoles: roles }).where(eq(organisation.organisationId, id))
  if (roles.length === 0) return
  const concerned = db
    .select({ id: person.id })
    .from(person)
    .where(and(eq(person.organisationId, id), inArray(person.role, roles)))
  await db
    .update(consoleSession)
    .set({ endedAt: now })
    .where(
      and(
        eq(consoleSession.strong, false),
        isNull(consoleSession.endedAt),
        inArray(consoleSession.personId, concerned)
      )
    )
}

/** Takes a person's app, recovery codes, passkeys and links to providers away, and ends their sessions at the console. */
export async function resetSecondFactor(
  db: Queries,
  which: WhichPerson,
  now: Date = new Date()
): Promise<void> {
  await clearSecondFactors(db, (await findPerson(db, which)).id, now)
}

/**
 * The same by id, for the console. Who stole the telephone may be signed in with it: every session ends. And who is known by a
 * provider's subject is matched by their verified address again.
 */
export async function clearSecondFactors(tx: Queries, personId: string, now: Date): Promise<void> {
  for (const table of [personTotp, recoveryCode, passkey, providerIdentity, signInTries])
    await tx.delete(table).where(eq(table.personId, personId))
  await tx
    .update(consoleSession)
    .set({ endedAt: now })
    .where(and(eq(consoleSession.personId, personId), isNull(consoleSession.endedAt)))
}
