import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** What the hub told a run in a nonce: numbers up to this one are used, or none of its requests is taken any more. */
export interface Told {
  readonly boot: string
  /** `NONE_ANY_MORE` when a later run took its place; -1 when only the run itself is named. */
  readonly upTo: number
}
export const NONE_ANY_MORE = Number.MAX_SAFE_INTEGER

/** A nonce that this hub run issued, opened. */
export interface OpenNonce {
  /** Milliseconds since 1970 by the hub's clock. */
  readonly issuedAt: number
  readonly told: Told | null
}

/** Nonces of the hub: whoever signs one has heard the hub, and not before it was issued. */
export interface Nonces {
  /** A new nonce, good until `lifetimeMs` after `now`. */
  issue(now: number, told?: Told | null): string
  /** What is in it, or null when this hub run did not issue it or it is too old. */
  open(nonce: string, now: number): OpenNonce | null
}

/** How long a nonce is good, milliseconds. A proof is used once all the same: its sequence has to rise. */
export const NONCE_LIFETIME_MS = 120_000

const BODY_BYTES = 49
/** 192 of the 256 bits of the HMAC (RFC 2104, section 5): the whole has to fit the wire's hundred characters. */
const SEAL_BYTES = 24

/**
 * Nonces that carry their own instant, what was told with them and their seal, so that nothing has to be kept. A new
 * key each time the hub starts. The body: instant, 128 random bits, the run that was told, its number, and whether any
 * was.
 */
export function createNonces(lifetimeMs = NONCE_LIFETIME_MS): Nonces {
  const key = randomBytes(32)
  const seal = (body: Buffer): Buffer =>
    createHmac('sha256', key).update(body).digest().subarray(0, SEAL_BYTES)
  return {
    issue: (now, told = null) => {
      const body = Buffer.alloc(BODY_BYTES)
      body.writeBigUInt64BE(BigInt(Math.trunc(now)))
      randomBytes(16).copy(body, 8)
      if (told !== null) {
        Buffer.from(told.boot.replaceAll('-', ''), 'hex').copy(body, 24)
        body.writeBigInt64BE(BigInt(told.upTo), 40)
        body.writeUInt8(1, 48)
      }
      return Buffer.concat([body, seal(body)]).toString('base64url')
    },
    open: (nonce, now) => {
      const bytes = Buffer.from(nonce, 'base64url')
      if (bytes.length !== BODY_BYTES + SEAL_BYTES) return null
      const body = bytes.subarray(0, BODY_BYTES)
      if (!timingSafeEqual(bytes.subarray(BODY_BYTES), seal(body))) return null
      const issuedAt = Number(body.readBigUInt64BE())
      if (now < issuedAt || now - issuedAt > lifetimeMs) return null
      if (body.readUInt8(48) === 0) return { issuedAt, told: null }
      const told = { boot: uuidOf(body.subarray(24, 40)), upTo: Number(body.readBigInt64BE(40)) }
      return { issuedAt, told }
    }
  }
}

const uuidOf = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
