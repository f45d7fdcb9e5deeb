import { createHash } from 'node:crypto'
import {
  attestationReplySchema,
  challengeReplySchema,
  STATEMENT_TYPE,
  type AttestationRequest,
  type Statement
} from '../../../contract/wire/v1/attestation'
import type { DeskSnapshot, HubError } from '../../../contract/wire/v1/device'
import { postureDigest } from '../../../core/attestation/digest'
import type { Flavour } from '../../../core/flavour'
import type { DeviceKey } from '../../../device/contract/device-key'
import type { Clock } from '../hub/clock'
import type { HubClient } from '../hub/hub-client'
import { withTimeLimit } from '../time-limit'
import { signCompact } from '../keys/jws'

/** What looks at the room, as main told the sensor. */
export interface Sensing {
  readonly model: string
  /** SHA-256, hex. */
  readonly modelHash: string
  /** Digest of the thresholds, hex. */
  readonly thresholds: string
}

/** What the statement is about, at the moment when it is made. */
export interface AttestedState {
  readonly desk: DeskSnapshot | null
  readonly sensing: Sensing | null
  /** Who is signed in at the hub from here. */
  readonly person: string | null
  readonly recordSeq: number
}

export interface AttestorOptions {
  readonly client: HubClient
  readonly key: DeviceKey
  readonly hubUrl: string
  readonly device: string
  readonly boot: string
  readonly sender: { readonly flavour: Flavour; readonly build: string }
  /** SHA-256 over the running program, hex. Rejects when it cannot be measured. */
  readonly measure: () => Promise<string>
  readonly state: () => AttestedState
  readonly clock: Clock
  /** The hub will not believe this program, key or machine. It is asked again, slowly. */
  readonly refused: (error: HubError) => void
  readonly attested: () => void
  /** Null when this machine can attest; else why not: its TPM is silent, its program cannot be measured. Said on change. */
  readonly able: (problem: string | null) => void
  /** False while the hub is known to be away: it is not asked of its own accord then. */
  readonly isHubThere: () => boolean
}

export type AttestOutcome =
  | { readonly kind: 'attested' }
  | { readonly kind: 'refused'; readonly error: HubError }
  /** The hub is away. */
  | { readonly kind: 'no-answer'; readonly problem: string }
  /** The trouble is on this side: a TPM that does not answer, a program that cannot be measured. */
  | { readonly kind: 'unable'; readonly problem: string }

/** Shorter than a heartbeat's: what the desk has to tell waits behind it in one line. */
const LIMIT_MS = 3000
/** An attestation that takes longer gives way to an alert. */
const PATIENCE_MS = 500
/** Well within the token's five minutes, so that one try that fails leaves time for another. */
const EVERY_MS = 120_000
const RETRY_MS = 10_000
/** A cold program of 300 MB took 30 s on a slow disk; one that takes longer than this has a disk that does not answer. */
const MEASURE_LIMIT_MS = 120_000
/** An older hub has no such address. It may be replaced by a newer one any day. */
const UNKNOWN_RETRY_MS = 600_000
/** What changed at the desk often changes again at once: one statement for all of it. */
const SETTLE_MS = 500

/** Attests when the courier starts, whenever what it says has changed, and every two minutes meanwhile. */
export class Attestor {
  #timer: NodeJS.Timeout | null = null
  #dueAt = Number.POSITIVE_INFINITY
  #running: Promise<AttestOutcome> | null = null
  #stopped = false
  #abort: AbortController | null = null
  #startedAt = 0
  #program: string | null = null
  #measuring: Promise<string> | null = null
  #unable: string | null = null

  constructor(private readonly options: AttestorOptions) {}

  /** Attests now, or waits for the attestation that is under way. Never rejects. */
  now(): Promise<AttestOutcome> {
    this.#running ??= this.#attest().then((outcome) => {
      this.#running = null
      this.#sayAble(outcome)
      this.#after(outcome)
      return outcome
    })
    return this.#running
  }

  /** Begins to measure the program, whether or not there is a hub to tell. */
  begin(): void {
    this.#measured().catch(() => undefined) // the attestation that waits for it says why
  }

  /** Something that the statement is about has changed. */
  soon(): void {
    this.#schedule(SETTLE_MS)
  }

  /** Something is to be told now that must not wait long behind an attestation. */
  giveWay(): void {
    const abort = this.#abort
    if (abort === null) return
    const left = this.#startedAt + PATIENCE_MS - this.options.clock.monotonic()
    if (left <= 0) abort.abort()
    else setTimeout(() => abort.abort(), left)
  }

  /** SHA-256 over the program as it is attested, hex; null while it is not measured, which every attestation begins with. */
  get program(): string | null {
    return this.#program
  }

  stop(): void {
    this.#stopped = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#abort?.abort()
  }

  #schedule(inMs: number): void {
    const now = this.options.clock.monotonic()
    const at = now + inMs
    // One that is overdue sleeps with the computer, whose clock went on: it is no reason to wait for it.
    const isAwaited = now < this.#dueAt && this.#dueAt <= at
    if (this.#stopped || isAwaited) return
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#dueAt = at
    this.#timer = setTimeout(() => {
      this.#timer = null
      this.#dueAt = Number.POSITIVE_INFINITY
      if (this.options.isHubThere()) void this.now()
    }, inMs)
  }

  #after(outcome: AttestOutcome): void {
    switch (outcome.kind) {
      case 'attested':
        this.options.attested()
        this.#schedule(EVERY_MS)
        return
      case 'refused':
        if (outcome.error.code === 'not-found') {
          this.#schedule(UNKNOWN_RETRY_MS)
          return
        }
        this.options.client.authorize(null)
        this.options.refused(outcome.error)
        this.#schedule(RETRY_MS)
        return
      case 'unable':
        // What the last token says need not be true any more.
        this.options.client.authorize(null)
        this.#schedule(RETRY_MS)
        return
      case 'no-answer':
        this.#schedule(RETRY_MS)
    }
  }

  #sayAble(outcome: AttestOutcome): void {
    // Only who got as far as to be answered was able: an absent hub says nothing about this machine.
    if (outcome.kind === 'no-answer') return
    const problem = outcome.kind === 'unable' ? outcome.problem : null
    if (problem === this.#unable) return
    this.#unable = problem
    this.options.able(problem)
  }

  async #attest(): Promise<AttestOutcome> {
    const { client, sender, clock } = this.options
    const abort = new AbortController()
    const { signal } = abort
    try {
      // With the hub away too: who signs in without it does so at a program that is known.
      const program = await this.#measured()
      if (this.#stopped) return { kind: 'no-answer', problem: 'the courier ends' }
      this.#abort = abort
      this.#startedAt = clock.monotonic()
      const challenge = await client.call({
        path: '/device/v1/attestation/challenge',
        reply: challengeReplySchema,
        limitMs: LIMIT_MS,
        signal,
        body: { v: 1, sender }
      })
      if (challenge.kind !== 'ok') return asOutcome(challenge)
      const answer = await client.call({
        path: '/device/v1/attestation',
        reply: attestationReplySchema,
        limitMs: LIMIT_MS,
        signal,
        body: null,
        numbered: (seq) => this.#request(challenge.value.nonce, seq, program)
      })
      if (answer.kind !== 'ok') return asOutcome(answer)
      client.authorize(answer.value.token)
      return { kind: 'attested' }
    } catch (error) {
      const problem = error instanceof Error ? error.message : 'attestation failed'
      // With the hub away nobody asks, and nobody would take it back.
      return { kind: this.options.isHubThere() ? 'unable' : 'no-answer', problem }
    } finally {
      this.#abort = null
    }
  }

  /** What was measured, or is being measured; a try that failed is made anew, one that hangs is not begun twice. */
  #measured(): Promise<string> {
    this.#measuring ??= this.options.measure().then(
      (program) => (this.#program = program),
      (error: unknown) => {
        this.#measuring = null
        throw error
      }
    )
    const late = 'the program cannot be measured: the disk does not answer'
    return withTimeLimit(this.#measuring, MEASURE_LIMIT_MS, late)
  }

  async #request(nonce: string, seq: number, program: string): Promise<AttestationRequest> {
    const { key, hubUrl, device, boot, sender, state } = this.options
    const quoted = key.tpm === null ? null : await key.tpm.quote(Buffer.from(nonce, 'base64url'))
    const { desk, sensing, person, recordSeq } = state()
    const checks = desk?.checks ?? []
    const statement: Statement = {
      v: 1,
      nonce,
      hub: new URL(hubUrl).origin,
      device,
      key: key.thumbprint,
      keyClass: key.keyClass,
      person,
      boot,
      seq,
      recordSeq,
      posture: postureDigest(checks),
      policyVersion: desk?.policyVersion ?? 0,
      flavour: sender.flavour,
      build: sender.build,
      buildHash: program,
      model: sensing?.model.slice(0, 80) ?? '',
      modelHash: sensing?.modelHash ?? null,
      thresholds: sensing?.thresholds ?? null,
      quote: quoted === null ? null : createHash('sha256').update(quoted.attest).digest('hex')
    }
    return {
      v: 1,
      sender,
      statement: await signCompact(key, { typ: STATEMENT_TYPE }, statement),
      checks: [...checks],
      quote:
        quoted === null
          ? null
          : { attest: base64(quoted.attest), signature: base64(quoted.signature), pcrs: base64(quoted.pcrs) }
    }
  }
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

type NotOk =
  | { readonly kind: 'refused'; readonly error: HubError }
  | { readonly kind: 'unreachable'; readonly problem: string }

const asOutcome = (answer: NotOk): AttestOutcome =>
  answer.kind === 'refused'
    ? { kind: 'refused', error: answer.error }
    : { kind: 'no-answer', problem: answer.problem }
