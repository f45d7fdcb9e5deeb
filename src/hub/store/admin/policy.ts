import { createPublicKey, verify } from 'node:crypto'
import { and, desc, eq } from 'drizzle-orm'
import {
  fromBase64url,
  openEnvelope,
  type PolicyRoot,
  type SignedRefusal,
  type VerifySignature
} from '../../../core/policy/envelope'
import { envelopeSchema, type PolicyEnvelope } from '../../../core/policy/envelope'
import { parsePolicy } from '../../../core/policy/migrate'
import type { Policy } from '../../../core/policy/policy'
import type { Queries } from '../open'
import { policy } from '../tables'
import { findOrganisation, findTeam } from './organisation'
import { AdminRefusal, isDuplicate } from './refusal'

/** Ed25519 over the exact bytes, with the key that IT pinned. */
export const verifyEd25519: VerifySignature = (root, message, signature) => {
  const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: root.publicKey } })
  return verify(null, message, key, signature)
}

/**
 * Publishes a signed policy to every desk of an organisation. The hub cannot make or alter one; it checks that the
 * signature is by the trusted key, that it is for this organisation, that its version rises and that every team it
 * names exists.
 */
export async function publishPolicy(
  db: Queries,
  input: { readonly organisation: string; readonly envelope: unknown }
): Promise<{ readonly version: number }> {
  const owner = await findOrganisation(db, input.organisation)
  if (owner.policyRoot === null) {
    throw new AdminRefusal(`${owner.name} trusts no policy key yet. Do "havendesk keys trust" first.`)
  }
  const newest = await newestPolicy(db, owner.id)
  const trusted = newest === null ? null : { version: newest.version, payload: newest.envelope.payload }
  const opened = openEnvelope(input.envelope, owner.policyRoot, owner.name, trusted, verifyEd25519)
  if (!opened.ok) throw new AdminRefusal(explain(opened.error, owner.policyRoot))
  const { version, teams } = opened.value.policy
  if (version === trusted?.version) return { version }
  // Rules for a team that there is not would be nobody's: most likely its name is misspelled.
  for (const name of Object.keys(teams ?? {})) await findTeam(db, { organisation: owner.name, team: name })
  try {
    await db
      .insert(policy)
      .values({ organisationId: owner.id, version, envelope: envelopeSchema.parse(input.envelope) })
  } catch (error) {
    if (isDuplicate(error))
      throw new AdminRefusal(`Version ${version} was published by someone else meanwhile.`)
    throw error
  }
  return { version }
}

export interface PublishedPolicy {
  readonly version: number
  readonly envelope: PolicyEnvelope
}

/** The newest published policy of an organisation, or null before the first. */
export async function newestPolicy(db: Queries, organisationId: string): Promise<PublishedPolicy | null> {
  const rows = await db
    .select({ version: policy.version, envelope: policy.envelope })
    .from(policy)
    .where(eq(policy.organisationId, organisationId))
    .orderBy(desc(policy.version))
    .limit(1)
  return rows[0] ?? null
}

/** A policy that was published under this version; null when there was none. Its signature was checked then. */
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

/** Reads a policy of the store; null when this program cannot read it. */
export function openStored(envelope: PolicyEnvelope): Policy | null {
  const bytes = fromBase64url(envelope.payload)
  if (bytes === null) return null
  const read = parsePolicy(JSON.parse(new TextDecoder().decode(bytes)))
  return read.ok ? read.value : null
}

/** The number alone, for replies to every heartbeat; 0 before the first policy. */
export async function newestPolicyVersion(db: Queries, organisationId: string): Promise<number> {
  const rows = await db
    .select({ version: policy.version })
    .from(policy)
    .where(eq(policy.organisationId, organisationId))
    .orderBy(desc(policy.version))
    .limit(1)
  return rows[0]?.version ?? 0
}

function explain(refusal: SignedRefusal, root: PolicyRoot): string {
  switch (refusal.kind) {
    case 'unreadable':
      return `The policy cannot be read: ${refusal.field === '' ? 'it' : refusal.field}: ${refusal.problem}.`
    case 'not-signed':
      return `The policy is not signed by the trusted key ${root.keyId.slice(0, 12)}: ${refusal.problem}.`
    case 'other-organisation':
      return `The policy is for "${refusal.found}", not for this organisation.`
    case 'rolled-back':
      return `Version ${refusal.offered} is older than the published ${refusal.trusted}. Raise the version.`
    case 'same-version-other-bytes':
      return `Version ${refusal.version} is already published with other contents. Raise the version.`
  }
}
