import { sha256 } from '@noble/hashes/sha2.js'
import { z } from 'zod'
import { fromBase64url, toBase64url } from '../trust/base64url'

/** What a passkey gives with a signature (WebAuthn level 2, 5.2.2), base64url. */
export interface PasskeyAssertion {
  readonly authenticatorData: string
  readonly clientData: string
}

const USER_PRESENT = 0x01
const USER_VERIFIED = 0x04
const FLAGS_AT = 32
const SHORTEST_DATA = 37

const clientDataSchema = z.object({
  type: z.literal('webauthn.get'),
  challenge: z.string(),
  origin: z.string(),
  crossOrigin: z.boolean().optional()
})

/** The challenge that a console has a passkey sign: the SHA-256 of the marked message, base64url. */
export const challengeOf = (message: Uint8Array): string => toBase64url(sha256(message))

/**
 * The bytes that the passkey signed, after everything about them was checked that is not the signature (WebAuthn level
 * 2, 7.2): the kind of act, our challenge, the console's host, a person who touched it and proved who they are. Null when
 * any of it is otherwise.
 */
export function assertedBytes(
  assertion: PasskeyAssertion,
  rpId: string,
  message: Uint8Array
): Uint8Array | null {
  const data = fromBase64url(assertion.authenticatorData)
  const client = fromBase64url(assertion.clientData)
  if (data === null || client === null || data.length < SHORTEST_DATA) return null
  if (!isFor(client, rpId, challengeOf(message))) return null
  const host = sha256(new TextEncoder().encode(rpId))
  if (!host.every((byte, index) => data[index] === byte)) return null
  const flags = data[FLAGS_AT] ?? 0
  if ((flags & USER_PRESENT) === 0 || (flags & USER_VERIFIED) === 0) return null
  const signed = new Uint8Array(data.length + 32)
  signed.set(data)
  signed.set(sha256(client), data.length)
  return signed
}

function isFor(client: Uint8Array, rpId: string, challenge: string): boolean {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(client))
  } catch {
    return false // not what a browser writes
  }
  const read = clientDataSchema.safeParse(json)
  if (!read.success || read.data.challenge !== challenge || read.data.crossOrigin === true) return false
  if (!URL.canParse(read.data.origin)) return false
  const { hostname } = new URL(read.data.origin)
  return hostname === rpId || hostname.endsWith(`.${rpId}`)
}
