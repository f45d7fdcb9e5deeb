/**
 * One fact about a program: a text; null when the program has none (a file in memory has no path, an ELF file has no
 * signer); undefined when it has one, or may have, and nobody could read it.
 */
export type Fact = string | null | undefined

/** A program that runs, as the operating system knows it. What a person typed (arguments, titles) is no part of it. */
export interface Program {
  /** Process id and start time: a number that is used again is another program. */
  readonly key: string
  readonly pid: number
  /** Where its file lies, or lay when it is deleted by now; null when it never lay anywhere. */
  readonly path: Fact
  /**
   * Names it bears beside its file's: what it calls itself, and the name it was started by. Anybody may choose them, so
   * they can get a program denied and never allowed. A name that its system cuts off is given as it is.
   */
  readonly names: readonly string[]
  /** Of the file that runs, lower-case hex, whatever lies at its path by now. */
  readonly sha256: Fact
  /** The name that its maker built into it (`OriginalFilename` of Windows). */
  readonly originalName: Fact
  /** Who signed it: the subject of an Authenticode certificate, a team of Apple's. */
  readonly signer: Fact
  /** Its file belongs to the system, and only the system can change it. Undefined: nobody could tell. */
  readonly installed: boolean | undefined
  /** Its file is gone from its path, or it never lay on a disk. */
  readonly gone: 'deleted' | 'in-memory' | null
  /** A part of Havendesk itself. */
  readonly own: boolean
  /** It runs for whoever works here, so that it can be closed. */
  readonly closable: boolean
}

/** Linux keeps so many characters of what a process calls itself (TASK_COMM_LEN of the kernel is 16, with its end). */
export const KERNEL_NAME = 15

/** A name as rules compare it: without its folder, without `.exe`, in lower case. */
export const plainName = (name: string): string =>
  name
    .slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
    .trim()
    .toLowerCase()
    .replace(/\.exe$/, '')
