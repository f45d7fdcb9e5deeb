import { readdirSync } from 'node:fs'
import { kill } from 'node:process'
import type { Program } from '../../../core/application/program'
import type { ProgramFile, ProgramLook, ProgramReader } from '../../contract/programs'
import { FileHashes } from './hashes'
import {
  ifThere,
  isOurs,
  memoryName,
  readFileOf,
  readStat,
  startedAs,
  type ProcessStat,
  type RunningFile
} from './process'

/** How long an answer of the service about a program that did not change counts, milliseconds. */
const ASK_AGAIN_MS = 10_000

interface Kept {
  /** Everything that was read of it: the same again is the same program. */
  readonly sign: string
  readonly program: Program
  /** When the service was asked about it; null when it was not. */
  readonly askedAt: number | null
}

interface Seen extends ProcessStat {
  readonly pid: number
  readonly file: RunningFile | 'unreadable'
  readonly names: readonly string[]
}

/** Everything that runs, from /proc. A process that starts another file keeps its id and start time: both are read each time. */
export class LinuxPrograms implements ProgramReader {
  readonly #hashes = new FileHashes()
  #kept: ReadonlyMap<number, Kept> = new Map()

  async look({ hashes, main, ask }: ProgramLook): Promise<readonly Program[]> {
    const seen = readProcesses()
    const own = ownOf(seen, main)
    const now = performance.now()
    const signs = new Map(
      seen.map((one) => [one.pid, `${signOf(one)}|${String(hashes)}|${String(own.has(one.pid))}`])
    )
    const isKept = ({ pid, file }: Seen): boolean => {
      const kept = this.#kept.get(pid)
      if (kept === undefined || kept.sign !== signs.get(pid)) return false
      if (hashes && kept.program.sha256 === undefined && file !== 'unreadable' && !own.has(pid)) return false
      return file !== 'unreadable' || (kept.askedAt !== null && now - kept.askedAt < ASK_AGAIN_MS)
    }
    const unread = seen.filter((one) => one.file === 'unreadable' && !own.has(one.pid) && !isKept(one))
    const answers = new Map<number, ProgramFile>()
    if (unread.length > 0)
      for (const answer of await ask(
        unread.map(({ pid }) => pid),
        hashes
      ))
        answers.set(answer.pid, answer)
    const next = new Map<number, Kept>()
    for (const one of seen) {
      const before = this.#kept.get(one.pid)
      if (before !== undefined && isKept(one)) {
        next.set(one.pid, before)
        continue
      }
      const program = await this.#programOf(one, own.has(one.pid), hashes, answers.get(one.pid))
      next.set(one.pid, {
        sign: signs.get(one.pid) ?? '',
        program,
        askedAt: one.file === 'unreadable' ? now : null
      })
    }
    this.#kept = next
    return [...next.values()].map(({ program }) => program)
  }

  end({ pid, key }: Program, how: 'asked' | 'forced'): boolean {
    // The number may belong to somebody else by now.
    const stat = readStat(pid)
    if (stat === null || keyOf(pid, stat) !== key || !isOurs(pid)) return false
    return ifThere(() => kill(pid, how === 'asked' ? 'SIGTERM' : 'SIGKILL')) !== null
  }

  async #programOf(
    one: Seen,
    own: boolean,
    hashes: boolean,
    answer: ProgramFile | undefined
  ): Promise<Program> {
    const { pid, file, names } = one
    const base = {
      key: keyOf(pid, one),
      pid,
      names,
      originalName: null,
      signer: null,
      own,
      closable: isOurs(pid)
    }
    if (file !== 'unreadable') {
      const sha256 = hashes && !own ? await this.#hashes.of(pid, file.identity) : undefined
      return { ...base, path: file.path, gone: file.gone, installed: file.installed, sha256 }
    }
    if (answer === undefined || answer.start !== one.start)
      return { ...base, path: undefined, gone: null, installed: undefined, sha256: undefined }
    const { path, gone, installed, sha256 } = answer
    return { ...base, path, gone, installed, sha256 }
  }
}

const keyOf = (pid: number, { start }: Pick<ProcessStat, 'start'>): string => `${pid}:${start}`

const signOf = ({ start, file, names }: Seen): string =>
  JSON.stringify([start, file === 'unreadable' ? null : [file.identity, file.path, file.gone], names])

/** Rejects when the processes of others are hidden: then nobody could say that a program does not run. */
function readProcesses(): readonly Seen[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  // With hidepid, the first process is out of sight, and with it whatever else is not ours.
  if (!pids.includes('1')) throw new Error('processes of others are hidden')
  return pids.flatMap((name): Seen[] => {
    const pid = Number(name)
    const stat = readStat(pid)
    if (stat === null) return []
    const file = readFileOf(pid)
    if (file === null) return []
    const inMemory = file !== 'unreadable' && file.gone === 'in-memory' ? memoryName(pid) : null
    const names = [stat.comm, ...startedAs(pid, stat.comm), inMemory].filter((text) => text !== null)
    return [{ ...stat, pid, file, names }]
  })
}

/** Main and all that it started. */
function ownOf(seen: readonly Seen[], main: number): ReadonlySet<number> {
  const own = new Set([main])
  for (let before = -1; before < own.size;) {
    before = own.size
    for (const { pid, parent } of seen) if (own.has(parent)) own.add(pid)
  }
  return own
}

/** What the service answers about processes whose files only root may look at. One that is gone has no answer. */
export async function programFiles(
  pids: readonly number[],
  withHashes: boolean,
  hashes: FileHashes
): Promise<readonly ProgramFile[]> {
  const answers: ProgramFile[] = []
  for (const pid of pids) {
    const stat = readStat(pid)
    const file = stat === null ? null : readFileOf(pid)
    if (stat === null || file === null || file === 'unreadable') continue
    const sha256 = withHashes ? await hashes.of(pid, file.identity) : undefined
    const { path, gone, installed } = file
    answers.push({ pid, start: stat.start, path, gone, installed, sha256 })
  }
  return answers
}
