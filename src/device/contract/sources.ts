import type { Question, Reply } from '../../contract/service/question'

/**
 * A source that gave no answer: `absent` when it is not there at all, `unusable` when it hung, failed, said too much or
 * what is not text. Checks let it pass through: whoever runs them makes `unknown` or `error` of it, and never a pass.
 */
export class SourceError extends Error {
  constructor(
    readonly kind: 'absent' | 'unusable',
    message: string
  ) {
    super(message)
  }
}

/**
 * A text of the system, and when it was last changed or put there (milliseconds of the wall clock since 1970): a copy that
 * keeps its time of change is as new as its being there.
 */
export interface SourceFile {
  readonly text: string
  readonly modifiedMs: number
}

/** How a program ended, and what it wrote. */
export interface ToolAnswer {
  readonly code: number
  readonly output: string
}

/**
 * All that a check may look at. Everything is held to a time and a size, and read as strict UTF-8. Programs are started
 * by their absolute path with a list of arguments, never through a shell.
 */
export interface Sources {
  /** What a program writes when it ends with 0; anything else is a `SourceError`. */
  tool(path: string, args: readonly string[]): Promise<string>
  /** The same for a program whose exit code, or second output, is a part of its answer. */
  ask(path: string, args: readonly string[]): Promise<ToolAnswer>
  file(path: string): Promise<SourceFile>
  /** The names in a folder. */
  folder(path: string): Promise<readonly string[]>
  /** When something was last put into a folder or taken out of it, milliseconds of the wall clock since 1970. */
  folderChangedMs(path: string): Promise<number>
  /** Where a symbolic link points, as it is written. */
  link(path: string): Promise<string>
  /** One variable of the environment; undefined when it is not set or empty. */
  variable(name: string): string | undefined
  /** What the privileged service answers. A refusal is a `SourceError`. */
  service<Asked extends Exclude<Question['ask'], 'programs' | 'lock-down'>>(
    ask: Asked
  ): Promise<Extract<Reply, { kind: Asked }>>
  /** The wall clock, milliseconds since 1970. */
  wallMs(): number
}

/** The answer, or null where a source is allowed not to be there. */
export async function ifThere<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof SourceError && error.kind === 'absent') return null
    throw error
  }
}

/** For answers that are there and cannot be understood. */
export const garbled = (what: string): SourceError =>
  new SourceError('unusable', `${what} gave an answer that cannot be read`)
