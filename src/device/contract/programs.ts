import type { Program } from '../../core/application/program'

/** What the service says of a program whose file this user may not look at. */
export interface ProgramFile {
  readonly pid: number
  /** When it started, in the system's own count: with the pid it is one program. */
  readonly start: string
  readonly path: string | null
  readonly gone: Program['gone']
  readonly sha256: string | null | undefined
  readonly installed: boolean
}

export interface ProgramLook {
  /** Reads the hash of every file: costs a second or two the first time. */
  readonly hashes: boolean
  /** Asks who made every file, and whether only the system can change it, where the system has no cheaper way. */
  readonly makers: boolean
  /** Process id of Havendesk's main process: it, and what it started of the application's own files, is our own. */
  readonly main: number
  /** Asks somebody with more rights about these processes. No answer about one leaves it unread. */
  readonly ask: (pids: readonly number[], hashes: boolean) => Promise<readonly ProgramFile[]>
}

/** Reads what runs. It keeps what it read: a program that did not change is the same object in the next look. */
export interface ProgramReader {
  /** Everything that runs now. Rejects when the list of processes cannot be read. */
  look(order: ProgramLook): Promise<readonly Program[]>
  /** Asks a program to end, or ends it. False when it is not there any more, or not ours to end. */
  end(program: Program, how: 'asked' | 'forced'): boolean
}
