import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { differenceFrom, openSnapshot } from '../../../core/trust/snapshot'
import type { Database, Queries } from '../open'
import { model, policy, trustSnapshot } from '../tables'
import { explain } from './explain'
import { findOrganisation } from './organisation'
import { AdminRefusal, isDuplicate } from './refusal'
import { requireRoot, trustedSnapshot } from './trust'
import { verifyEd25519 } from './verify'

/**
 * Publishes a snapshot: from now on desks are handed what it names. Everything that it names has to be published
 * already, byte for byte.
 */
export async function publishSnapshot(
  db: Database,
  input: { readonly organisation: string; readonly envelope: unknown; readonly now: Date }
): Promise<{ readonly version: number; readonly expiresAt: string }> {
  const owner = await findOrganisation(db, input.organisation)
  const publish = async (tx: Queries): Promise<{ readonly version: number; readonly expiresAt: string }> => {
    const root = await requireRoot(tx, owner)
    const role = root.roles.snapshot
    if (role === null)
      throw new AdminRefusal(
        `The root of ${owner.name} has no role for snapshots. Add one: "havendesk root rotate" with --snapshot-key.`
      )
    const before = await trustedSnapshot(tx, owner, root)
    const opened = openSnapshot(input.envelope, role, owner.name, before, verifyEd25519)
    if (!opened.ok) throw new AdminRefusal(explain('snapshot', opened.error))
    const { snapshot, envelope } = opened.value
    const { version, expiresAt } = snapshot
    if (input.now.getTime() >= Date.parse(expiresAt))
      throw new AdminRefusal(explain('snapshot', { kind: 'expired', what: 'snapshot', at: expiresAt }))
    if (before?.envelope.payload === envelope.payload) return { version, expiresAt }
    const policies = await tx
      .select({ envelope: policy.envelope })
      .from(policy)
      .where(
        and(
          eq(policy.organisationId, owner.id),
          eq(policy.version, snapshot.policy.version),
          isNull(policy.disownedAt)
        )
      )
    requireNamed(`policy ${snapshot.policy.version}`, policies[0]?.envelope.payload, snapshot.policy)
    for (const named of snapshot.models) {
      const rows = await tx
        .select({ envelope: model.envelope })
        .from(model)
        .where(
          and(
            eq(model.organisationId, owner.id),
            eq(model.name, named.name),
            eq(model.version, named.version),
            isNull(model.disownedAt)
          )
        )
      requireNamed(`model ${named.name} ${named.version}`, rows[0]?.envelope.payload, named)
    }
    // A number that a disowned snapshot had is free again.
    await tx
      .delete(trustSnapshot)
      .where(
        and(
          eq(trustSnapshot.organisationId, owner.id),
          eq(trustSnapshot.version, version),
          isNotNull(trustSnapshot.disownedAt)
        )
      )
    await tx.insert(trustSnapshot).values({
      organisationId: owner.id,
      version,
      policyVersion: snapshot.policy.version,
      envelope
    })
    return { version, expiresAt }
  }
  return db.transaction(publish).catch((error: unknown) => {
    if (isDuplicate(error)) throw new AdminRefusal('This snapshot was published by someone else meanwhile.')
    throw error
  })
}

function requireNamed(
  what: string,
  payload: string | undefined,
  named: Parameters<typeof differenceFrom>[0]
): void {
  if (payload === undefined)
    throw new AdminRefusal(`The snapshot names ${what}, which is not published yet. Publish it first.`)
  const difference = differenceFrom(named, named.version, payload)
  if (difference !== null)
    throw new AdminRefusal(`The snapshot names another ${what} than the one published: ${difference}.`)
}
