/** Different problems of one run that are recorded. A hub that finds more ways than this is known well enough. */
const MAX_SAID = 100

/**
 * What the hub did that no hub does: answers that are none, acknowledgements of what was never sent. Each kind is told
 * once, as a record that waits for a hub that answers truly.
 */
export class OddAnswers {
  readonly #said = new Set<string>()

  constructor(private readonly record: (problem: string) => void) {}

  /** `where` is the route as the wire names it, without what varies: `sync`, `sign-in`. */
  tell(where: string, problem: string): void {
    const label = `${where}: ${problem}`.slice(0, 200)
    if (this.#said.has(label) || this.#said.size >= MAX_SAID) return
    this.#said.add(label)
    this.record(label)
  }
}

/** The route of a path, without what varies in it. */
export const routeOf = (path: string): string =>
  path
    .split('/')
    .slice(3, 5)
    .filter((part) => /^[a-z-]+$/.test(part))
    .join('/')
