import { and, desc, eq, isNull } from 'drizzle-orm'
import { openModelEnvelope } from '../../../core/model/envelope'
import { openEnvelope } from '../../../core/policy/envelope'
import {
  nextRoot,
  openAnchor,
  rootEnvelopeSchema,
  rootOfKey,
  type RootEnvelope,
  type TrustedRoot
} from '../../../core/trust/root'
import { openSnapshot, type SnapshotEnvelope, type TrustedSnapshot } from '../../../core/trust/snapshot'
import type { Database, Queries } from '../open'
import { model, policy, trustRoot, trustSnapshot } from '../tables'
import { explain } from './explain'
import { findOrganisation, type Organisation } from './organisation'
import { AdminRefusal, isDuplicate } from './refusal'
import { verifyEd25519 } from './verify'

/** The newest root of an organisation: what it published, else what its single key stands for. Null before any. */
export async function trustedRoot(db: Queries, owner: Organisation): Promise<TrustedRoot | null> {
  return openRoot(owner, await newestRoot(db, owner.id))
}

/** The stored root of an organisation, opened; without one what its single key stands for. Null before any. */
export function openRoot(owner: Organisation, envelope: RootEnvelope | null): TrustedRoot | null {
  if (envelope === null) return owner.policyRoot === null ? null : rootOfKey(owner.policyRoot)
  const opened = openAnchor(envelope, owner.name, verifyEd25519)
  if (!opened.ok) throw new AdminRefusal(explain('stored root', opened.error))
  return opened.value
}

/** The newest root; throws `AdminRefusal` when nothing is trusted yet. */
export async function requireRoot(db: Queries, owner: Organisation): Promise<TrustedRoot> {
  const root = await trustedRoot(db, owner)
  if (root !== null) return root
  throw new AdminRefusal(`${owner.name} trusts no policy key yet. Do "havendesk keys trust" first.`)
}

/** What a new root left behind, for whoever published it. */
export interface PublishedRoot {
  readonly version: number
  /** False while no policy is signed by the root's keys: desks hide when the old one's grace is over. */
  readonly hasPolicy: boolean
  readonly wantsSnapshot: boolean
}

/**
 * Publishes the root that follows. The hub checks it as a desk does. What its keys did not sign is kept and handed out
 * no more. The first root of an organisation that trusts a key has to be signed by that key too.
 */
export async function publishRoot(
  db: Database,
  input: { readonly organisation: string; readonly envelope: unknown; readonly now: Date }
): Promise<PublishedRoot> {
  const owner = await findOrganisation(db, input.organisation)
  const publish = async (tx: Queries): Promise<PublishedRoot> => {
    const before = await trustedRoot(tx, owner)
    const opened =
      before === null
        ? openAnchor(input.envelope, owner.name, verifyEd25519)
        : nextRoot(input.envelope, before, owner.name, verifyEd25519)
    if (!opened.ok) throw new AdminRefusal(explain('root', opened.error))
    const root = opened.value
    if (before === null && root.version !== 1)
      throw new AdminRefusal(
        `Root ${root.version} cannot be the first: publish root 1 and those that follow.`
      )
    if (input.now.getTime() >= root.expiresAt)
      throw new AdminRefusal(
        explain('root', { kind: 'expired', what: 'root', at: new Date(root.expiresAt).toISOString() })
      )
    const envelope = rootEnvelopeSchema.parse(input.envelope)
    await tx.insert(trustRoot).values({ organisationId: owner.id, version: root.version, envelope })
    const hasPolicy = await disown(tx, owner, root, input.now)
    return { version: root.version, hasPolicy, wantsSnapshot: root.roles.snapshot !== null }
  }
  return db.transaction(publish).catch((error: unknown) => {
    if (isDuplicate(error)) throw new AdminRefusal('This root was published by someone else meanwhile.')
    throw error
  })
}

/** Marks what the new root's keys did not sign. True when a policy is left. */
async function disown(tx: Queries, owner: Organisation, root: TrustedRoot, now: Date): Promise<boolean> {
  const disownedAt = now
  const mine = eq(policy.organisationId, owner.id)
  let hasPolicy = false
  for (const row of await tx
    .select()
    .from(policy)
    .where(and(mine, isNull(policy.disownedAt)))) {
    const opened = openEnvelope(row.envelope, root.roles.policy, owner.name, null, verifyEd25519)
    if (opened.ok) hasPolicy = true
    else
      await tx
        .update(policy)
        .set({ disownedAt })
        .where(and(mine, eq(policy.version, row.version)))
  }
  const models = eq(model.organisationId, owner.id)
  for (const row of await tx
    .select()
    .from(model)
    .where(and(models, isNull(model.disownedAt)))) {
    const opened = openModelEnvelope(row.envelope, root.roles.models, owner.name, () => null, verifyEd25519)
    if (opened.ok) continue
    const which = and(models, eq(model.name, row.name), eq(model.version, row.version))
    await tx.update(model).set({ disownedAt }).where(which)
  }
  const role = root.roles.snapshot
  const newest = await newestSnapshot(tx, owner.id)
  const isSigned =
    role !== null && newest !== null && openSnapshot(newest, role, owner.name, null, verifyEd25519).ok
  if (!isSigned) {
    const open = and(eq(trustSnapshot.organisationId, owner.id), isNull(trustSnapshot.disownedAt))
    await tx.update(trustSnapshot).set({ disownedAt }).where(open)
  }
  return hasPolicy
}

/** The newest root's envelope, or null before the first. */
export async function newestRoot(db: Queries, organisationId: string): Promise<RootEnvelope | null> {
  const rows = await db
    .select({ envelope: trustRoot.envelope })
    .from(trustRoot)
    .where(eq(trustRoot.organisationId, organisationId))
    .orderBy(desc(trustRoot.version))
    .limit(1)
  return rows[0]?.envelope ?? null
}

/** The newest root of an organisation by its name. Throws `AdminRefusal` when there is none. */
export async function newestRootOf(db: Queries, organisation: string): Promise<RootEnvelope> {
  const owner = await findOrganisation(db, organisation)
  const envelope = await newestRoot(db, owner.id)
  if (envelope !== null) return envelope
  throw new AdminRefusal(`${owner.name} has no root yet. Make one with "havendesk root create".`)
}

/** One root's envelope, or null. */
export async function rootEnvelope(
  db: Queries,
  organisationId: string,
  version: number
): Promise<RootEnvelope | null> {
  const rows = await db
    .select({ envelope: trustRoot.envelope })
    .from(trustRoot)
    .where(and(eq(trustRoot.organisationId, organisationId), eq(trustRoot.version, version)))
  return rows[0]?.envelope ?? null
}

/** The newest snapshot that the newest root vouches for, or null. */
export async function newestSnapshot(db: Queries, organisationId: string): Promise<SnapshotEnvelope | null> {
  const rows = await db
    .select({ envelope: trustSnapshot.envelope })
    .from(trustSnapshot)
    .where(and(eq(trustSnapshot.organisationId, organisationId), isNull(trustSnapshot.disownedAt)))
    .orderBy(desc(trustSnapshot.version))
    .limit(1)
  return rows[0]?.envelope ?? null
}

/** What the newest snapshot says, where the root has a role for it; null where it has none or there is none yet. */
export async function trustedSnapshot(
  db: Queries,
  owner: Organisation,
  root: TrustedRoot
): Promise<TrustedSnapshot | null> {
  const envelope = await newestSnapshot(db, owner.id)
  if (envelope === null || root.roles.snapshot === null) return null
  const opened = openSnapshot(envelope, root.roles.snapshot, owner.name, null, verifyEd25519)
  return opened.ok ? opened.value : null
}
