import { z } from 'zod'
import { err, type Result } from '../result'
import { fromBase64url } from '../trust/base64url'
import type { Unreadable } from '../trust/refusal'
import {
  isSignedBy,
  markedMessage,
  missingSignature,
  parsePayload,
  payloadSchema,
  signaturesUpTo,
  soleKey,
  unreadable,
  type SigningKey,
  type VerifySignature
} from '../trust/signed'

/** The signed list of a program's files lies beside its archive under this name. It does not list itself. */
export const MANIFEST_NAME = 'integrity.json'
/** A list larger than this is refused before it is read. */
export const MAX_PROGRAM_MANIFEST_BYTES = 1024 * 1024

/** Below the application's folder, `/` between folders: no way up, no root, nothing that a system reads otherwise. */
const relativePath = z
  .string()
  .min(1)
  .max(300)
  .regex(/^(?!\.{0,2}(\/|$))(?!.*\/\.{0,2}(\/|$))[^\\\0:]+$/, 'a path below the application’s folder')

export const listedFileSchema = z.strictObject({
  path: relativePath,
  /** Bytes. */
  size: z.number().int().nonnegative(),
  /** Hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in lower-case hex')
})
export type ListedFile = z.infer<typeof listedFileSchema>

/** Every file of a packaged program, in the order of their paths; nothing else may lie in its folder. */
export const programManifestSchema = z.strictObject({
  schema: z.literal(1),
  version: z.string().min(1).max(80),
  flavour: z.enum(['release', 'test', 'demo']),
  files: z.array(listedFileSchema).min(1).max(5000),
  /** The files inside `app.asar`, so that an altered archive can be told from its altered file. */
  inside: z.array(listedFileSchema).max(5000)
})
export type ProgramManifest = z.infer<typeof programManifestSchema>

/** The list as it lies beside the program: signed by the key of whoever built it. */
export const programEnvelopeSchema = z.strictObject({
  v: z.literal(1),
  type: z.literal('havendesk-program'),
  /** JSON of the manifest, base64url. */
  payload: payloadSchema(MAX_PROGRAM_MANIFEST_BYTES),
  signatures: signaturesUpTo(1)
})
export type ProgramEnvelope = z.infer<typeof programEnvelopeSchema>

/** What is signed: a mark that no other document of ours begins with, then the list. */
export const programMessage = (manifest: Uint8Array): Uint8Array => markedMessage('program', manifest)

export type ManifestRefusal = Unreadable | { readonly kind: 'not-signed'; readonly problem: string }

/** Opens the list if this key signed exactly these bytes. */
export function openProgramManifest(
  document: unknown,
  key: SigningKey,
  verify: VerifySignature
): Result<ProgramManifest, ManifestRefusal> {
  const shape = programEnvelopeSchema.safeParse(document)
  if (!shape.success) return err(unreadable(shape.error.issues))
  const { payload, signatures } = shape.data
  const bytes = fromBase64url(payload)
  if (bytes === null) return err({ kind: 'unreadable', field: 'payload', problem: 'not base64url' })
  const role = soleKey(key)
  if (!isSignedBy(role, signatures, programMessage(bytes), verify)) {
    return err({ kind: 'not-signed', problem: missingSignature(role) })
  }
  return parsePayload(programManifestSchema, bytes)
}
