/** How often the system is asked, milliseconds. */
export const INPUT_LOOK_MS = 5000

export interface InputWatchOptions {
  /** Seconds since keyboard or mouse were last touched, by the system's word. */
  readonly idleSeconds: () => number
  readonly isSignedIn: () => boolean
  /** Somebody touched something so many milliseconds ago. */
  readonly touched: (agoMs: number) => void
}

/** Tells of input at the desk: that there was some and when, never what. Nothing while nobody is signed in. */
export class InputWatch {
  readonly #timer: NodeJS.Timeout

  constructor(options: InputWatchOptions) {
    this.#timer = setInterval(() => {
      if (!options.isSignedIn()) return
      const agoMs = options.idleSeconds() * 1000
      if (agoMs < INPUT_LOOK_MS + 1000) options.touched(agoMs)
    }, INPUT_LOOK_MS)
  }

  stop(): void {
    clearInterval(this.#timer)
  }
}
