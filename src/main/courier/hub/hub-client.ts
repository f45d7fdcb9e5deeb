import type { z } from 'zod'
import { hubErrorSchema, type HubError } from '../../../contract/wire/v1/device'
import type { DeviceKey } from '../../../device/contract/device-key'
import type { Clock } from './clock'
import { isUntrusted, type Line, type LineOutcome } from './line'
import { routeOf, type OddAnswers } from './odd-answers'
import { makeProof } from './proof'

/** Who speaks: named in every proof. */
export interface Speaker {
  readonly key: DeviceKey
  readonly device: string
  readonly boot: string
  /** The next number of the rising order of requests. */
  readonly nextSeq: () => number
  /** Leaves a wide gap in the order, after the hub said that it has seen these numbers. */
  readonly skipSeq: () => void
}

export type HubAnswer<T> =
  | { readonly kind: 'ok'; readonly value: T }
  /** The hub read the request and says no. */
  | {
      readonly kind: 'refused'
      readonly status: number
      readonly error: HubError
      readonly retryAfterMs: number | null
    }
  /** No answer, or none that is the hub's: try again. */
  | {
      readonly kind: 'unreachable'
      readonly problem: string
      readonly retryAfterMs: number | null
      /** True when the enrolled hub did answer, but not as a hub does: it is not just away. */
      readonly odd: boolean
    }

export interface HubCall<T> {
  readonly path: string
  /** Null asks with GET. */
  readonly body: object | null
  /** Instead of `body`: one that names the number of its own request, made when that is known. */
  readonly numbered?: (seq: number) => Promise<object>
  readonly reply: z.ZodType<T>
  /** Milliseconds for the whole exchange. */
  readonly limitMs: number
  readonly signal?: AbortSignal
  /** Most bytes of a reply that are read. */
  readonly maxBytes?: number
  /** The caller records an answer that is none, in its own words. */
  readonly recordsOdd?: true
}

/** Wrong clocks beyond this are corrected from the hub's own. */
const CLOCK_TOLERANCE_MS = 5000
/** A clock, a nonce that replaces one that is too old, one with something to hear, a number: one more than these. */
const MAX_TRIES = 5
/** RFC 9449, 8: visible characters; what a proof may carry of them stands in the wire's schema. */
const NONCE = /^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/

/**
 * Speaks to the hub, one request at a time: requests that overtook each other would look like replays.
 * Handles what a proof needs (nonce, clock, order) by itself; everything else is the caller's.
 */
export class HubClient {
  private nonce: string | null = null
  private token: string | null = null
  /** Hub's clock minus ours, milliseconds. */
  private clockOffset = 0
  private queue: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly line: Line,
    private readonly origin: string,
    private readonly speaker: Speaker,
    private readonly clock: Clock,
    private readonly odd: Pick<OddAnswers, 'tell'>
  ) {}

  /** Asks the hub. Waits for requests that were asked before. Rejects with what `numbered` does, and never else. */
  async call<T>(call: HubCall<T>): Promise<HubAnswer<T>> {
    const turn = this.queue.then(() => this.exchange(call)).then((answer) => this.noted(call, answer))
    this.queue = turn.catch(() => null) // the caller gets the error; the next request must not
    return turn
  }

  /** The access token for all requests from now on; null for none. */
  authorize(token: string | null): void {
    this.token = token
  }

  /** True while requests carry an access token. */
  get isAuthorized(): boolean {
    return this.token !== null
  }

  async close(): Promise<void> {
    await this.line.close()
  }

  private noted<T>(call: HubCall<T>, answer: HubAnswer<T>): HubAnswer<T> {
    if (answer.kind === 'unreachable' && answer.odd && call.recordsOdd !== true)
      // Who shows another certificate shows it to every request: one thing, not one for each route.
      this.odd.tell(isUntrusted(answer.problem) ? 'line' : routeOf(call.path), answer.problem)
    return answer
  }

  private async exchange<T>(call: HubCall<T>): Promise<HubAnswer<T>> {
    let answer: HubAnswer<T> = {
      kind: 'unreachable',
      problem: 'not tried',
      retryAfterMs: null,
      odd: false
    }
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const outcome = await this.send(call)
      answer = readAnswer(outcome, call.reply)
      if (!this.mayTryAgain(answer, outcome)) return answer
    }
    return answer
  }

  private async send<T>(call: HubCall<T>): Promise<LineOutcome> {
    const method = call.body === null && call.numbered === undefined ? 'GET' : 'POST'
    const seq = this.speaker.nextSeq()
    // Whoever writes a numbered request hears what kept it from being written.
    const content = call.numbered === undefined ? call.body : await call.numbered(seq)
    const body = new TextEncoder().encode(content === null ? '' : JSON.stringify(content))
    const url = new URL(call.path, this.origin).href
    const { token, line } = this
    let proof: string
    try {
      proof = await this.prove({ method, url, body, seq })
    } catch (error) {
      // A TPM that fails, or one that is closed while the program ends: without the key there is nothing to send.
      const why = error instanceof Error ? error.message : String(error)
      return {
        kind: 'no-answer',
        problem: `the request could not be signed: ${why}`.slice(0, 300),
        odd: false
      }
    }
    const signal = call.signal ?? new AbortController().signal
    const { limitMs, maxBytes } = call
    const limits = maxBytes === undefined ? { limitMs } : { limitMs, maxBytes }
    const outcome = await line.send({ method, url, body, proof, token, ...limits, signal })
    if (outcome.kind === 'reply' && outcome.nonce !== null) this.takeNonce(call, outcome.nonce)
    return outcome
  }

  private prove(request: {
    readonly method: 'GET' | 'POST'
    readonly url: string
    readonly body: Uint8Array
    readonly seq: number
  }): Promise<string> {
    const { key, device, boot } = this.speaker
    const issuedAt = Math.floor((this.clock.wall() + this.clockOffset) / 1000)
    const { nonce, token } = this
    return makeProof(key, { ...request, device, boot, issuedAt, nonce, token })
  }

  /** A nonce that no proof could carry would make every later request one that a true hub cannot read. */
  private takeNonce<T>(call: HubCall<T>, nonce: string): void {
    if (NONCE.test(nonce)) this.nonce = nonce
    else this.odd.tell(routeOf(call.path), 'a nonce that is none')
  }

  /** True when the refusal was about the proof and the next one will differ in just that. */
  private mayTryAgain(answer: HubAnswer<unknown>, outcome: LineOutcome): boolean {
    if (answer.kind !== 'refused' || outcome.kind !== 'reply') return false
    const { code, field } = answer.error
    if (code === 'use-nonce') return outcome.nonce !== null
    if (code === 'bad-proof') return this.correctClock(outcome.hubTime)
    // The very request that was taken already, sent once more on its way: the next number is not it.
    if (code !== 'replayed' || field !== 'proof.seq') return false
    this.speaker.skipSeq()
    return true
  }

  private correctClock(hubTime: number | null): boolean {
    if (hubTime === null) return false
    const offset = hubTime - this.clock.wall()
    if (Math.abs(offset - this.clockOffset) < CLOCK_TOLERANCE_MS) return false
    this.clockOffset = offset
    return true
  }
}

function readAnswer<T>(outcome: LineOutcome, schema: z.ZodType<T>): HubAnswer<T> {
  if (outcome.kind === 'no-answer') {
    return { kind: 'unreachable', problem: outcome.problem, retryAfterMs: null, odd: outcome.odd }
  }
  const { status, retryAfterMs } = outcome
  if (status >= 200 && status < 300) {
    const reply = schema.safeParse(outcome.json)
    if (reply.success) return { kind: 'ok', value: reply.data }
    const field = reply.error.issues[0]?.path.join('.') ?? ''
    return { kind: 'unreachable', problem: `the reply is not the hub's (${field})`, retryAfterMs, odd: true }
  }
  const refusal = hubErrorSchema.safeParse(outcome.json)
  if (status >= 500 || !refusal.success || refusal.data.code === 'unavailable') {
    // A hub that is busy or restarts says so with a 5xx; what else is no refusal of a hub is odd.
    return { kind: 'unreachable', problem: `HTTP ${status}`, retryAfterMs, odd: status < 500 }
  }
  return { kind: 'refused', status, error: refusal.data, retryAfterMs }
}
