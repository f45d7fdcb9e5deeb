/**
 * How long a cover may take to be drawn, milliseconds. Ending the process that draws and drawing by the next one have to
 * fit into what is left of the promise of three seconds.
 */
export const drawnWithinMs = 1_500

export interface CoverProofOptions {
  /** Resolves when the cover was drawn anew; what it rejects with counts as not drawn. */
  readonly drawn: () => Promise<unknown>
  /** Ends the process that draws. The runtime starts another one, which draws the cover. */
  readonly endGraphics: () => void
  readonly fault: (error: Error) => void
}

/**
 * Makes sure that a cover is not only ordered but drawn. Windows are shown by main, their contents by the graphics process:
 * while that one hangs, what was on the screen stays there, whatever main has decided.
 */
export class CoverProof {
  readonly #options: CoverProofOptions
  #running = 0

  constructor(options: CoverProofOptions) {
    this.#options = options
  }

  /** The workspace was on the screen, and the cover has just been ordered. */
  begin(): void {
    const mine = (this.#running += 1)
    const late = setTimeout(() => {
      if (mine !== this.#running) return
      this.#options.fault(new Error(`The cover was not drawn within ${drawnWithinMs} ms.`))
      this.#options.endGraphics()
    }, drawnWithinMs)
    this.#options.drawn().then(
      () => {
        clearTimeout(late)
      },
      // The timer speaks for it.
      () => undefined
    )
  }

  /** The cover is lifted again: it need not be drawn any more. */
  end(): void {
    this.#running += 1
  }
}
