import { createHash, timingSafeEqual } from 'node:crypto'
import { calculateJwkThumbprint, compactVerify, decodeProtectedHeader, importJWK } from 'jose'
import { z } from 'zod'
import {
  deviceJwkSchema,
  proofClaimsSchema,
  type DeviceJwk,
  type ProofClaims
} from '../../contract/wire/v1/device'
import { ok } from '../../core/result'
import { refuse, type Outcome } from '../outcome'
import { hostOf } from '../tls/host-of'
import type { Nonces, OpenNonce } from './nonce'

/** How far a device's clock may be off before it has to use the hub's nonce, milliseconds. */
export const CLOCK_WINDOW_MS = 60_000

/**
 * With the hub's nonce a proof was signed between the nonce's issue and now. Its own time may differ from that by this
 * much, milliseconds: twice what a client leaves uncorrected of its clock.
 */
export const CLOCK_SKEW_MS = 10_000

const MAX_PROOF_CHARACTERS = 4096

const headerSchema = z.strictObject({
  typ: z.literal('dpop+jwt'),
  alg: z.literal('ES256'),
  jwk: deviceJwkSchema
})

/** A proof whose form is right and whose signature nobody has checked yet. */
export interface UncheckedProof {
  readonly token: string
  readonly jwk: DeviceJwk
  readonly claims: ProofClaims
}

/** Reads a DPoP header. Nothing in it may be believed before `verifyProof`. */
export function readProof(header: string | readonly string[] | undefined): Outcome<UncheckedProof> {
  if (typeof header !== 'string') return refuse('bad-proof', 'The request needs exactly one DPoP header.')
  if (header.length > MAX_PROOF_CHARACTERS) return refuse('bad-proof', 'The proof is too long.')
  const parts = header.split('.')
  const protectedHeader = headerSchema.safeParse(decodeHeader(header))
  if (!protectedHeader.success) return badField('header', protectedHeader.error)
  const claims = proofClaimsSchema.safeParse(decodePart(parts[1]))
  if (!claims.success) return badField('proof', claims.error)
  return ok({ token: header, jwk: protectedHeader.data.jwk, claims: claims.data })
}

/** The claims of a proof that held, and what the hub's nonce in it says. */
export interface ProvenClaims extends ProofClaims {
  /** Null when the proof has no nonce. */
  readonly fromNonce: OpenNonce | null
}

/** The request that a proof has to be about. */
export interface ProvenRequest {
  readonly method: string
  /** The Host header. */
  readonly host: string | undefined
  readonly path: string
  /** The body's exact bytes. */
  readonly body: Uint8Array
}

/** What a proof is judged by. */
export interface ProofSettings {
  /** Names under which this hub answers. */
  readonly hostNames: readonly string[]
  readonly nonces: Nonces
  /** Milliseconds since 1970 by the hub's clock. */
  readonly now: number
}

/**
 * Checks the signature by `key` first, then that the proof is about this very request, now. The caller then checks
 * that its sequence rises: nothing is remembered about a request whose signature was not good.
 */
export async function verifyProof(
  proof: UncheckedProof,
  key: DeviceJwk,
  request: ProvenRequest,
  settings: ProofSettings
): Promise<Outcome<ProvenClaims>> {
  if (!(await isSignedBy(proof, key)))
    return refuse('bad-proof', 'The proof is not signed by this device’s key.')
  const { claims } = proof
  if (claims.htm !== request.method) return refuse('bad-proof', 'The proof is for another method.', at('htm'))
  if (!isSameTarget(claims.htu, request, settings.hostNames)) {
    return refuse('bad-proof', 'The proof is for another address.', at('htu'))
  }
  const digest = createHash('sha256').update(request.body).digest()
  const claimed = Buffer.from(claims.bh, 'base64url')
  if (claimed.length !== digest.length || !timingSafeEqual(claimed, digest)) {
    return refuse('bad-proof', 'The body is not the one that was signed.', at('bh'))
  }
  const timely = checkTime(claims, settings)
  return timely.ok ? ok({ ...claims, fromNonce: timely.value }) : timely
}

/**
 * Whether a proof was signed now, by the hub's clock. The device's own instant is held against it and used for nothing
 * else: a clock that is wrong is named, and mended or corrected there.
 */
export function checkTime(
  { nonce, iat }: Pick<ProofClaims, 'nonce' | 'iat'>,
  { nonces, now }: Pick<ProofSettings, 'nonces' | 'now'>
): Outcome<OpenNonce | null> {
  const signedAt = iat * 1000
  if (nonce === undefined) {
    if (Math.abs(signedAt - now) <= CLOCK_WINDOW_MS) return ok(null)
    return refuse('use-nonce', 'The device’s clock differs from the hub’s. Use the hub’s nonce.', at('iat'))
  }
  const open = nonces.open(nonce, now)
  if (open === null) {
    return refuse(
      'use-nonce',
      'The nonce is not one of this hub’s, or is too old. Use the new one.',
      at('nonce')
    )
  }
  if (signedAt < open.issuedAt - CLOCK_SKEW_MS || signedAt > now + CLOCK_SKEW_MS) {
    const [device, hub] = [signedAt, now].map((instant) => new Date(instant).toISOString())
    const message = `The device’s clock is wrong: it says ${device}, the hub’s says ${hub}. Set it.`
    return refuse('bad-proof', message, at('iat'))
  }
  return ok(open)
}

/** RFC 7638 thumbprint: the name of a key. */
export const thumbprintOf = (key: DeviceJwk): Promise<string> => calculateJwkThumbprint(key, 'sha256')

async function isSignedBy(proof: UncheckedProof, key: DeviceJwk): Promise<boolean> {
  if (proof.jwk.x !== key.x || proof.jwk.y !== key.y) return false
  try {
    await compactVerify(proof.token, await importJWK({ ...key }, 'ES256'), { algorithms: ['ES256'] })
    return true
  } catch {
    return false // a wrong signature, or a key that is no point of the curve
  }
}

function isSameTarget(htu: string, request: ProvenRequest, hostNames: readonly string[]): boolean {
  if (!URL.canParse(htu)) return false
  const url = new URL(htu)
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return false
  if (url.search !== '' || url.hash !== '') return false
  return (
    url.host === request.host?.toLowerCase() &&
    hostNames.includes(hostOf(htu)) &&
    url.pathname === request.path
  )
}

function decodeHeader(token: string): unknown {
  try {
    return decodeProtectedHeader(token)
  } catch {
    return null // not a JWT: the schema says so
  }
}

function decodePart(part: string | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'))
  } catch {
    return null // not JSON: the schema says so
  }
}

const at = (claim: string) => ({ field: `proof.${claim}` })

function badField(where: string, error: z.ZodError): Outcome<never> {
  const issue = error.issues[0]
  return refuse('bad-proof', `The proof cannot be read: ${issue?.message ?? 'not a DPoP proof'}.`, {
    field: [where, ...(issue?.path ?? [])].join('.')
  })
}
