import { and, desc, eq, isNotNull, isNull } from 'drizzle-orm'
import { openEnvelope, type PolicyEnvelope } from '../../../core/policy/envelope'
import { parsePolicy } from '../../../core/policy/migrate'
import type { Policy } from '../../../core/policy/policy'
import { fromBase64url } from '../../../core/trust/base64url'
import type { Queries } from '../open'
import { person, policy, trustSnapshot } from '../tables'
import { explain } from './explain'
import { findOrganisation, findTeam } from './organisation'
import { AdminRefusal, isDuplicate } from './refusal'
import { requireRoot } from './trust'
import { verifyEd25519 } from './verify'

/**
 * Publishes a signed policy to every desk of an organisation. The hub cannot make or alter one; it checks that enough
 * keys of the root's signed it, that it is for this organisation and not expired, that its version rises and that every
 * team it names exists. Where the root asks for snapshots, desks get it when a snapshot names it.
 */
export async function publishPolicy(
  db: Queries,
  input: { readonly organisation: string; readonly envelope: unknown; readonly now?: Date }
): Promise<{ readonly version: number; readonly wantsSnapshot: boolean }> {
  const owner = await findOrganisation(db, input.organisation)
  const { roles } = await requireRoot(db, owner)
  const newest = await highestPolicy(db, owner.id)
  const trusted = newest === null ? null : { version: newest.version, payload: newest.envelope.payload }
  const opened = openEnvelope(input.envelope, roles.policy, owner.name, trusted, verifyEd25519)
  if (!opened.ok) throw new AdminRefusal(explain('policy', opened.error))
  const { policy: document, envelope } = opened.value
  const { version, teams, people, expiresAt } = document
  const published = { version, wantsSnapshot: roles.snapshot !== null }
  if (version === trusted?.version) {
    // The same bytes under other signatures: how a policy is made ready for the root that follows.
    const same = and(ofOwner(owner.id), eq(policy.version, version))
    await db.update(policy).set({ envelope }).where(same)
    return published
  }
  if ((input.now ?? new Date()).getTime() >= Date.parse(expiresAt))
    throw new AdminRefusal(explain('policy', { kind: 'expired', what: 'policy', at: expiresAt }))
  // Rules for a team that there is not would be nobody's: most likely its name is misspelled.
  for (const name of Object.keys(teams ?? {})) await findTeam(db, { organisation: owner.name, team: name })
  for (const email of Object.keys(people ?? {})) await findPersonByAddress(db, owner, email)
  const disowned = and(
    eq(policy.organisationId, owner.id),
    eq(policy.version, version),
    isNotNull(policy.disownedAt)
  )
  try {
    // A number that a disowned policy had is free again: that is how keys that ran ahead are recovered from.
    await db.delete(policy).where(disowned)
    await db.insert(policy).values({ organisationId: owner.id, version, envelope })
  } catch (error) {
    if (isDuplicate(error))
      throw new AdminRefusal(`Version ${version} was published by someone else meanwhile.`)
    throw error
  }
  return published
}

/** Addresses stand in a policy as people type them at a desk: in small letters, as they are kept here. */
async function findPersonByAddress(
  db: Queries,
  owner: { id: string; name: string },
  email: string
): Promise<void> {
  const found = await db
    .select({ id: person.id })
    .from(person)
    .where(and(eq(person.email, email), eq(person.organisationId, owner.id)))
  if (found.length > 0) return
  throw new AdminRefusal(
    `people.${email}: ${owner.name} has nobody with this address. Look at how it is written.`
  )
}

export interface PublishedPolicy {
  readonly version: number
  readonly envelope: PolicyEnvelope
}

const columns = { version: policy.version, envelope: policy.envelope }
const ofOwner = (organisationId: string) =>
  and(eq(policy.organisationId, organisationId), isNull(policy.disownedAt))

async function highestPolicy(db: Queries, organisationId: string): Promise<PublishedPolicy | null> {
  const rows = await db
    .select(columns)
    .from(policy)
    .where(ofOwner(organisationId))
    .orderBy(desc(policy.version))
    .limit(1)
  return rows[0] ?? null
}

/**
 * A policy that was published under this version; null when there was none. Its signature was checked then. Also one that
 * the newest root does not vouch for: a desk goes on under it for its grace, and says so truly.
 */
export async function publishedPolicy(
  db: Queries,
  organisationId: string,
  version: number
): Promise<Policy | null> {
  const rows = await db
    .select({ envelope: policy.envelope })
    .from(policy)
    .where(and(eq(policy.organisationId, organisationId), eq(policy.version, version)))
  return rows[0] === undefined ? null : openStored(rows[0].envelope)
}

/**
 * The policy that desks are handed, else the last one that was: what it asked of a desk is not waived because a new root
 * vouches for nothing yet.
 */
export async function lastPolicy(db: Queries, organisationId: string): Promise<PublishedPolicy | null> {
  const newest = await newestPolicy(db, organisationId)
  if (newest !== null) return newest
  const rows = await db
    .select(columns)
    .from(policy)
    .where(eq(policy.organisationId, organisationId))
    .orderBy(desc(policy.version))
    .limit(1)
  return rows[0] ?? null
}

/** Reads a policy of the store; null when this program cannot read it. */
export function openStored(envelope: PolicyEnvelope): Policy | null {
  const bytes = fromBase64url(envelope.payload)
  if (bytes === null) return null
  const read = parsePolicy(JSON.parse(new TextDecoder().decode(bytes)))
  return read.ok ? read.value : null
}

/**
 * The policy that desks are handed: the one that the newest snapshot names, else the newest published one. Null before
 * the first, and while the newest root vouches for none.
 */
export async function newestPolicy(db: Queries, organisationId: string): Promise<PublishedPolicy | null> {
  const version = await newestPolicyVersion(db, organisationId)
  const rows = await db
    .select(columns)
    .from(policy)
    .where(and(ofOwner(organisationId), eq(policy.version, version)))
  return rows[0] ?? null
}

/** The number alone, for replies to every heartbeat; 0 while there is none. */
export async function newestPolicyVersion(db: Queries, organisationId: string): Promise<number> {
  const named = await db
    .select({ version: trustSnapshot.policyVersion })
    .from(trustSnapshot)
    .where(and(eq(trustSnapshot.organisationId, organisationId), isNull(trustSnapshot.disownedAt)))
    .orderBy(desc(trustSnapshot.version))
    .limit(1)
  if (named[0] !== undefined) return named[0].version
  const rows = await db
    .select({ version: policy.version })
    .from(policy)
    .where(ofOwner(organisationId))
    .orderBy(desc(policy.version))
    .limit(1)
  return rows[0]?.version ?? 0
}
