import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const VERSION = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16
const HEADER_BYTES = 1 + NONCE_BYTES + TAG_BYTES

/** What the sealed bytes belong to; opening them elsewhere fails. Joined without ambiguity. */
export type SealContext = readonly (string | number)[]

/** A 32-byte key for one purpose, so that no two purposes share a key. */
export function deriveKey(root: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', root, new Uint8Array(0), `havendesk ${purpose}`, 32))
}

/** AES-256-GCM under a fresh 96-bit nonce: version, nonce, tag, ciphertext. */
export function seal(key: Uint8Array, plain: Uint8Array, context: SealContext): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(associated(context))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([Uint8Array.of(VERSION), nonce, cipher.getAuthTag(), body])
}

/** The plain bytes, or null when a single bit or the context differs from what was sealed. */
export function unseal(key: Uint8Array, sealed: Uint8Array, context: SealContext): Uint8Array | null {
  if (sealed.length < HEADER_BYTES || sealed[0] !== VERSION) return null
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(associated(context))
  decipher.setAuthTag(sealed.subarray(1 + NONCE_BYTES, HEADER_BYTES))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(HEADER_BYTES)), decipher.final()])
  } catch {
    return null // the tag does not fit: altered, or sealed for something else
  }
}

const associated = (context: SealContext): Buffer =>
  Buffer.from(JSON.stringify([VERSION, ...context]), 'utf8')
