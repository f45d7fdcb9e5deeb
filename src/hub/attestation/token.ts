import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { errors, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import { ATTESTATION_LIFETIME_MS } from '../../contract/wire/v1/attestation'
import type { ProofClaims } from '../../contract/wire/v1/device'

const claimsSchema = z.object({
  sub: z.uuid(),
  jti: z.uuid(),
  boot: z.uuid(),
  cnf: z.object({ jkt: z.string() })
})

/** Whose attestation a token stands for. */
export interface TokenSubject {
  readonly attestation: string
  readonly device: string
  readonly boot: string
  /** Thumbprint of the device key that alone may present it. */
  readonly thumbprint: string
}

/** The short tokens that an attestation buys. */
export interface AttestationTokens {
  issue(subject: TokenSubject, now: Date): Promise<string>
  /**
   * The attestation behind an `Authorization` header, or null when there is none that is good: issued by this run of
   * the hub, not expired, for this device, run and key, and named by the proof (`ath`, RFC 9449 section 4.3).
   */
  attestationOf(
    header: string | undefined,
    claims: ProofClaims,
    thumbprint: string,
    now: Date
  ): Promise<string | null>
}

/** Tokens under a key that is made when the hub starts and never written down: a restart asks everybody anew. */
export function createTokens(): AttestationTokens {
  const key = randomBytes(32)
  return {
    issue: ({ attestation, device, boot, thumbprint }, now) =>
      new SignJWT({ boot, cnf: { jkt: thumbprint } })
        .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
        .setSubject(device)
        .setJti(attestation)
        .setIssuedAt(now)
        .setExpirationTime(new Date(now.getTime() + ATTESTATION_LIFETIME_MS))
        .sign(key),
    attestationOf: async (header, claims, thumbprint, now) => {
      const token = tokenIn(header)
      if (token === null || !isNamedBy(claims, token)) return null
      try {
        const options = { algorithms: ['HS256'], typ: 'at+jwt', currentDate: now }
        const { sub, jti, boot, cnf } = claimsSchema.parse((await jwtVerify(token, key, options)).payload)
        const isTheirs = sub === claims.device && boot === claims.boot && cnf.jkt === thumbprint
        return isTheirs ? jti : null
      } catch (error) {
        if (error instanceof errors.JOSEError || error instanceof z.ZodError) return null // not ours, or too old
        throw error
      }
    }
  }
}

/** The token of `Authorization: DPoP …`; null when the header is none. */
export const tokenIn = (header: string | undefined): string | null =>
  /^DPoP ([\w.-]{1,2000})$/.exec(header ?? '')?.[1] ?? null

function isNamedBy(claims: ProofClaims, token: string): boolean {
  const named = Buffer.from(claims.ath ?? '', 'base64url')
  const digest = createHash('sha256').update(token).digest()
  return named.length === digest.length && timingSafeEqual(named, digest)
}
