import { SESSION_PATH, sessionReplySchema } from '../../contract/wire/v1/device'
import type { Clock } from './hub/clock'
import type { HubClient } from './hub/hub-client'
import { Question } from './question'

export interface SessionWatchOptions {
  readonly client: Pick<HubClient, 'call'>
  readonly clock: Pick<Clock, 'monotonic'>
  /** Who is signed in at this desk by the hub's word, null when nobody is. Main ends what is over. */
  readonly said: (person: string | null) => void
}

/** Shorter than a heartbeat's: what the desk has to tell waits behind it in one line. */
const LIMIT_MS = 3000
/** A question that takes longer gives way to an alert. */
const PATIENCE_MS = 500
/** A waking call can get lost: the hub is asked so often in any case, milliseconds. */
const EVERY_MS = 60_000
/** An older hub has no such address. */
const UNKNOWN_RETRY_MS = 600_000

/**
 * Asks the hub whose session this desk holds: when it was woken, when the hub is back, and every minute. So a session
 * that ended at the hub, because the person signed in elsewhere or was shut out, ends here too. A question without an
 * answer is asked again as soon as the hub answers anything.
 */
export class SessionWatch {
  readonly #options: SessionWatchOptions
  readonly #question: Question
  #dueAt = Number.NEGATIVE_INFINITY
  #askedAt = 0

  constructor(options: SessionWatchOptions) {
    this.#options = options
    this.#question = new Question((signal) => this.#put(signal))
  }

  ask(): void {
    this.#question.ask()
  }

  /** Called after every answer of the hub. Returns at once. */
  heartbeat(): void {
    if (this.#options.clock.monotonic() >= this.#dueAt) this.ask()
  }

  /** Something is to be told now that must not wait long behind a question. */
  giveWay(): void {
    const { underWay } = this.#question
    if (underWay === null) return
    const left = this.#askedAt + PATIENCE_MS - this.#options.clock.monotonic()
    if (left <= 0) underWay.abort()
    else setTimeout(() => underWay.abort(), left)
  }

  async #put(signal: AbortSignal): Promise<void> {
    const { client, clock, said } = this.#options
    this.#askedAt = clock.monotonic()
    const answer = await client.call({
      path: SESSION_PATH,
      reply: sessionReplySchema,
      limitMs: LIMIT_MS,
      body: null,
      signal
    })
    if (answer.kind === 'unreachable') {
      this.#dueAt = Number.NEGATIVE_INFINITY
      return
    }
    const isUnknown = answer.kind === 'refused' && answer.error.code === 'not-found'
    this.#dueAt = clock.monotonic() + (isUnknown ? UNKNOWN_RETRY_MS : EVERY_MS)
    if (answer.kind === 'ok') said(answer.value.person)
  }
}
