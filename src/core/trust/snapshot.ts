import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { z } from 'zod'
import { modelNameSchema } from '../model/manifest'
import { err, ok, type Result } from '../result'
import { fromBase64url } from './base64url'
import type { SignedRefusal } from './refusal'
import { MAX_VERSION } from './root'
import {
  isSignedBy,
  keyIdSchema,
  markedMessage,
  missingSignature,
  parsePayload,
  payloadSchema,
  signaturesSchema,
  unreadable,
  type SigningRole,
  type VerifySignature
} from './signed'

/** A snapshot larger than this is refused before it is read. */
export const MAX_SNAPSHOT_BYTES = 64 * 1024

const version = z.number().int().positive().max(MAX_VERSION)
/** One signed document by its version and exact bytes. */
const namedSchema = z.strictObject({
  version,
  bytes: z.number().int().positive(),
  sha256: keyIdSchema
})
export type NamedDocument = z.infer<typeof namedSchema>

/**
 * What of an organisation's documents is the newest, said for a short time: it does the work of TUF's snapshot and
 * timestamp together. Against freezing it expires, against mixing it names everything by its hash.
 */
export const snapshotSchema = z
  .strictObject({
    schema: z.literal(1),
    type: z.literal('snapshot'),
    organisation: z.string().min(1).max(80),
    version,
    issuedAt: z.iso.datetime(),
    /** After this a desk no longer takes anything for the newest. */
    expiresAt: z.iso.datetime(),
    policy: namedSchema,
    models: z.array(namedSchema.extend({ name: modelNameSchema })).max(16)
  })
  .superRefine(({ models, issuedAt, expiresAt }, context) => {
    if (new Set(models.map(({ name }) => name)).size !== models.length)
      context.addIssue({ code: 'custom', path: ['models'], message: 'a name is there twice' })
    if (Date.parse(expiresAt) <= Date.parse(issuedAt))
      context.addIssue({ code: 'custom', path: ['expiresAt'], message: 'it has to be after issuedAt' })
  })
export type Snapshot = z.infer<typeof snapshotSchema>

/** A snapshot as it travels. */
export const snapshotEnvelopeSchema = z.strictObject({
  v: z.literal(1),
  type: z.literal('havendesk-snapshot'),
  /** The canonical JSON of the snapshot, base64url. */
  payload: payloadSchema(MAX_SNAPSHOT_BYTES),
  signatures: signaturesSchema
})
export type SnapshotEnvelope = z.infer<typeof snapshotEnvelopeSchema>

/** The snapshot that a party trusts. */
export interface TrustedSnapshot {
  readonly snapshot: Snapshot
  readonly envelope: SnapshotEnvelope
}

/**
 * Opens a snapshot: shape, threshold of its role over the exact bytes, organisation; neither it nor anything that it
 * names goes back. Expiry is the caller's to judge.
 */
export function openSnapshot(
  document: unknown,
  role: SigningRole,
  organisation: string,
  trusted: TrustedSnapshot | null,
  verify: VerifySignature
): Result<TrustedSnapshot, SignedRefusal> {
  const shape = snapshotEnvelopeSchema.safeParse(document)
  if (!shape.success) return err(unreadable(shape.error.issues))
  const envelope = shape.data
  const bytes = fromBase64url(envelope.payload)
  if (bytes === null) return err({ kind: 'unreadable', field: 'payload', problem: 'not base64url' })
  if (!isSignedBy(role, envelope.signatures, markedMessage('snapshot', bytes), verify))
    return err({ kind: 'not-signed', problem: missingSignature(role) })
  const parsed = parsePayload(snapshotSchema, bytes)
  if (!parsed.ok) return parsed
  const snapshot = parsed.value
  if (snapshot.organisation !== organisation)
    return err({ kind: 'other-organisation', found: snapshot.organisation })
  const fallen = trusted === null ? null : fallenBehind(snapshot, envelope, trusted)
  return fallen === null ? ok({ snapshot, envelope }) : err(fallen)
}

function fallenBehind(
  next: Snapshot,
  envelope: SnapshotEnvelope,
  { snapshot: before, envelope: old }: TrustedSnapshot
): SignedRefusal | null {
  if (next.version < before.version)
    return { kind: 'rolled-back', trusted: before.version, offered: next.version }
  if (next.version === before.version)
    return envelope.payload === old.payload
      ? null
      : { kind: 'same-version-other-bytes', version: next.version }
  const pairs = [
    [before.policy, next.policy] as const,
    ...before.models.map(
      (model) => [model, next.models.find(({ name }) => name === model.name) ?? model] as const
    )
  ]
  const fell = pairs.find(([was, is]) => is.version < was.version)
  return fell === undefined
    ? null
    : { kind: 'rolled-back', trusted: fell[0].version, offered: fell[1].version }
}

/** How a snapshot names a signed document's bytes. */
export const nameOf = (version: number, payload: Uint8Array): NamedDocument => ({
  version,
  bytes: payload.length,
  sha256: bytesToHex(sha256(payload))
})

/** What differs between a signed document and what a snapshot names; null when it is the one. */
export function differenceFrom(named: NamedDocument, version: number, payload: string): string | null {
  if (version !== named.version) return `version ${named.version}, not ${version}`
  const bytes = fromBase64url(payload)
  if (bytes?.length !== named.bytes) return `version ${named.version} with another length`
  return nameOf(version, bytes).sha256 === named.sha256 ? null : `version ${named.version} with another hash`
}
