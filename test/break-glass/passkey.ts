import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { grantMessage, type Grant } from '../../src/core/break-glass/grant'
import { challengeOf } from '../../src/core/break-glass/passkey'
import type { ApproverKey } from '../../src/core/policy/break-glass'

const sha256 = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest()

/** What a test bends of an assertion. */
export interface Bent {
  readonly type?: string
  readonly challenge?: string
  readonly origin?: string
  readonly crossOrigin?: boolean
  readonly flags?: number
  readonly host?: string
}

/** A passkey as a browser and an authenticator make it, in software. */
export class SoftPasskey {
  readonly #private: KeyObject
  readonly key: Extract<ApproverKey, { kind: 'passkey' }>

  constructor(readonly rpId = 'localhost') {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    this.#private = privateKey
    const spki = publicKey.export({ format: 'der', type: 'spki' }).toString('base64url')
    const credential = sha256(spki).toString('base64url')
    this.key = { kind: 'passkey', credential, publicKey: spki, rpId }
  }

  /** The private half, PKCS #8 DER in base64: what a virtual authenticator of a browser takes. */
  get pkcs8(): string {
    return this.#private.export({ format: 'der', type: 'pkcs8' }).toString('base64')
  }

  /** Signs a grant, whatever it says, with anything of the assertion bent. */
  grant(grant: unknown, bent: Bent = {}): string {
    const payload = Buffer.from(JSON.stringify(grant))
    const client = Buffer.from(
      JSON.stringify({
        type: bent.type ?? 'webauthn.get',
        challenge: bent.challenge ?? challengeOf(grantMessage(payload)),
        origin: bent.origin ?? `http://${this.rpId}:4000`,
        crossOrigin: bent.crossOrigin ?? false
      })
    )
    const data = Buffer.concat([
      sha256(bent.host ?? this.rpId),
      Buffer.from([bent.flags ?? 0x05, 0, 0, 0, 7])
    ])
    const signature = sign('sha256', Buffer.concat([data, sha256(client)]), this.#private)
    return JSON.stringify({
      v: 1,
      type: 'havendesk-break-glass',
      payload: payload.toString('base64url'),
      signature: signature.toString('base64url'),
      assertion: { authenticatorData: data.toString('base64url'), clientData: client.toString('base64url') }
    })
  }
}

/** A good grant of 30 minutes for the check `firewall`. */
export const goodGrant: Grant = {
  schema: 1,
  organisation: 'Demo Care',
  device: 'b3f0c7a6-0000-4000-8000-0000000000aa',
  request: 'b3f0c7a6-0000-4000-8000-0000000000bb',
  nonce: 'n'.repeat(43),
  person: null,
  check: 'firewall',
  minutes: 30,
  approver: 'supervisor1@demo.example'
}
