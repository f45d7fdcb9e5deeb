import type { FoundApplication } from '../../../core/application/judge'
import type { Program } from '../../../core/application/program'

/** A program that was asked to end has so long to save what it holds, milliseconds. */
const GRACE_MS = 3000
/** One that was ended and is still there so long after cannot be ended, milliseconds. */
const STUBBORN_MS = 2000

interface Asked {
  readonly askedAt: number
  forcedAt: number | null
}

/** Closes what the policy says to close: asked first, ended after its grace. What stays is stubborn. */
export class Closing {
  readonly #end: (program: Program, how: 'asked' | 'forced') => boolean
  readonly #asked = new Map<string, Asked>()

  constructor(end: (program: Program, how: 'asked' | 'forced') => boolean) {
    this.#end = end
  }

  /** Does what is due now. Keys of the programs that could not be ended. */
  close(found: readonly FoundApplication[], programs: readonly Program[], now: number): readonly string[] {
    const due = found.filter(({ response, closable }) => response === 'close' && closable)
    const keys = new Set(due.map(({ key }) => key))
    for (const key of this.#asked.keys()) if (!keys.has(key)) this.#asked.delete(key)
    for (const key of keys) {
      const program = programs.find((one) => one.key === key)
      if (program !== undefined) this.#step(program, now)
    }
    return [...this.#asked].flatMap(([key, { forcedAt }]) =>
      forcedAt !== null && now - forcedAt >= STUBBORN_MS ? [key] : []
    )
  }

  #step(program: Program, now: number): void {
    const asked = this.#asked.get(program.key)
    if (asked === undefined) {
      this.#asked.set(program.key, { askedAt: now, forcedAt: null })
      this.#end(program, 'asked')
    } else if (now - asked.askedAt >= GRACE_MS) {
      this.#end(program, 'forced')
      asked.forcedAt ??= now
    }
  }
}
