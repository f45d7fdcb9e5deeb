/** Runs `act` at once when it is quiet, else once at the end of the period. Always with the newest state. */
export class Throttle {
  readonly #act: () => void
  readonly #periodMs: number
  #timer: NodeJS.Timeout | undefined
  #due = false

  constructor(act: () => void, periodMs: number) {
    this.#act = act
    this.#periodMs = periodMs
  }

  /** Something changed: soon is soon enough. */
  soon(): void {
    if (this.#timer === undefined) this.now()
    else this.#due = true
  }

  /** Something changed that a person must see at once. */
  now(): void {
    clearTimeout(this.#timer)
    this.#due = false
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      if (this.#due) this.now()
    }, this.#periodMs)
    this.#act()
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#due = false
  }
}
