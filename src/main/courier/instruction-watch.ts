import { INSTRUCTIONS_PATH, instructionsReplySchema } from '../../contract/wire/v1/instruction'
import type { Instruction } from '../../core/instruction/instruction'
import type { HubClient } from './hub/hub-client'

export interface InstructionWatchOptions {
  readonly client: Pick<HubClient, 'call'>
  /** What somebody at the console asks of this desk. Main does each once. */
  readonly said: (instructions: readonly Instruction[]) => void
}

const LIMIT_MS = 3000

/**
 * Asks the hub what is asked of this desk: when it was woken, and when the hub is back. A hub that is away, or from
 * before instructions, asks for nothing.
 */
export class InstructionWatch {
  #running = false
  #again = false
  #abort = new AbortController()

  constructor(private readonly options: InstructionWatchOptions) {}

  /** Asks now; asked while a question is under way, once more after it. */
  ask(): void {
    if (this.#running) {
      this.#again = true
      return
    }
    this.#running = true
    void this.#ask().finally(() => {
      this.#running = false
      if (!this.#again) return
      this.#again = false
      this.ask()
    })
  }

  /** Something is to be told now: it does not wait behind a question, which is asked after it. */
  giveWay(): void {
    if (!this.#running) return
    this.#again = true
    this.#abort.abort()
  }

  async #ask(): Promise<void> {
    this.#abort = new AbortController()
    const answer = await this.options.client.call({
      path: INSTRUCTIONS_PATH,
      reply: instructionsReplySchema,
      limitMs: LIMIT_MS,
      body: null,
      signal: this.#abort.signal
    })
    if (answer.kind === 'ok' && answer.value.instructions.length > 0)
      this.options.said(answer.value.instructions)
  }
}
