import { describeAlteration, type ProgramVerdict } from '../../core/integrity/alteration'
import type { Flavour } from '../../core/flavour'

/** What the desk does with a verdict about its own program. */
export interface ProgramWatchOptions {
  readonly flavour: Flavour
  /** Each thing that is wrong, once: which file, what was expected, what was found. */
  readonly event: (detail: string) => void
  /** The verdict is what is known from now on. */
  readonly known: (verdict: ProgramVerdict, isProblem: boolean) => void
  /** No session from now on in this run, and none goes on. */
  readonly refused: () => void
}

/**
 * What is known of the program's own files. No session begins before the first check of a run passed. An altered
 * program stays altered for the whole run: what was loaded from it may run already.
 */
export class ProgramWatch {
  readonly #options: ProgramWatchOptions
  readonly #told = new Set<string>()
  #checked = false
  #refused = false

  constructor(options: ProgramWatchOptions) {
    this.#options = options
  }

  /** True while a session may begin. */
  get allows(): boolean {
    return this.#checked && !this.#refused
  }
  get isRefused(): boolean {
    return this.#refused
  }

  take(verdict: ProgramVerdict): void {
    const { flavour, event, known, refused } = this.#options
    const problems = problemsOf(verdict, flavour)
    if (this.#refused && problems.length === 0) return
    this.#checked = true
    for (const detail of problems) {
      if (this.#told.has(detail)) continue
      this.#told.add(detail)
      event(detail)
    }
    known(verdict, problems.length > 0)
    if (problems.length === 0 || this.#refused) return
    this.#refused = true
    refused()
  }
}

/** One line for each thing that is wrong. A release that was not packaged is refused; other builds work and say so. */
function problemsOf(verdict: ProgramVerdict, flavour: Flavour): readonly string[] {
  switch (verdict.kind) {
    case 'whole':
      return []
    case 'not-packaged':
      return flavour === 'release' ? ['not packaged'] : []
    case 'altered':
      return verdict.alterations.map(describeAlteration)
    case 'unverifiable':
      return [verdict.problem]
  }
}
