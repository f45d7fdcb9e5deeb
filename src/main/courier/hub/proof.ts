import { createHash, randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import type { DeviceKey } from '../keys/device-key'

export interface ProofSubject {
  readonly method: 'GET' | 'POST'
  /** Without query and fragment. */
  readonly url: string
  /** The exact bytes that are sent. */
  readonly body: Uint8Array
  /** Empty before enrolment. */
  readonly device: string
  readonly boot: string
  /** Rises with every request of one boot. */
  readonly seq: number
  /** Seconds since 1970 by the hub's clock, as near as it is known. */
  readonly issuedAt: number
  readonly nonce: string | null
}

/** A DPoP proof (RFC 9449, ES256) bound to the request, the device, its boot and its place in the order of requests. */
export async function makeProof(key: DeviceKey, subject: ProofSubject): Promise<string> {
  return new SignJWT({
    htm: subject.method,
    htu: subject.url,
    jti: randomUUID(),
    bh: createHash('sha256').update(subject.body).digest('base64url'),
    device: subject.device,
    boot: subject.boot,
    seq: subject.seq,
    ...(subject.nonce === null ? {} : { nonce: subject.nonce })
  })
    .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: { ...key.publicJwk } })
    .setIssuedAt(subject.issuedAt)
    .sign(key.signingKey)
}
