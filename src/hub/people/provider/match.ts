import { and, eq } from 'drizzle-orm'
import type { Database } from '../../store/open'
import { providerIdentity } from '../../store/sign-in-tables'
import { organisation } from '../../store/tables'
import { recordAct } from '../../audit/acts'
import { isDuplicate } from '../../store/admin/refusal'
import { personByEmail, personById, type PersonRow } from '../sign-in/person'
import type { Refused } from './refusals'

/** What a provider says of who signed in there. */
export interface Identity {
  readonly issuer: string
  readonly subject: string
  readonly email: string | null
  /** Only `true` counts: a provider that says nothing says no. */
  readonly emailVerified: boolean
}

/** Somebody of the organisation, or why nobody was let in. */
export type Match =
  | { readonly kind: 'person'; readonly person: PersonRow }
  | {
      readonly kind: 'nobody'
      readonly why:
        'organisation-unknown' | 'shut-out' | 'no-email' | 'email-unverified' | 'not-here' | 'linked'
      readonly who: Refused | null
    }

const nobody = (why: Extract<Match, { kind: 'nobody' }>['why'], who: Refused | null = null): Match => ({
  kind: 'nobody',
  why,
  who
})

/**
 * Finds who this is among the people of one organisation that IT added: by the subject that was noted before, else by a
 * verified e-mail, and notes the subject then. It makes no person and changes no role.
 */
export async function matchIdentity(
  db: Database,
  organisationName: string,
  identity: Identity,
  now: Date
): Promise<Match> {
  const { issuer, subject } = identity
  const [tenant] = await db
    .select({ id: organisation.organisationId })
    .from(organisation)
    .where(eq(organisation.name, organisationName))
  if (tenant === undefined) return nobody('organisation-unknown')
  const [linked] = await db
    .select({
      organisationId: providerIdentity.organisationId,
      teamId: providerIdentity.teamId,
      personId: providerIdentity.personId
    })
    .from(providerIdentity)
    .where(
      and(
        eq(providerIdentity.organisationId, tenant.id),
        eq(providerIdentity.issuer, issuer),
        eq(providerIdentity.subject, subject)
      )
    )
  if (linked !== undefined) {
    const known = await personById(db, linked.personId)
    return known === null ? nobody('shut-out', linked) : { kind: 'person', person: known }
  }
  if (identity.email === null) return nobody('no-email')
  if (!identity.emailVerified) return nobody('email-unverified')
  const found = await personByEmail(db, identity.email, tenant.id)
  if (found === null) return nobody('not-here')
  const { organisationId, teamId, id: personId } = found
  try {
    await db.transaction(async (tx) => {
      await tx
        .insert(providerIdentity)
        .values({ issuer, subject, organisationId, teamId, personId, linkedAt: now })
      const act = { act: 'provider-linked', subject: personId, detail: new URL(issuer).host }
      await recordAct(tx, { organisationId, teamId, personId }, act, now)
    })
  } catch (error) {
    // Somebody else at the provider has this address now: the person here stays who signed in before.
    if (isDuplicate(error)) return nobody('linked', { organisationId, teamId, personId })
    throw error
  }
  return { kind: 'person', person: found }
}

/** Notes that a provider asked somebody for more than one factor: from then on it is one of theirs. */
export async function noteStrong(
  db: Database,
  { organisationId }: Pick<PersonRow, 'organisationId'>,
  { issuer, subject }: Identity,
  now: Date
): Promise<void> {
  await db
    .update(providerIdentity)
    .set({ strongAt: now })
    .where(
      and(
        eq(providerIdentity.organisationId, organisationId),
        eq(providerIdentity.issuer, issuer),
        eq(providerIdentity.subject, subject)
      )
    )
}
