import { and, count, desc, eq, isNull } from 'drizzle-orm'
import type { Published, Signer } from '../../contract/wire/v1/published'
import type { TrustedRoot } from '../../core/trust/root'
import { fromBase64url } from '../../core/trust/base64url'
import {
  isSignedBy,
  markedMessage,
  soleKey,
  type Signatures,
  type SigningRole
} from '../../core/trust/signed'
import type { Viewer } from '../people/console-session'
import { findOrganisation } from '../store/admin/organisation'
import { newestPolicyVersion, openStored } from '../store/admin/policy'
import { trustedRoot, trustedSnapshot } from '../store/admin/trust'
import { verifyEd25519 } from '../store/admin/verify'
import type { Queries } from '../store/open'
import { desk, policy, trustSnapshot, workstation } from '../store/tables'

const MOST = 50

/** The policies of the viewer's organisation, by whom they are signed, and what says which one is in force. */
export async function publishedOf(db: Queries, viewer: Viewer, now: Date): Promise<Published> {
  const owner = await findOrganisation(db, viewer.me.organisation)
  const root = await trustedRoot(db, owner)
  const inForce = await newestPolicyVersion(db, owner.id)
  const rows = await db
    .select()
    .from(policy)
    .where(eq(policy.organisationId, owner.id))
    .orderBy(desc(policy.version))
    .limit(MOST)
  const desks = await desksByPolicy(db, owner.id)
  return {
    root: root === null ? null : rootPart(root),
    snapshot: await snapshotPart(db, owner, root, now),
    policies: rows.map(({ version, envelope, publishedAt, disownedAt }) => {
      const expiresAt = openStored(envelope)?.expiresAt ?? null
      return {
        version,
        publishedAt: publishedAt.toISOString(),
        expiresAt,
        isExpired: expiresAt !== null && Date.parse(expiresAt) <= now.getTime(),
        state:
          disownedAt !== null
            ? ('disowned' as const)
            : version === inForce
              ? ('in-force' as const)
              : version > inForce
                ? ('waiting' as const)
                : ('past' as const),
        signers: signersOf(envelope.signatures, fromBase64url(envelope.payload), root?.roles.policy ?? null),
        desks: desks.get(version) ?? 0
      }
    })
  }
}

function rootPart({ version, expiresAt, roles }: TrustedRoot): NonNullable<Published['root']> {
  return {
    version,
    expiresAt: Number.isFinite(expiresAt) ? new Date(expiresAt).toISOString() : null,
    keyIds: roles.policy.keys.map(({ keyId }) => keyId),
    threshold: roles.policy.threshold
  }
}

async function snapshotPart(
  db: Queries,
  owner: Parameters<typeof trustedSnapshot>[1],
  root: TrustedRoot | null,
  now: Date
): Promise<Published['snapshot']> {
  const role = root?.roles.snapshot ?? null
  if (root === null || role === null) return { state: 'not-asked' }
  const trusted = await trustedSnapshot(db, owner, root)
  if (trusted === null) return { state: 'missing' }
  const { snapshot, envelope } = trusted
  const [row] = await db
    .select({ publishedAt: trustSnapshot.publishedAt })
    .from(trustSnapshot)
    .where(and(eq(trustSnapshot.organisationId, owner.id), eq(trustSnapshot.version, snapshot.version)))
  const bytes = fromBase64url(envelope.payload)
  return {
    state: Date.parse(snapshot.expiresAt) <= now.getTime() ? 'expired' : 'good',
    version: snapshot.version,
    policyVersion: snapshot.policy.version,
    publishedAt: (row?.publishedAt ?? new Date(snapshot.issuedAt)).toISOString(),
    expiresAt: snapshot.expiresAt,
    signers: signersOf(envelope.signatures, bytes === null ? null : markedMessage('snapshot', bytes), role)
  }
}

/** Who signed, each looked at: whose name merely stands on a document did not. */
const signersOf = (signatures: Signatures, message: Uint8Array | null, role: SigningRole | null): Signer[] =>
  signatures.map(({ keyId }) => {
    const key = role?.keys.find((one) => one.keyId === keyId)
    const counts =
      key !== undefined && message !== null && isSignedBy(soleKey(key), signatures, message, verifyEd25519)
    return { keyId, counts }
  })

async function desksByPolicy(db: Queries, organisationId: string): Promise<ReadonlyMap<number, number>> {
  const rows = await db
    .select({ version: desk.policyVersion, desks: count() })
    .from(desk)
    .innerJoin(workstation, eq(workstation.id, desk.workstationId))
    .where(and(eq(desk.organisationId, organisationId), isNull(workstation.revokedAt)))
    .groupBy(desk.policyVersion)
  return new Map(rows.map(({ version, desks }) => [version, desks]))
}
