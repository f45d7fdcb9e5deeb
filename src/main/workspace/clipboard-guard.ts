import type { ClipboardRule } from '../../core/policy/desktop'

/** How often a clipboard that has to stay empty is looked at, milliseconds. */
const LOOK_MS = 200

/** Keeps what was copied in the workspace from staying where other programs, or the next person, find it. */
export class ClipboardGuard {
  readonly #clear: () => void
  #rule: ClipboardRule = 'allow'
  #timer: NodeJS.Timeout | undefined

  /** `clear` empties the system's clipboard. */
  constructor(clear: () => void) {
    this.#clear = clear
  }

  /** What holds from now on; `allow` while nobody works. A change empties it: what was there before is nobody's any more. */
  set(rule: ClipboardRule): void {
    if (rule === this.#rule) return
    // One of the two rules is not to leave it alone.
    this.#clear()
    this.#rule = rule
    clearInterval(this.#timer)
    this.#timer = rule === 'block' ? setInterval(this.#clear, LOOK_MS) : undefined
  }

  /** The desk was covered, somebody came or went, or another window came forward: what was copied is not for it. */
  empty(): void {
    if (this.#rule !== 'allow') this.#clear()
  }

  stop(): void {
    this.set('allow')
  }
}
