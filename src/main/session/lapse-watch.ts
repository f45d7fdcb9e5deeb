import type { Lapse, Standing } from '../../core/trust/standing'

export interface LapseWatchOptions {
  /** How the policy in force stands now; null without one. */
  readonly standing: () => Standing | null
  /** Something lapsed, each thing once. */
  readonly told: (why: Lapse) => void
  /** The policy's grace ran out, or something newer came. */
  readonly settled: (isOver: boolean) => void
}

/** What lapsed of a policy is told once; over the policy's grace it hides the desk until something newer comes. */
export class LapseWatch {
  readonly #options: LapseWatchOptions
  #why: Lapse | null = null
  #isOver = false

  constructor(options: LapseWatchOptions) {
    this.#options = options
  }

  look(): void {
    const { standing, told, settled } = this.#options
    const now = standing()
    if (now === null) return
    const why = now.kind === 'current' ? null : now.why
    if (why !== null && why !== this.#why) told(why)
    this.#why = why
    const isOver = now.kind === 'lapsed' && now.graceOver
    if (isOver === this.#isOver) return
    this.#isOver = isOver
    settled(isOver)
  }
}
