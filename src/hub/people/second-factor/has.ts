import { and, eq, isNotNull } from 'drizzle-orm'
import type { Queries } from '../../store/open'
import { passkey, personTotp } from '../../store/sign-in-tables'

/** Whether a person has set an authenticator app up. */
export async function hasApp(db: Queries, personId: string): Promise<boolean> {
  const rows = await db
    .select({ id: personTotp.personId })
    .from(personTotp)
    .where(and(eq(personTotp.personId, personId), isNotNull(personTotp.confirmedAt)))
  return rows.length > 0
}

/** Whether a person has an app or a passkey: who knows their password alone is not yet taken for them. */
export async function hasFactor(db: Queries, personId: string): Promise<boolean> {
  if (await hasApp(db, personId)) return true
  const rows = await db
    .select({ id: passkey.id })
    .from(passkey)
    .where(eq(passkey.personId, personId))
    .limit(1)
  return rows.length > 0
}
