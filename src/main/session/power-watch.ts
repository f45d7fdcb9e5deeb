import { isSlower, paceOf, type PaceNow, type Power } from '../../core/observation/pace'

/** Where the computer says how it is powered and how hot it is. Electron's monitor at a desk, a script in tests. */
export interface PowerSource {
  read(): Power
  /** Calls back at every change; answers how to stop it. */
  listen(changed: (power: Power) => void): () => void
}

/** A better state counts after it has lasted so long, milliseconds: fans and cables come and go. */
export const RELIEF_MS = 30_000

/** Tells the pace that the computer can keep: a slower one at once, a quicker one when it is there to stay. */
export class PowerWatch {
  readonly #tell: (pace: PaceNow) => void
  readonly #stop: () => void
  #told: PaceNow
  #relief: NodeJS.Timeout | undefined

  constructor(source: PowerSource, tell: (pace: PaceNow) => void) {
    this.#tell = tell
    this.#told = paceOf(source.read())
    this.#stop = source.listen((power) => {
      this.#heard(paceOf(power))
    })
    tell(this.#told)
  }

  stop(): void {
    clearTimeout(this.#relief)
    this.#stop()
  }

  #heard(now: PaceNow): void {
    clearTimeout(this.#relief)
    if (isSlower(this.#told.pace, now.pace)) {
      this.#relief = setTimeout(() => {
        this.#say(now)
      }, RELIEF_MS)
    } else this.#say(now)
  }

  #say(now: PaceNow): void {
    if (JSON.stringify(now) === JSON.stringify(this.#told)) return
    this.#told = now
    this.#tell(now)
  }
}
