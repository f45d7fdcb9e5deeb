import { createHash, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
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
  /** How often the key says it was used: one byte of it. */
  readonly counter?: number
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

  /** The public half as WebAuthn has it: COSE_Key of ES256 over P-256, CBOR by hand (RFC 9053). */
  get cose(): Buffer {
    const { x = '', y = '' } = createPublicKey(this.#private).export({ format: 'jwk' })
    const coordinate = (label: number, text: string): Buffer =>
      Buffer.concat([Buffer.from([label, 0x58, 32]), Buffer.from(text, 'base64url')])
    // {1: 2, 3: -7, -1: 1, -2: x, -3: y}
    const head = Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01])
    return Buffer.concat([head, coordinate(0x21, x), coordinate(0x22, y)])
  }

  /** What a browser's `create` gives, without attestation: a new credential of this key. */
  created(challenge: string, bent: Bent = {}) {
    const id = Buffer.from(this.key.credential, 'base64url')
    const client = this.#client('webauthn.create', challenge, bent)
    const data = Buffer.concat([
      ...[sha256(bent.host ?? this.rpId), Buffer.from([bent.flags ?? 0x45, 0, 0, 0, bent.counter ?? 0])],
      ...[Buffer.alloc(16), Buffer.from([id.length >> 8, id.length & 0xff]), id, this.cose]
    ])
    // {"fmt": "none", "attStmt": {}, "authData": data}
    const attestationObject = Buffer.concat([
      ...[Buffer.from([0xa3, 0x63]), Buffer.from('fmt'), Buffer.from([0x64]), Buffer.from('none')],
      ...[Buffer.from([0x67]), Buffer.from('attStmt'), Buffer.from([0xa0])],
      ...[
        Buffer.from([0x68]),
        Buffer.from('authData'),
        Buffer.from([0x59, data.length >> 8, data.length & 0xff])
      ],
      data
    ])
    return this.#answer({
      clientDataJSON: client.toString('base64url'),
      attestationObject: attestationObject.toString('base64url')
    })
  }

  /** What a browser's `get` gives: the challenge signed, with anything of it bent. */
  asserted(challenge: string, bent: Bent & { readonly userHandle?: string } = {}) {
    const client = this.#client('webauthn.get', challenge, bent)
    const data = Buffer.concat([
      sha256(bent.host ?? this.rpId),
      Buffer.from([bent.flags ?? 0x05, 0, 0, 0, bent.counter ?? 1])
    ])
    const signature = sign('sha256', Buffer.concat([data, sha256(client)]), this.#private)
    return this.#answer({
      clientDataJSON: client.toString('base64url'),
      authenticatorData: data.toString('base64url'),
      signature: signature.toString('base64url'),
      ...(bent.userHandle === undefined
        ? {}
        : { userHandle: Buffer.from(bent.userHandle).toString('base64url') })
    })
  }

  #client(type: string, challenge: string, bent: Bent): Buffer {
    return Buffer.from(
      JSON.stringify({
        type: bent.type ?? type,
        challenge: bent.challenge ?? challenge,
        origin: bent.origin ?? `http://${this.rpId}:4000`,
        crossOrigin: bent.crossOrigin ?? false
      })
    )
  }

  #answer<T extends object>(response: T) {
    const id = this.key.credential
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response } as const
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
