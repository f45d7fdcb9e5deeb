import type { FromIntegrity } from '../../contract/helper/integrity'
import type { ProgramVerdict } from '../../core/integrity/alteration'

export interface RoundOptions {
  /** One check of the whole program; awaits `pause` between pieces. Never rejects. */
  readonly check: (pause: () => Promise<void>) => Promise<ProgramVerdict>
  readonly post: (message: FromIntegrity) => void
  readonly sleep: (ms: number) => Promise<void>
  /** Monotonic, milliseconds. */
  readonly now: () => number
}

/** Between two pieces of a later check, milliseconds: a round takes seconds of the clock and little of the processor. */
const PIECE_PAUSE_MS = 50

/** Checks at once and at full speed, since a session waits for it; then round after round, slowly. */
export class Rounds {
  #stopped = false

  constructor(private readonly options: RoundOptions) {}

  async run(everyMs: number): Promise<void> {
    const { check, post, sleep, now } = this.options
    for (let first = true; !this.#stopped; first = false) {
      const began = now()
      const verdict = await check(first ? () => Promise.resolve() : () => sleep(PIECE_PAUSE_MS))
      post({ kind: 'verdict', verdict, tookMs: now() - began })
      await sleep(everyMs)
    }
  }

  stop(): void {
    this.#stopped = true
  }
}
