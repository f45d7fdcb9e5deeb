import { createHash, randomUUID } from 'node:crypto'
import type { DeviceKey } from '../../../device/contract/device-key'
import { signCompact } from '../keys/jws'

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
  /** The access token that comes along: the proof names its hash (RFC 9449, 4.2). */
  readonly token: string | null
}

/** A DPoP proof (RFC 9449, ES256) bound to the request, the device, its boot and its place in the order of requests. */
export async function makeProof(key: DeviceKey, subject: ProofSubject): Promise<string> {
  const header = { typ: 'dpop+jwt', jwk: { ...key.publicJwk } }
  return signCompact(key, header, {
    htm: subject.method,
    htu: subject.url,
    iat: subject.issuedAt,
    jti: randomUUID(),
    bh: digestOf(subject.body),
    device: subject.device,
    boot: subject.boot,
    seq: subject.seq,
    ...(subject.nonce === null ? {} : { nonce: subject.nonce }),
    ...(subject.token === null ? {} : { ath: digestOf(subject.token) })
  })
}

const digestOf = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('base64url')
