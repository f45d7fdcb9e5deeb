import type { CheckResult } from '../../core/check/check'
import {
  fitnessOf,
  outdated,
  standingsOf,
  withHeard,
  type Heard,
  type Standing
} from '../../core/check/posture'
import { checkNames } from '../../core/check/names'
import type { CheckRules } from '../../core/policy/checks'
import type { MonotonicMs } from '../../core/time'

export interface PostureOptions {
  readonly now: () => MonotonicMs
  /** The rules in force. */
  readonly rules: () => CheckRules
  /** What counts changed: another state, or another consequence of it. */
  readonly changed: (standings: readonly Standing[]) => void
  /** Nothing of what is known counts any more: look again, now. */
  readonly lookAgain: () => void
}

/** A longer pause between two looks than this means that the whole program stood still, and nobody knows for how long. */
const STOOD_STILL_MS = 10_000

/** What is known of the computer's checks, and since when. Time is monotonic: no change of the wall clock makes it fresh. */
export class Posture {
  readonly #options: PostureOptions
  #heard: ReadonlyMap<string, Heard> = new Map()
  #told = ''
  #lookedAt: MonotonicMs

  constructor(options: PostureOptions) {
    this.#options = options
    this.#lookedAt = options.now()
  }

  get standings(): readonly Standing[] {
    return standingsOf(this.#heard, this.#options.rules(), this.#options.now())
  }

  /** Takes answers, unless the program stood still since the last look: then they may have been on their way for long. */
  hear(results: readonly CheckResult[]): void {
    if (this.look()) return
    this.#heard = withHeard(this.#heard, results, this.#options.now())
    this.#tell()
  }

  /** The computer slept, or something changed that answers were about. `only`: the checks that are concerned. */
  expire(only: (name: string) => boolean = () => true): void {
    if (!checkNames.some(only)) return
    this.#heard = outdated(this.#heard, only)
    this.#tell()
    this.#options.lookAgain()
  }

  /** Lets answers grow old. Call it often. True when the program stood still since the last call. */
  look(): boolean {
    const now = this.#options.now()
    const stoodStill = now - this.#lookedAt > STOOD_STILL_MS
    this.#lookedAt = now
    if (stoodStill) this.expire()
    else this.#tell()
    return stoodStill
  }

  #tell(): void {
    const { standings } = this
    const { unfit, doubtful } = fitnessOf(standings)
    const word = JSON.stringify([
      unfit,
      doubtful,
      standings.map(({ id, state, evidence, enforcement }) => [id, state, evidence, enforcement])
    ])
    if (word === this.#told) return
    this.#told = word
    this.#options.changed(standings)
  }
}
