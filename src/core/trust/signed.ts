import { z } from 'zod'
import { err, ok, type Result } from '../result'
import { fromBase64url } from './base64url'
import type { Unreadable } from './refusal'

const base64url = z.string().regex(/^[A-Za-z0-9_-]+$/)

/** SHA-256 of a raw public key, hex: the key's name wherever it is named. */
export const keyIdSchema = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in lower-case hex')

/** A public key of IT's: raw Ed25519, base64url; `keyId` is the SHA-256 of the raw key in hex. */
export const signingKeySchema = z.strictObject({ keyId: keyIdSchema, publicKey: base64url.length(43) })
export type SigningKey = z.infer<typeof signingKeySchema>

/** Who may sign one kind of document, and how many of them have to. */
export interface SigningRole {
  readonly keys: readonly SigningKey[]
  readonly threshold: number
}

/** The role of a key that needs nobody else. */
export const soleKey = (key: SigningKey): SigningRole => ({ keys: [key], threshold: 1 })

/** Checks one signature over `message`. Injected, since keys are the runtime's business. */
export type VerifySignature = (key: SigningKey, message: Uint8Array, signature: Uint8Array) => boolean

/** So many keys may sign for one role. */
export const MAX_ROLE_KEYS = 8

/**
 * Signatures beside a signed document, each by a key that its `keyId` names. A key signs once (TUF 1.0, 4.2.1). What
 * is not a signature at all counts as one that does not fit.
 */
export const signaturesUpTo = (most: number) =>
  z
    .array(
      z.strictObject({
        keyId: keyIdSchema,
        signature: z
          .string()
          .regex(/^[A-Za-z0-9_-]*$/)
          .max(200)
      })
    )
    .min(1)
    .max(most)
    .refine(
      (entries) => new Set(entries.map(({ keyId }) => keyId)).size === entries.length,
      'a key signs a document once'
    )
export const signaturesSchema = signaturesUpTo(MAX_ROLE_KEYS)
export type Signatures = z.infer<typeof signaturesSchema>

/** A signed document's bytes as text, at most `bytes` of them. */
export const payloadSchema = (bytes: number) => base64url.max(Math.ceil((bytes * 4) / 3))

/** True when a threshold of the role's keys signed exactly this message. A key counts once. */
export function isSignedBy(
  role: SigningRole,
  signatures: Signatures,
  message: Uint8Array,
  verify: VerifySignature
): boolean {
  const counted = new Set<string>()
  for (const entry of signatures) {
    const key = role.keys.find(({ keyId }) => keyId === entry.keyId)
    if (key === undefined || counted.has(key.keyId)) continue
    const signature = fromBase64url(entry.signature)
    if (signature === null || signature.length !== 64 || !verify(key, message, signature)) continue
    counted.add(key.keyId)
    if (counted.size >= role.threshold) return true
  }
  return false
}

/** How a refusal names the keys that did not sign. */
export const missingSignature = ({ keys, threshold }: SigningRole): string => {
  const names = keys.map(({ keyId }) => keyId.slice(0, 12)).join(', ')
  return keys.length === 1 ? `no valid signature by key ${names}` : `it takes ${threshold} of ${names}`
}

/**
 * What is signed of a document that is no policy: a mark of its kind, then its bytes. A signature of one kind is thus
 * never one of another, whatever an envelope calls itself. Policies are signed without a mark; no mark begins as JSON.
 */
export function markedMessage(
  kind: 'model' | 'root' | 'snapshot' | 'program' | 'break-glass' | 'accommodation',
  document: Uint8Array
): Uint8Array {
  const mark = new TextEncoder().encode(`havendesk-${kind} v1\n`)
  const message = new Uint8Array(mark.length + document.length)
  message.set(mark)
  message.set(document, mark.length)
  return message
}

/** Reads a signed document by its schema. */
export function parsePayload<T>(schema: z.ZodType<T>, bytes: Uint8Array): Result<T, Unreadable> {
  const json = jsonOf(bytes)
  if (!json.ok) return json
  const parsed = schema.safeParse(json.value)
  return parsed.success ? ok(parsed.data) : err(unreadable(parsed.error.issues))
}

/** Reads bytes as JSON in UTF-8. */
export function jsonOf(bytes: Uint8Array): Result<unknown, Unreadable> {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    return err({
      kind: 'unreadable',
      field: 'payload',
      problem: error instanceof Error ? error.message : 'not JSON'
    })
  }
  return ok(json)
}

/** The first thing that is wrong, with its field; a field that nobody knows is named itself. */
export function unreadable([first]: readonly z.core.$ZodIssue[]): Unreadable {
  const unknown = first?.code === 'unrecognized_keys' ? first.keys.slice(0, 1) : []
  return {
    kind: 'unreadable',
    field: [...(first?.path ?? []), ...unknown].join('.'),
    problem: first?.message ?? 'not what the schema asks for'
  }
}
