import { createHash, randomUUID } from 'node:crypto'
import {
  calculateJwkThumbprint,
  CompactSign,
  exportJWK,
  generateKeyPair,
  SignJWT,
  type CryptoKey
} from 'jose'
import { Agent, request } from 'undici'
import {
  attestationReplySchema,
  challengeReplySchema,
  STATEMENT_TYPE,
  type AttestationReply,
  type QuoteEvidence
} from '../../../src/contract/wire/v1/attestation'
import { postureDigest } from '../../../src/core/attestation/digest'
import type { CheckResult } from '../../../src/core/check/check'
import {
  deviceJwkSchema,
  enrolReplySchema,
  hubErrorSchema,
  signInReplySchema,
  syncReplySchema,
  type DeviceJwk,
  type EnrolmentTicket,
  type EnrolReply,
  type HubError,
  type ProofClaims,
  type SignInReply,
  type SyncReply,
  type SyncRequest
} from '../../../src/contract/wire/v1/device'
import type { Flavour } from '../../../src/core/flavour'

/** What came back: the status, the JSON and, of a refusal, the hub's own words. */
export interface HubAnswer {
  readonly status: number
  readonly json: unknown
  readonly error: HubError | null
  readonly nonce: string | null
  /** The hub's time, milliseconds since 1970. */
  readonly at: number | null
}

/** The hub said no. */
export class HubRefusal extends Error {
  constructor(readonly refusal: HubError) {
    super(`${refusal.code}: ${refusal.message}`)
  }
}

/** Things a test may bend about one request; everything left out is as it should be. */
export interface Bend {
  readonly claims?: Partial<Record<keyof ProofClaims, unknown>>
  readonly header?: Readonly<Record<string, unknown>>
  /** Sent instead of the body that was signed. */
  readonly body?: string
  readonly proof?: string | null
  readonly key?: CryptoKey
}

/** What a test may bend about an attestation. */
export interface BentStatement {
  /** Claims by their names, those of `Statement` or others. */
  readonly claims?: Readonly<Record<string, unknown>>
  readonly header?: Readonly<Record<string, string>>
  readonly key?: CryptoKey
  /** What becomes of the statement after it was signed. */
  readonly forged?: (statement: string) => string
  readonly checks?: readonly CheckResult[]
  readonly quote?: QuoteEvidence | null
}

/** What simulated desks name as the hash of their program: they have none. */
export const SIMULATED_BUILD = createHash('sha256').update('simulated').digest('hex')

export interface DeviceIdentity {
  readonly privateKey: CryptoKey
  readonly jwk: DeviceJwk
}

/** A new P-256 device key in memory: for simulated desks, tests and benches. Real desks keep theirs in the keychain. */
export async function newIdentity(): Promise<DeviceIdentity> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  const { kty, crv, x, y } = await exportJWK(publicKey)
  return { privateKey, jwk: deviceJwkSchema.parse({ kty, crv, x, y }) }
}

/** One client run of one device: signs every request, and trusts nothing but the ticket's authority for the hub. */
export class DeviceClient {
  readonly boot: string
  device = ''
  #seq = 0
  #nonce: string | null = null
  /** What the hub's clock is ahead of ours, as far as it had to be known, milliseconds. */
  #clockOffset = 0
  /** What the last attestation bought; presented with every request from then on. */
  token: string | null = null
  /** Told by the hub at the last sync: the token is not good any more. */
  attestWanted = false
  #turn: Promise<unknown> = Promise.resolve()
  readonly #agent: Agent

  constructor(
    readonly ticket: Pick<EnrolmentTicket, 'hubUrl' | 'hubCa'>,
    readonly identity: DeviceIdentity,
    readonly sender: { readonly flavour: Flavour; readonly build: string },
    options: { readonly boot?: string; readonly device?: string; readonly now?: () => number } = {}
  ) {
    this.boot = options.boot ?? randomUUID()
    this.device = options.device ?? ''
    this.now = options.now ?? Date.now
    this.#agent = new Agent({ connect: { ca: ticket.hubCa }, connections: 4, keepAliveTimeout: 30_000 })
  }
  readonly now: () => number

  /** Leaves request numbers unused, up to this one. */
  skip(to: number): void {
    this.#seq = Math.max(this.#seq, to)
  }

  /** The proof of a request as RFC 9449 has it, with the claims of this product. */
  async proof(method: string, path: string, body: string, bend: Bend = {}): Promise<string> {
    const claims: Record<string, unknown> = {
      htm: method,
      htu: new URL(path, this.ticket.hubUrl).href,
      iat: Math.floor((this.now() + this.#clockOffset) / 1000),
      jti: randomUUID(),
      bh: createHash('sha256').update(body).digest('base64url'),
      device: this.device,
      boot: this.boot,
      seq: this.#seq++,
      ...(this.#nonce === null ? {} : { nonce: this.#nonce }),
      ...(this.token === null ? {} : { ath: createHash('sha256').update(this.token).digest('base64url') }),
      ...bend.claims
    }
    const header = { typ: 'dpop+jwt', alg: 'ES256', jwk: this.identity.jwk, ...bend.header }
    return new SignJWT(claims).setProtectedHeader(header).sign(bend.key ?? this.identity.privateKey)
  }

  /** Sends one request once. */
  async send(method: 'GET' | 'POST', path: string, value: unknown, bend: Bend = {}): Promise<HubAnswer> {
    const body = value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value)
    const proof = bend.proof === undefined ? await this.proof(method, path, body, bend) : bend.proof
    return this.sendRaw(method, path, bend.body ?? body, proof)
  }

  async sendRaw(
    method: 'GET' | 'POST',
    path: string,
    body: string,
    proof: string | null
  ): Promise<HubAnswer> {
    const answer = await request(new URL(path, this.ticket.hubUrl), {
      method,
      dispatcher: this.#agent,
      headers: {
        ...(proof === null ? {} : { dpop: proof }),
        ...(this.token === null ? {} : { authorization: `DPoP ${this.token}` }),
        ...(method === 'POST' ? { 'content-type': 'application/json' } : {})
      },
      ...(method === 'POST' ? { body } : {})
    })
    const text = await answer.body.text()
    const json: unknown = text === '' ? null : JSON.parse(text)
    const nonce = answer.headers['dpop-nonce']
    const { date } = answer.headers
    const refusal = answer.statusCode === 200 ? null : hubErrorSchema.parse(json)
    return {
      status: answer.statusCode,
      json,
      error: refusal,
      nonce: typeof nonce === 'string' ? nonce : null,
      at: typeof date === 'string' ? Date.parse(date) : null
    }
  }

  /** Sends a request and, when the hub asks for its nonce, once more with it. Throws `HubRefusal`. */
  async call(method: 'GET' | 'POST', path: string, value?: unknown): Promise<unknown> {
    return this.#inTurn(() => this.#exchange(method, path, value))
  }

  /** One after the other: requests that overtake each other look like replays. */
  #inTurn<T>(send: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(send)
    this.#turn = turn.catch(() => undefined)
    return turn
  }

  async #exchange(method: 'GET' | 'POST', path: string, value: unknown): Promise<unknown> {
    let answer = await this.send(method, path, value)
    for (let tries = 0; tries < 4 && answer.error !== null; tries += 1) {
      const { code, field } = answer.error
      if (code === 'use-nonce' && answer.nonce !== null) this.#nonce = answer.nonce
      else if (code === 'bad-proof' && field === 'proof.iat' && answer.at !== null)
        this.#clockOffset = answer.at - this.now()
      else break
      answer = await this.send(method, path, value)
    }
    if (answer.error !== null) throw new HubRefusal(answer.error)
    return answer.json
  }

  async enrol(
    token: string,
    labels: { readonly machine?: string; readonly host?: string } = {}
  ): Promise<EnrolReply> {
    const reply = enrolReplySchema.parse(
      await this.call('POST', '/device/v1/enrol', {
        v: 1,
        sender: this.sender,
        token,
        key: this.identity.jwk,
        keyClass: 'keychain',
        machineLabel: labels.machine ?? 'simulated',
        hostLabel: labels.host ?? 'simulated'
      })
    )
    this.device = reply.device
    return reply
  }

  async signIn(email: string, password: string): Promise<SignInReply> {
    const body = { v: 1, sender: this.sender, email, password }
    try {
      return signInReplySchema.parse(await this.call('POST', '/device/v1/sign-in', body))
    } catch (error) {
      if (!(error instanceof HubRefusal) || error.refusal.code !== 'attestation-required') throw error
      await this.attest()
      return signInReplySchema.parse(await this.call('POST', '/device/v1/sign-in', body))
    }
  }

  /** A nonce of the hub's for one attestation. */
  async challenge(): Promise<string> {
    const body = { v: 1, sender: this.sender }
    const reply = await this.call('POST', '/device/v1/attestation/challenge', body)
    return challengeReplySchema.parse(reply).nonce
  }

  /** Attests once; `bend` replaces claims of the statement. Keeps the token. */
  async attest(bend: BentStatement = {}): Promise<AttestationReply> {
    const nonce = await this.challenge()
    const answer = await this.#inTurn(() => this.sendAttestation(nonce, bend))
    if (answer.error !== null) throw new HubRefusal(answer.error)
    const reply = attestationReplySchema.parse(answer.json)
    this.token = reply.token
    return reply
  }

  async sendAttestation(nonce: string, bend: BentStatement = {}): Promise<HubAnswer> {
    const checks = bend.checks ?? []
    const seq = this.#seq++ // taken once for both, or of many at once each would name another's
    const claims = {
      v: 1,
      nonce,
      hub: this.ticket.hubUrl,
      device: this.device,
      key: await this.thumbprint(),
      keyClass: 'keychain',
      person: null,
      boot: this.boot,
      seq,
      recordSeq: 0,
      posture: postureDigest([]),
      policyVersion: 1,
      flavour: this.sender.flavour,
      build: this.sender.build,
      buildHash: SIMULATED_BUILD,
      model: '',
      modelHash: null,
      thresholds: null,
      quote: null,
      ...bend.claims
    }
    const header = { alg: 'ES256', typ: STATEMENT_TYPE, ...bend.header }
    const statement = await new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
      .setProtectedHeader(header)
      .sign(bend.key ?? this.identity.privateKey)
    const quote = bend.quote ?? null
    const sent = bend.forged?.(statement) ?? statement
    const body = { v: 1, sender: this.sender, statement: sent, checks, quote }
    return this.send('POST', '/device/v1/attestation', body, { claims: { seq } })
  }

  /** Waits for the hub to wake this device. */
  async wake(): Promise<HubAnswer> {
    return this.send('GET', '/device/v1/wake', undefined)
  }

  async sync(batch: Partial<Pick<SyncRequest, 'boot' | 'records' | 'desk'>>): Promise<SyncReply> {
    const body = { v: 1, sender: this.sender, boot: this.boot, records: [], desk: null, ...batch }
    const reply = syncReplySchema.parse(await this.call('POST', '/device/v1/sync', body))
    this.attestWanted = reply.attest === true
    return reply
  }

  /** The name of this device's key. */
  thumbprint(): Promise<string> {
    return calculateJwkThumbprint(this.identity.jwk)
  }

  close(): Promise<void> {
    return this.#agent.close()
  }
}
