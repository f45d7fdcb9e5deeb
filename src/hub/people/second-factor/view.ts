import { and, asc, eq, isNull, ne, sql } from 'drizzle-orm'
import type { SecondFactors } from '../../../contract/wire/v1/account'
import { consoleRoleSchema } from '../../../core/access/right'
import type { Queries } from '../../store/open'
import { passkey, personTotp } from '../../store/sign-in-tables'
import { organisation, person } from '../../store/tables'
import type { Viewer } from '../console-session'

/** Who of the organisation signs in at the console, and whether they have a second factor. */
export async function secondFactorsOf(db: Queries, viewer: Viewer): Promise<SecondFactors> {
  const rows = await db
    .select({
      id: person.id,
      name: person.name,
      email: person.email,
      role: person.role,
      roles: organisation.secondFactorRoles,
      app: sql<boolean>`EXISTS (SELECT 1 FROM ${personTotp}
        WHERE ${personTotp.personId} = ${person.id} AND ${personTotp.confirmedAt} IS NOT NULL)`,
      passkeys: sql<number>`(SELECT count(*)::int FROM ${passkey} WHERE ${passkey.personId} = ${person.id})`
    })
    .from(person)
    .innerJoin(organisation, eq(organisation.organisationId, person.organisationId))
    .where(
      and(
        eq(person.organisationId, viewer.organisationId),
        ne(person.role, 'advocate'),
        isNull(person.disabledAt)
      )
    )
    .orderBy(asc(person.name))
    .limit(2000)
  return {
    people: rows.map(({ roles, ...row }) => {
      const role = consoleRoleSchema.parse(row.role)
      return { ...row, role, required: roles.includes(role) }
    })
  }
}
