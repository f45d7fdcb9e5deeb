import { and, eq, isNotNull } from 'drizzle-orm'
import type { Queries } from '../../store/open'
import { passkey, personTotp, providerIdentity } from '../../store/sign-in-tables'

/** Whether a person has set an authenticator app up. */
export async function hasApp(db: Queries, personId: string): Promise<boolean> {
  const rows = await db
    .select({ id: personTotp.personId })
    .from(personTotp)
    .where(and(eq(personTotp.personId, personId), isNotNull(personTotp.confirmedAt)))
  return rows.length > 0
}

/**
 * Whether a person has an app, a passkey, or a provider that asked them for more than one factor: who knows their password
 * alone is not yet taken for them.
 */
export async function hasFactor(db: Queries, personId: string): Promise<boolean> {
  if (await hasApp(db, personId)) return true
  const rows = await db
    .select({ id: passkey.id })
    .from(passkey)
    .where(eq(passkey.personId, personId))
    .limit(1)
  if (rows.length > 0) return true
  const links = await db
    .select({ id: providerIdentity.id })
    .from(providerIdentity)
    .where(and(eq(providerIdentity.personId, personId), isNotNull(providerIdentity.strongAt)))
    .limit(1)
  return links.length > 0
}
