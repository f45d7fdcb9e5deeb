import type { ClipboardRule } from '../../core/policy/desktop'

/** How often a clipboard that has to stay empty is looked at, milliseconds. */
const LOOK_MS = 200

/** What the guard needs of Electron's clipboard. */
export interface ClipboardHand {
  readonly isEmpty: () => boolean
  readonly clear: () => void
}

/** Keeps what was copied in the workspace from staying where other programs, or the next person, find it. */
export class ClipboardGuard {
  readonly #hand: ClipboardHand
  #rule: ClipboardRule = 'allow'
  #timer: NodeJS.Timeout | undefined

  constructor(hand: ClipboardHand) {
    this.#hand = hand
  }

  /** What holds from now on; `allow` while nobody works. A change empties it: what was there before is nobody's any more. */
  set(rule: ClipboardRule): void {
    if (rule === this.#rule) return
    this.#emptyUnless('allow')
    this.#rule = rule
    this.#emptyUnless('allow')
    clearInterval(this.#timer)
    this.#timer = rule === 'block' ? setInterval(this.#look, LOOK_MS) : undefined
  }

  /** The desk was covered, or somebody came or went. */
  empty(): void {
    this.#emptyUnless('allow')
  }

  /** Another window came forward: what was copied for the workspace is not for it. */
  left(): void {
    this.#emptyUnless('allow')
  }

  stop(): void {
    this.set('allow')
  }

  readonly #look = (): void => {
    if (!this.#hand.isEmpty()) this.#hand.clear()
  }

  #emptyUnless(rule: ClipboardRule): void {
    if (this.#rule !== rule) this.#hand.clear()
  }
}
