/** How often a helper is asked whether it is there, and how many questions in a row it may leave open. */
export const PING_MS = 1000
export const MISSED_PINGS = 5
/** A process that was just started may leave more open: it has to be loaded first, perhaps beside much else. */
export const FIRST_PINGS = 30

export interface LivenessOptions {
  /** Asks; false while there is no process to ask. */
  readonly ping: (number: number) => boolean
  /** It left too many questions open: it is stopped, hangs, or its disk does. Said once until it answers or is replaced. */
  readonly silent: () => void
}

/**
 * Tells a helper that is stopped from one that works: a stopped process does not end, so nobody is told. Counts
 * questions, not time: when this process itself was stopped, or the machine slept, that is no fault of the helper's.
 */
export class Liveness {
  #number = 0
  #answered = 0
  #told = false
  #heard = false

  constructor(private readonly options: LivenessOptions) {}

  /** Call every `PING_MS`. */
  look(): void {
    const most = this.#heard ? MISSED_PINGS : FIRST_PINGS
    if (this.#number - this.#answered >= most && !this.#told) {
      this.#told = true
      this.options.silent()
    }
    if (this.options.ping(this.#number + 1)) this.#number += 1
    else this.started()
  }

  answered(number: number): void {
    if (number <= this.#answered || number > this.#number) return
    this.#answered = number
    this.#heard = true
    this.#told = false
  }

  /** Another process, or none: what the one before left open does not count. */
  started(): void {
    this.#answered = this.#number
    this.#heard = false
    this.#told = false
  }
}
