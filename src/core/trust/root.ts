import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { z } from 'zod'
import { err, ok, type Result } from '../result'
import { fromBase64url } from './base64url'
import type { SignedRefusal } from './refusal'
import {
  isSignedBy,
  keyIdSchema,
  markedMessage,
  MAX_ROLE_KEYS,
  missingSignature,
  parsePayload,
  payloadSchema,
  signaturesUpTo,
  signingKeySchema,
  soleKey,
  unreadable,
  type SigningKey,
  type SigningRole,
  type VerifySignature
} from './signed'

/** A root larger than this is refused before it is read. */
export const MAX_ROOT_BYTES = 64 * 1024
/** The highest version that any document of IT's may have: a version that nothing can follow would be the last. */
export const MAX_VERSION = 1_000_000_000

const rootKeySchema = z.strictObject({
  ...signingKeySchema.shape,
  /** The one kind of key that there is. Another kind is another version of this schema. */
  type: z.literal('ed25519')
})
const roleSchema = z.strictObject({
  keyIds: z.array(keyIdSchema).min(1).max(MAX_ROLE_KEYS),
  threshold: z.number().int().min(1).max(MAX_ROLE_KEYS)
})
export type RootRole = z.infer<typeof roleSchema>
export const roleNames = ['root', 'policy', 'models', 'snapshot'] as const
export type RoleName = (typeof roleNames)[number]

/** Whose signatures count: the root of all trust of one organisation (TUF 1.0, 4.3). */
export const rootSchema = z
  .strictObject({
    schema: z.literal(1),
    type: z.literal('root'),
    organisation: z.string().min(1).max(80),
    /** Rises by one. */
    version: z.number().int().positive().max(MAX_VERSION),
    issuedAt: z.iso.datetime(),
    /** After this nothing new is taken under it but the root that follows it. */
    expiresAt: z.iso.datetime(),
    keys: z.array(rootKeySchema).min(1).max(32),
    roles: z.strictObject({
      root: roleSchema,
      policy: roleSchema,
      models: roleSchema,
      /** Named when desks are to demand a snapshot that is fresh. */
      snapshot: roleSchema.optional()
    })
  })
  .superRefine((root, context) => {
    const problem = (path: (string | number)[], message: string): void => {
      context.addIssue({ code: 'custom', path, message })
    }
    const known = new Set(root.keys.map(({ keyId }) => keyId))
    if (known.size !== root.keys.length) problem(['keys'], 'a key is named twice')
    root.keys.forEach((key, index) => {
      if (keyIdOf(key.publicKey) !== key.keyId)
        problem(['keys', index, 'keyId'], 'it is not the SHA-256 of the key')
    })
    for (const name of roleNames) {
      const role = root.roles[name]
      if (role === undefined) continue
      if (new Set(role.keyIds).size !== role.keyIds.length)
        problem(['roles', name, 'keyIds'], 'a key is named twice')
      if (role.keyIds.some((id) => !known.has(id)))
        problem(['roles', name, 'keyIds'], 'it names a key that is not among the keys')
      if (role.threshold > role.keyIds.length)
        problem(['roles', name, 'threshold'], 'more signatures than there are keys')
    }
    if (Date.parse(root.expiresAt) <= Date.parse(root.issuedAt))
      problem(['expiresAt'], 'it has to be after issuedAt')
  })
export type Root = z.infer<typeof rootSchema>

/** A root as it travels. Room for the signatures of the keys before it and of its own. */
export const rootEnvelopeSchema = z.strictObject({
  v: z.literal(1),
  type: z.literal('havendesk-root'),
  /** The canonical JSON of the root, base64url. */
  payload: payloadSchema(MAX_ROOT_BYTES),
  signatures: signaturesUpTo(2 * MAX_ROLE_KEYS)
})
export type RootEnvelope = z.infer<typeof rootEnvelopeSchema>

/** The root that a party trusts. */
export interface TrustedRoot {
  readonly version: number
  /** Milliseconds since 1970. */
  readonly issuedAt: number
  readonly expiresAt: number
  readonly roles: Readonly<Record<Exclude<RoleName, 'snapshot'>, SigningRole>> & {
    readonly snapshot: SigningRole | null
  }
  /** Null for a key that was pinned alone. */
  readonly envelope: RootEnvelope | null
}

/**
 * The root that a single pinned key stands for: version 0, every role its own, no snapshot, no expiry. It is what was
 * pinned before there were roots; the first root follows it, signed by it.
 */
export const rootOfKey = (key: SigningKey): TrustedRoot => ({
  version: 0,
  issuedAt: 0,
  expiresAt: Number.POSITIVE_INFINITY,
  roles: { root: soleKey(key), policy: soleKey(key), models: soleKey(key), snapshot: null },
  envelope: null
})

/**
 * Opens a root that was handed over by IT itself, or was trusted before: shape, organisation, and a threshold of its
 * own signatures. Expiry is judged where something is taken under it.
 */
export const openAnchor = (
  document: unknown,
  organisation: string,
  verify: VerifySignature
): Result<TrustedRoot, SignedRefusal> => openRoot(document, null, organisation, verify)

/**
 * Takes the root that follows (TUF 1.0, 5.3): signed by a threshold of the trusted root's keys and of its own, for this
 * organisation, its version one higher. It may be expired, since the next one may follow at once.
 */
export const nextRoot = (
  document: unknown,
  trusted: TrustedRoot,
  organisation: string,
  verify: VerifySignature
): Result<TrustedRoot, SignedRefusal> => openRoot(document, trusted, organisation, verify)

function openRoot(
  document: unknown,
  before: TrustedRoot | null,
  organisation: string,
  verify: VerifySignature
): Result<TrustedRoot, SignedRefusal> {
  const shape = rootEnvelopeSchema.safeParse(document)
  if (!shape.success) return err(unreadable(shape.error.issues))
  const envelope = shape.data
  const bytes = fromBase64url(envelope.payload)
  if (bytes === null) return err({ kind: 'unreadable', field: 'payload', problem: 'not base64url' })
  const message = markedMessage('root', bytes)
  const signedBy = (role: SigningRole): boolean => isSignedBy(role, envelope.signatures, message, verify)
  // Before anything of it is read, somebody who is trusted has to have signed it.
  if (before !== null && !signedBy(before.roles.root)) return notSigned(before.roles.root)
  const parsed = parsePayload(rootSchema, bytes)
  if (!parsed.ok) return parsed
  const root = parsed.value
  const own = roleOf(root, root.roles.root)
  if (!signedBy(own)) return notSigned(own)
  if (root.organisation !== organisation) return err({ kind: 'other-organisation', found: root.organisation })
  if (before !== null && root.version !== before.version + 1) {
    const versions = { trusted: before.version, offered: root.version }
    return err({ kind: root.version <= before.version ? 'rolled-back' : 'root-gap', ...versions })
  }
  return ok({
    version: root.version,
    issuedAt: Date.parse(root.issuedAt),
    expiresAt: Date.parse(root.expiresAt),
    roles: {
      root: own,
      policy: roleOf(root, root.roles.policy),
      models: roleOf(root, root.roles.models),
      snapshot: root.roles.snapshot === undefined ? null : roleOf(root, root.roles.snapshot)
    },
    envelope
  })
}

const notSigned = (role: SigningRole): Result<never, SignedRefusal> =>
  err({ kind: 'not-signed', problem: missingSignature(role) })

const roleOf = ({ keys }: Root, { keyIds, threshold }: RootRole): SigningRole => ({
  keys: keys
    .filter(({ keyId }) => keyIds.includes(keyId))
    .map(({ keyId, publicKey }) => ({ keyId, publicKey })),
  threshold
})

/** The name of a public key: the SHA-256 of its raw bytes, hex. Empty for what is no key. */
export function keyIdOf(publicKey: string): string {
  const raw = fromBase64url(publicKey)
  return raw?.length === 32 ? bytesToHex(sha256(raw)) : ''
}
