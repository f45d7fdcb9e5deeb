import { INSTRUCTIONS_PATH, instructionsReplySchema } from '../../contract/wire/v1/instruction'
import type { Instruction } from '../../core/instruction/instruction'
import type { HubClient } from './hub/hub-client'
import { Question } from './question'

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
  readonly #question: Question

  constructor({ client, said }: InstructionWatchOptions) {
    this.#question = new Question(async (signal) => {
      const answer = await client.call({
        path: INSTRUCTIONS_PATH,
        reply: instructionsReplySchema,
        limitMs: LIMIT_MS,
        body: null,
        signal
      })
      if (answer.kind === 'ok' && answer.value.instructions.length > 0) said(answer.value.instructions)
    })
  }

  ask(): void {
    this.#question.ask()
  }

  /** Something is to be told now: it does not wait behind a question, which is asked after it. */
  giveWay(): void {
    this.#question.giveWay()
  }
}
