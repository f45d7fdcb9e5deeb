/**
 * One question to the hub that is asked now and then, never twice at a time: asked while it is under way, it is put once
 * more after that. It can be broken off, so that something else need not wait behind it.
 */
export class Question {
  readonly #put: (signal: AbortSignal) => Promise<void>
  #abort: AbortController | null = null
  #again = false

  /** `put` asks and takes the answer; it never rejects. */
  constructor(put: (signal: AbortSignal) => Promise<void>) {
    this.#put = put
  }

  /** What breaks off the question that is under way; null while there is none. */
  get underWay(): AbortController | null {
    return this.#abort
  }

  ask(): void {
    if (this.#abort !== null) {
      this.#again = true
      return
    }
    this.#abort = new AbortController()
    void this.#put(this.#abort.signal).finally(() => {
      this.#abort = null
      if (!this.#again) return
      this.#again = false
      this.ask()
    })
  }

  /** Breaks off the question that is under way, and puts it again afterwards. */
  giveWay(): void {
    if (this.#abort === null) return
    this.#again = true
    this.#abort.abort()
  }
}
