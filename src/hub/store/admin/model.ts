import { and, asc, desc, eq, isNull, notExists, sql } from 'drizzle-orm'
import { createHash } from 'node:crypto'
import { MAX_OFFERED_MODELS, MODEL_PIECE_BYTES, type OfferedModel } from '../../../contract/wire/v1/model'
import { modelEnvelopeSchema, openModelEnvelope, type ModelEnvelope } from '../../../core/model/envelope'
import { isExpired, type ModelManifest } from '../../../core/model/manifest'
import { refusalLabel } from '../../../core/trust/refusal'
import type { Database, Queries } from '../open'
import { model, modelFile, modelPiece } from '../tables'
import { findOrganisation } from './organisation'
import { AdminRefusal, isDuplicate } from './refusal'
import { requireRoot, trustedRoot } from './trust'
import { verifyEd25519 } from './verify'

/** One published version, as an administrator sees it. */
export interface PublishedModel {
  readonly name: string
  readonly version: number
  readonly publishedAt: Date
  readonly withdrawnAt: Date | null
  readonly manifest: ModelManifest
}

export interface NewModel {
  readonly organisation: string
  readonly envelope: unknown
  /** The bytes of a file that the manifest names. */
  readonly read: (path: string) => Promise<Uint8Array>
  readonly now: Date
}

/**
 * Publishes a signed model with all its files, or nothing of it. The hub cannot make or alter one; it checks
 * signature, organisation, expiry, a version above every one of the name that ever was, and the hash of each file.
 */
export async function publishModel(
  db: Database,
  input: NewModel
): Promise<{ readonly name: string; readonly version: number }> {
  const owner = await findOrganisation(db, input.organisation)
  const { roles } = await requireRoot(db, owner)
  const publish = async (tx: Queries): Promise<{ readonly name: string; readonly version: number }> => {
    const published = await tx.select().from(model).where(eq(model.organisationId, owner.id))
    const newest = (name: string) =>
      published
        .filter((row) => row.name === name && row.disownedAt === null)
        .map(({ version, envelope }) => ({ version, payload: envelope.payload }))
        .sort((a, b) => b.version - a.version)[0] ?? null
    const opened = openModelEnvelope(input.envelope, roles.models, owner.name, newest, verifyEd25519)
    if (!opened.ok)
      throw new AdminRefusal(
        `The model is refused: ${refusalLabel(opened.error)}. Its version has to rise, and the keys that ${owner.name} trusts have to sign it.`
      )
    const { manifest } = opened.value
    const { name, version } = manifest
    if (isExpired(manifest, input.now.getTime()))
      throw new AdminRefusal(`Version ${version} of ${name} expired on ${manifest.expiresAt}. Sign it anew.`)
    if (newest(name)?.version === version) {
      const row = published.find((one) => one.name === name && one.version === version)
      if (row?.withdrawnAt != null)
        throw new AdminRefusal(`Version ${version} of ${name} was withdrawn. Raise the version.`)
      return { name, version }
    }
    if (published.some((row) => row.name === name && row.version === version))
      throw new AdminRefusal(
        `Version ${version} of ${name} is there, signed by keys that are trusted no more. Take another version.`
      )
    const names = new Set(published.filter((row) => row.withdrawnAt === null).map((row) => row.name))
    if (names.add(name).size > MAX_OFFERED_MODELS)
      throw new AdminRefusal(`${owner.name} has ${MAX_OFFERED_MODELS} models already. Withdraw one first.`)
    const envelope = modelEnvelopeSchema.parse(input.envelope)
    await tx.insert(model).values({ organisationId: owner.id, name, version, envelope })
    for (const file of manifest.files) {
      const bytes = await input.read(file.path)
      const hash = createHash('sha256').update(bytes).digest('hex')
      if (hash !== file.sha256 || bytes.length !== file.bytes)
        throw new AdminRefusal(
          `${file.path} is not the file that was signed. Measure and sign the model anew.`
        )
      await tx.insert(modelFile).values({ organisationId: owner.id, name, version, ...file })
      await storePieces(tx, owner.id, file.sha256, bytes)
    }
    return { name, version }
  }
  return db.transaction(publish).catch((error: unknown) => {
    if (isDuplicate(error)) throw new AdminRefusal('This version was published by someone else meanwhile.')
    throw error
  })
}

async function storePieces(
  tx: Queries,
  organisationId: string,
  sha256: string,
  bytes: Uint8Array
): Promise<void> {
  for (let piece = 0; piece * MODEL_PIECE_BYTES < bytes.length; piece += 1) {
    const from = piece * MODEL_PIECE_BYTES
    const data = Buffer.from(bytes.subarray(from, from + MODEL_PIECE_BYTES))
    await tx.insert(modelPiece).values({ organisationId, sha256, piece, data }).onConflictDoNothing()
  }
}

/** Every version that was ever published, newest first within its name. */
export async function listModels(db: Queries, organisation: string): Promise<readonly PublishedModel[]> {
  const owner = await findOrganisation(db, organisation)
  const root = await trustedRoot(db, owner)
  if (root === null) return []
  const rows = await db
    .select()
    .from(model)
    .where(eq(model.organisationId, owner.id))
    .orderBy(asc(model.name), desc(model.version))
  return rows.flatMap(({ name, version, publishedAt, withdrawnAt, envelope }) => {
    const opened = openModelEnvelope(envelope, root.roles.models, owner.name, () => null, verifyEd25519)
    return opened.ok ? [{ name, version, publishedAt, withdrawnAt, manifest: opened.value.manifest }] : []
  })
}

/**
 * Hands a version to nobody any more, and lets go of the files that no other version needs. Desks that have it keep
 * it until their policy asks for another one: what looks is the policy's to say, not the hub's.
 */
export async function withdrawModel(
  db: Database,
  input: {
    readonly organisation: string
    readonly name: string
    readonly version: number
    readonly now: Date
  }
): Promise<void> {
  const { name, version } = input
  const owner = await findOrganisation(db, input.organisation)
  await db.transaction(async (tx) => {
    const which = and(eq(model.organisationId, owner.id), eq(model.name, name), eq(model.version, version))
    const done = await tx
      .update(model)
      .set({ withdrawnAt: input.now })
      .where(and(which, isNull(model.withdrawnAt)))
      .returning({ version: model.version })
    if (done.length === 0)
      throw new AdminRefusal(
        `${owner.name} has no version ${version} of ${name} in use. See "havendesk model list".`
      )
    await tx
      .delete(modelFile)
      .where(
        and(eq(modelFile.organisationId, owner.id), eq(modelFile.name, name), eq(modelFile.version, version))
      )
    const users = tx
      .select({ one: sql`1` })
      .from(modelFile)
      .where(
        and(eq(modelFile.organisationId, modelPiece.organisationId), eq(modelFile.sha256, modelPiece.sha256))
      )
    await tx.delete(modelPiece).where(and(eq(modelPiece.organisationId, owner.id), notExists(users)))
  })
}

/** The newest version of each name that is handed out, for replies to every heartbeat. */
export async function offeredModels(db: Queries, organisationId: string): Promise<OfferedModel[]> {
  return db
    .select({ name: model.name, version: sql<number>`max(${model.version})`.mapWith(Number) })
    .from(model)
    .where(and(eq(model.organisationId, organisationId), isNull(model.withdrawnAt), isNull(model.disownedAt)))
    .groupBy(model.name)
    .orderBy(asc(model.name))
    .limit(MAX_OFFERED_MODELS)
}

/** A version's signed manifest, or null when there is none in use. */
export async function modelEnvelope(
  db: Queries,
  organisationId: string,
  { name, version }: OfferedModel
): Promise<ModelEnvelope | null> {
  const rows = await db
    .select({ envelope: model.envelope })
    .from(model)
    .where(
      and(
        eq(model.organisationId, organisationId),
        eq(model.name, name),
        eq(model.version, version),
        isNull(model.withdrawnAt),
        isNull(model.disownedAt)
      )
    )
  return rows[0]?.envelope ?? null
}

/** One piece of a file of the organisation's, or null. */
export async function modelPieceOf(
  db: Queries,
  organisationId: string,
  sha256: string,
  piece: number
): Promise<Buffer | null> {
  const rows = await db
    .select({ data: modelPiece.data })
    .from(modelPiece)
    .where(
      and(
        eq(modelPiece.organisationId, organisationId),
        eq(modelPiece.sha256, sha256),
        eq(modelPiece.piece, piece)
      )
    )
  return rows[0]?.data ?? null
}
