/**
 * So many refused calls of one window within a second are no slip of ours: its page is out of hand, or somebody else's.
 * The busiest page of ours speaks 60 times a second. Electron takes 0.1 to 0.2 ms of main's time for a message, whatever
 * main does with it: at 10,000 a second nothing else of main has its turn for seconds, so that the sender has to go.
 */
export const FLOOD_PER_SECOND = 1000

const SECOND_MS = 1000

/** Tells a window that floods main from one that errs. `now` is monotonic, milliseconds. */
export class FloodWatch {
  readonly #windows = new Map<number, { readonly since: number; refused: number }>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  /** Counts a refused call; true for the one that makes it a flood, again for each further second that it goes on. */
  refused(sender: number): boolean {
    const now = this.#now()
    const known = this.#windows.get(sender)
    if (known === undefined || now - known.since >= SECOND_MS) {
      this.#windows.set(sender, { since: now, refused: 1 })
      return false
    }
    known.refused += 1
    return known.refused === FLOOD_PER_SECOND
  }
}
