import { withTimeLimit } from '../time-limit'
import { writeFacts, type EnrolmentFacts } from './facts'

const KEEP_LIMIT_MS = 2000

/** Holds the facts of the enrolment and writes each change of them, one after the other. */
export class FactsKeeper {
  #facts: EnrolmentFacts
  #writing: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly dataFolder: string,
    private readonly sealing: Uint8Array,
    facts: EnrolmentFacts
  ) {
    this.#facts = facts
  }

  get facts(): EnrolmentFacts {
    return this.#facts
  }

  /**
   * Changes the facts and resolves when the disk has them. A disk that does not answer in time, or is full, must not
   * keep what is newer from being enforced: what was not written is part of the next change.
   */
  async keep(change: Partial<EnrolmentFacts>): Promise<void> {
    this.#facts = { ...this.#facts, ...change }
    const turn = this.#writing.then(() => writeFacts(this.dataFolder, this.sealing, this.#facts))
    this.#writing = turn.catch(() => null)
    await withTimeLimit(turn, KEEP_LIMIT_MS, 'the disk did not answer').catch(() => null)
  }

  /** Resolves when nothing is being written any more. */
  async settled(): Promise<void> {
    await this.#writing
  }
}
