import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** Nonces of the hub: they stand in for the device's clock when it cannot be trusted. */
export interface Nonces {
  /** A new nonce, good until `lifetimeMs` after `now`. */
  issue(now: number): string
  /** True when this hub run issued it and it is still good. */
  isGood(nonce: string, now: number): boolean
}

/** How long a nonce is good, milliseconds. A proof is used once all the same: its sequence has to rise. */
export const NONCE_LIFETIME_MS = 120_000

/** Nonces that carry their own instant and seal, so that nothing has to be kept. A new key each time the hub starts. */
export function createNonces(lifetimeMs = NONCE_LIFETIME_MS): Nonces {
  const key = randomBytes(32)
  const seal = (body: Buffer): Buffer => createHmac('sha256', key).update(body).digest()
  return {
    issue: (now) => {
      const body = Buffer.alloc(24)
      body.writeBigUInt64BE(BigInt(Math.trunc(now)))
      randomBytes(16).copy(body, 8)
      return Buffer.concat([body, seal(body)]).toString('base64url')
    },
    isGood: (nonce, now) => {
      const bytes = Buffer.from(nonce, 'base64url')
      if (bytes.length !== 56) return false
      const body = bytes.subarray(0, 24)
      if (!timingSafeEqual(bytes.subarray(24), seal(body))) return false
      const age = now - Number(body.readBigUInt64BE())
      return age >= 0 && age <= lifetimeMs
    }
  }
}
