import { closeSync, lstatSync, openSync, readFileSync, readlinkSync, readSync, statSync } from 'node:fs'
import type { Program } from '../../../core/application/program'

/** Flag of kernel threads in /proc/PID/stat (include/linux/sched.h, PF_KTHREAD): they run no file. */
const PF_KTHREAD = 0x00200000
/** What the kernel keeps of a name (TASK_COMM_LEN less its end). */
const COMM_LENGTH = 15
/** Most bytes of what a process was started by that are looked at. */
const NAME_BYTES = 512

/** The fields of /proc/PID/stat that are looked at (proc_pid_stat(5)). */
export interface ProcessStat {
  readonly comm: string
  readonly parent: number
  /** Clock ticks since the system started: with the pid it is one process. */
  readonly start: string
}

/** Null for what runs no program: a kernel thread, a process that has ended, one that is not there. */
export function readStat(pid: number): ProcessStat | null {
  const text = ifThere(() => readFileSync(`/proc/${pid}/stat`, 'latin1'))
  return text === null ? null : parseStat(text)
}

/** The name may hold spaces and brackets: it ends at the last bracket. Throws on what is no line of the kernel's. */
export function parseStat(text: string): ProcessStat | null {
  const [from, to] = [text.indexOf('('), text.lastIndexOf(')')]
  const fields = text.slice(to + 2).split(' ')
  const [state, parent, , , , , flags] = fields
  const start = fields[19]
  if (from < 0 || to < from || !/^\d+$/.test(start ?? '') || !/^\d+$/.test(flags ?? ''))
    throw new Error('/proc gave a line that cannot be read')
  if (state === 'Z' || state === 'X' || (Number(flags) & PF_KTHREAD) !== 0) return null
  // The kernel's own bytes: a name need not be UTF-8, and is compared as it can be read.
  const comm = Buffer.from(text.slice(from + 1, to), 'latin1').toString('utf8')
  return { comm, parent: Number(parent), start: start ?? '' }
}

/** The file that a process runs. `identity` changes with the file, wherever it lies. */
export interface RunningFile {
  readonly path: string | null
  readonly gone: Program['gone']
  readonly identity: string
  readonly installed: boolean
}

/** `unreadable`: it is there and this user may not look. Null: the process is gone. */
export function readFileOf(pid: number): RunningFile | 'unreadable' | null {
  const link = `/proc/${pid}/exe`
  try {
    const target = readlinkSync(link)
    // Through the link the kernel opens the file itself, also when its name is gone.
    const stats = statSync(link)
    const identity = [stats.dev, stats.ino, stats.size, stats.mtimeMs, stats.ctimeMs].join(':')
    const place = placeOf(target, stats)
    const installed = place.gone === null && stats.uid === 0 && (stats.mode & 0o022) === 0
    return { ...place, identity, installed }
  } catch (error) {
    const code = codeOf(error)
    if (code === 'EACCES' || code === 'EPERM') return 'unreadable'
    if (code === 'ENOENT' || code === 'ESRCH') return null
    throw error
  }
}

const DELETED = ' (deleted)'

function placeOf(
  target: string,
  { dev, ino }: { dev: number; ino: number }
): Pick<RunningFile, 'path' | 'gone'> {
  if (!target.endsWith(DELETED)) return { path: target, gone: null }
  // A file may bear those words itself.
  const there = ifThere(() => lstatSync(target))
  if (there !== null && there.dev === dev && there.ino === ino) return { path: target, gone: null }
  const path = target.slice(0, -DELETED.length)
  return path.startsWith('/memfd:') ? { path: null, gone: 'in-memory' } : { path, gone: 'deleted' }
}

/** The name a file in memory was given, which is no path; null for any other. */
export function memoryName(pid: number): string | null {
  const target = ifThere(() => readlinkSync(`/proc/${pid}/exe`))
  return target?.startsWith('/memfd:') === true ? target.slice('/memfd:'.length).replace(DELETED, '') : null
}

/**
 * The names a process was started by: its first argument, and for a script whose name the kernel cut off, the script's.
 * The rest of its arguments is not kept.
 */
export function startedAs(pid: number, comm: string): readonly string[] {
  const [first = '', second = ''] = argumentsOf(pid)
  // For a script the kernel takes its file's name, and hands its path to the interpreter.
  const script = second.slice(second.lastIndexOf('/') + 1)
  const isScript = comm.length === COMM_LENGTH && script.startsWith(comm)
  return [first, isScript ? script : ''].filter((name) => name !== '')
}

function argumentsOf(pid: number): readonly string[] {
  const read = ifThere(() => {
    const file = openSync(`/proc/${pid}/cmdline`, 'r')
    try {
      const bytes = Buffer.alloc(NAME_BYTES)
      const length = readSync(file, bytes, 0, NAME_BYTES, 0)
      const [first = '', second = ''] = bytes.toString('utf8', 0, length).split('\0')
      bytes.fill(0)
      // A process that has ended reads like one with no arguments.
      return [first, second]
    } finally {
      closeSync(file)
    }
  })
  return read ?? []
}

/** True when the process belongs to this user. */
export const isOurs = (pid: number): boolean =>
  ifThere(() => statSync(`/proc/${pid}`).uid) === process.getuid?.()

/** What is read, or null when it is gone or not ours to read. */
export function ifThere<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM', 'EINVAL', 'ENOTDIR'].includes(codeOf(error))) return null
    throw error
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
