import canonicalize from 'canonicalize'
import { z } from 'zod'
import { MAX_POLICY_BYTES } from '../../core/policy/envelope'
import { fromBase64url, toBase64url } from '../../core/trust/base64url'
import { keyIdSchema, markedMessage, payloadSchema, type SigningKey } from '../../core/trust/signed'
import { signBytes, verifyBytes, type PolicyKey } from '../keys/policy-key'
import { ProvisionError } from '../problem'

const kinds = {
  'havendesk-policy': 'policy',
  'havendesk-model': 'model',
  'havendesk-root': 'root',
  'havendesk-snapshot': 'snapshot',
  'havendesk-accommodation': 'accommodation'
} as const
export type DocumentType = keyof typeof kinds

/** Any of IT's documents on its way from one key holder to the next: perhaps with no signature yet. */
const documentSchema = z.strictObject({
  v: z.literal(1),
  type: z.enum(Object.keys(kinds) as [DocumentType, ...DocumentType[]]),
  payload: payloadSchema(MAX_POLICY_BYTES),
  signatures: z.array(z.strictObject({ keyId: keyIdSchema, signature: z.string().max(200) })).max(16)
})
export type SignedDocument = z.infer<typeof documentSchema>

/** What kind of document it is, in one word. */
export const kindOf = ({ type }: Pick<SignedDocument, 'type'>): (typeof kinds)[DocumentType] => kinds[type]

/** Puts a value into the form that is signed: canonical JSON (RFC 8785), base64url. */
export function documentOf<T extends DocumentType>(
  type: T,
  value: unknown
): SignedDocument & { readonly type: T } {
  const text = canonicalize(value)
  if (text === undefined) throw new Error('the document has no canonical form')
  return { v: 1, type, payload: toBase64url(new TextEncoder().encode(text)), signatures: [] }
}

/** Reads a document that IT hands around. Throws `ProvisionError` for what is none. */
export function readDocument(json: unknown, file: string): SignedDocument {
  const parsed = documentSchema.safeParse(json)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new ProvisionError(
    `${file} is not a document to be signed: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unknown form'}. Make one with "policy sign", "root create" or "snapshot sign".`
  )
}

/** The contents, for people to look at before they sign. */
export function contentsOf({ payload }: SignedDocument): unknown {
  return JSON.parse(new TextDecoder().decode(payloadBytes(payload)))
}

const payloadBytes = (payload: string): Uint8Array => {
  const bytes = fromBase64url(payload)
  if (bytes === null) throw new ProvisionError('The document’s payload is not base64url: it was changed.')
  return bytes
}

/** The exact bytes that a key signs. */
export function messageOf(document: SignedDocument): Uint8Array {
  const bytes = payloadBytes(document.payload)
  const kind = kindOf(document)
  return kind === 'policy' ? bytes : markedMessage(kind, bytes)
}

/** The document with one more signature. A key that signed before signs in place of its earlier one. */
export const signDocument = <T extends SignedDocument>(document: T, key: PolicyKey): T =>
  withSignature(document, key.root, signBytes(key, messageOf(document)))

/** The document with a signature that was made elsewhere, on a token say. Throws when it does not fit. */
export function attachSignature<T extends SignedDocument>(
  document: T,
  key: SigningKey,
  signature: Uint8Array
): T {
  if (!verifyBytes(key, messageOf(document), signature))
    throw new ProvisionError(
      `That is no signature of this document by key ${key.keyId.slice(0, 12)}: it takes the 64 raw bytes of Ed25519 over what "signature bytes" wrote.`
    )
  return withSignature(document, key, signature)
}

function withSignature<T extends SignedDocument>(
  document: T,
  { keyId }: SigningKey,
  signature: Uint8Array
): T {
  const others = document.signatures.filter((entry) => entry.keyId !== keyId)
  return { ...document, signatures: [...others, { keyId, signature: toBase64url(signature) }] }
}
