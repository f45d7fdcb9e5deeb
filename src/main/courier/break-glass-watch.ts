import {
  BREAK_GLASS_PATH,
  breakGlassReplySchema,
  type BreakGlassAnswer
} from '../../contract/wire/v1/break-glass'
import type { HubClient } from './hub/hub-client'
import { Question } from './question'

export interface BreakGlassWatchOptions {
  readonly client: Pick<HubClient, 'call'>
  /** What became of this desk's requests, by the hub's word. Main checks each grant. */
  readonly said: (answers: readonly BreakGlassAnswer[]) => void
}

const LIMIT_MS = 3000

/**
 * Asks the hub what became of a request of break-glass, while this desk has one: when it was woken, and with each
 * heartbeat. A hub that is away, or from before break-glass, leaves it unanswered.
 */
export class BreakGlassWatch {
  readonly #question: Question
  #waiting = false

  constructor({ client, said }: BreakGlassWatchOptions) {
    this.#question = new Question(async (signal) => {
      const answer = await client.call({
        path: BREAK_GLASS_PATH,
        reply: breakGlassReplySchema,
        limitMs: LIMIT_MS,
        body: null,
        signal
      })
      if (answer.kind === 'ok' && answer.value.answers.length > 0) said(answer.value.answers)
    })
  }

  /** Whether this desk has a request that is not over. */
  setWaiting(waiting: boolean): void {
    this.#waiting = waiting
  }

  ask(): void {
    if (this.#waiting) this.#question.ask()
  }

  /** Something is to be told now: it does not wait behind a question, which is asked after it. */
  giveWay(): void {
    this.#question.giveWay()
  }
}
