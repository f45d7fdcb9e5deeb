import type { MonotonicMs } from '../../core/time'

/** How often silence is looked for, milliseconds. */
export const WATCH_MS = 50
/** The promise is black within 3 s of the last frame: the rest is for looking, covering and painting. */
const LONGEST_GAP_MS = 2750
/** A sensor that has observed and went silent is stuck after this long and is started anew. */
const STUCK_MS = 4000
/** The first observation of a run may take this long: weights are loaded and the graph is warmed up. */
const WARM_UP_MS = 60_000

export interface WatchdogOptions {
  /** The policy's longest silence, milliseconds. */
  readonly maxGapMs: () => number
  readonly now: () => MonotonicMs
  /** No frame for longer than allowed; told once per silence. */
  readonly silent: () => void
  /** Silent for so long that the sensor should be started anew; told again if that does not help. */
  readonly stuck: () => void
}

/** Turns the sensor's silence into an event. Call `look` every `WATCH_MS`. */
export class Watchdog {
  readonly #options: WatchdogOptions
  #lastFrame: MonotonicMs
  #startedAt: MonotonicMs
  #observed = false
  /** Once the sensor has looked, its silence means something; before, it is warming up and nothing is shown anyway. */
  #everObserved = false
  #told = false
  /** While the camera is known to be lost its silence is explained, and no restart brings it back. */
  #paused = false

  constructor(options: WatchdogOptions) {
    this.#options = options
    this.#lastFrame = options.now()
    this.#startedAt = this.#lastFrame
  }

  /** An observation arrived, of a frame caught at `frameAt`. */
  observed(frameAt: MonotonicMs): void {
    this.#lastFrame = Math.max(this.#lastFrame, frameAt)
    this.#observed = true
    this.#everObserved = true
    this.#told = false
  }

  /** The sensor starts anew: it has the warm-up's time again. */
  restarted(): void {
    this.#startedAt = this.#options.now()
    this.#observed = false
  }

  pause(): void {
    this.#paused = true
  }

  /** The camera is live: silence counts again from now. */
  resume(): void {
    if (!this.#paused) return
    this.#paused = false
    this.#lastFrame = Math.max(this.#lastFrame, this.#options.now())
  }

  look(): void {
    if (this.#paused) return
    const now = this.#options.now()
    const gap = now - this.#lastFrame
    const warm = this.#everObserved || now - this.#startedAt > WARM_UP_MS
    if (warm && !this.#told && gap > Math.min(this.#options.maxGapMs(), LONGEST_GAP_MS)) {
      this.#told = true
      this.#options.silent()
    }
    const stuck = this.#observed ? gap > STUCK_MS : now - this.#startedAt > WARM_UP_MS
    if (stuck) {
      this.restarted()
      this.#options.stuck()
    }
  }
}
