/** One step of the start, with its way back. */
export interface Step<T> {
  readonly name: string
  perform(): T | Promise<T>
  /** Undoes the step. `value` is undefined when `perform` did not end well. */
  revert(value: T | undefined): void | Promise<void>
}

export interface SequenceHooks {
  readonly performed: (name: string, ms: number) => void
  readonly failed: (name: string, error: unknown) => void
}

/** The longest one step may take to go back, milliseconds: a stuck one must not hold up the others. */
const REVERT_LIMIT_MS = 12_000

/** Performs steps in order and reverts them last first. A step is noted before it is performed, so half of one is undone too. */
export class Sequence {
  readonly #hooks: SequenceHooks
  readonly #done: (() => Promise<void>)[] = []
  #reverting: Promise<void> | null = null

  constructor(hooks: SequenceHooks) {
    this.#hooks = hooks
  }

  async perform<T>(step: Step<T>): Promise<T> {
    if (this.#reverting !== null) throw new Error(`${step.name} is not begun: the program is closing`)
    const made: { value?: T } = {}
    this.#done.push(async () => {
      await withLimit(
        Promise.resolve().then(() => step.revert(made.value)),
        step.name
      )
    })
    const started = performance.now()
    const value = await step.perform()
    made.value = value
    this.#hooks.performed(step.name, performance.now() - started)
    return value
  }

  /** Undoes everything, once. A step that fails to go back does not keep the earlier ones from it. */
  revert(): Promise<void> {
    this.#reverting ??= this.#revertAll()
    return this.#reverting
  }

  async #revertAll(): Promise<void> {
    for (let back = this.#done.pop(); back !== undefined; back = this.#done.pop()) {
      try {
        await back()
      } catch (error) {
        this.#hooks.failed('revert', error)
      }
    }
  }
}

async function withLimit(work: Promise<void>, name: string): Promise<void> {
  let limit: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    limit = setTimeout(() => {
      reject(new Error(`${name} did not go back within ${String(REVERT_LIMIT_MS)} ms`))
    }, REVERT_LIMIT_MS)
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(limit)
  }
}
