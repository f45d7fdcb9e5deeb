import { stat } from 'node:fs/promises'
import { kill } from 'node:process'
import koffi from 'koffi'
import type { Program } from '../../../core/application/program'
import { ProgramScan, type MakerFacts, type ProgramSystem, type Running } from '../../contract/program-scan'
import type { ProgramReader } from '../../contract/programs'
import { plainEnvironment, runProgram } from '../../contract/run-program'

// Written from Apple's manual pages and headers (ps(1), codesign(1), libproc.h); none of it has been run on a Mac.

/** A look asks no longer than this, milliseconds. */
const ASK_MS = 5000
const MAX_BYTES = 4 * 1024 * 1024
/** PROC_PIDPATHINFO_MAXSIZE of libproc.h. */
const MAX_PATH = 4096

export type Run = (
  path: string,
  args: readonly string[]
) => Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>

const run: Run = (path, args) =>
  runProgram(path, args, {
    environment: { ...plainEnvironment, TZ: 'UTC' },
    maxBytes: MAX_BYTES,
    signal: AbortSignal.timeout(ASK_MS)
  })

/** `ps -axww -o pid=,ppid=,uid=,lstart=,comm=`: the last is what it was started by, which anybody may choose. */
const LINE =
  /^\s*(\d+)\s+(\d+)\s+(\d+)\s+[A-Z][a-z]{2}\s+([A-Z][a-z]{2})\s+(\d{1,2})\s+(\d\d:\d\d:\d\d)\s+(\d{4})\s+(\S.*?)\s*$/

/** Everything that ps lists. Throws on a line that is none: then nobody could say that a program does not run. */
export function parseProcesses(
  text: string,
  uid: number,
  pathOf: (pid: number) => string | null | undefined
): readonly Running[] {
  const running = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): Running => {
      const [, pid, parent, owner, month, day, time, year, comm = ''] = LINE.exec(line) ?? []
      const started = Date.parse(`${day ?? ''} ${month ?? ''} ${year ?? ''} ${time ?? ''} UTC`)
      if (Number.isNaN(started)) throw new Error('ps gave a line that cannot be read')
      return {
        pid: Number(pid),
        parent: Number(parent),
        start: String(started),
        // The kernel's own task runs no file.
        path: pid === '0' ? null : pathOf(Number(pid)),
        names: [comm],
        closable: Number(owner) === uid
      }
    })
  if (!running.some(({ pid }) => pid === 1)) throw new Error('processes of others are hidden')
  return running
}

/** What codesign(1) says of a file: a team counts only where the signature holds and ends at Apple. */
export async function signerOf(path: string, ask: Run = run): Promise<string | null | undefined> {
  const shown = await ask('/usr/bin/codesign', ['-dv', '--verbose=2', path])
  if (shown.code !== 0) return /code object is not signed at all/.test(shown.stderr) ? null : undefined
  const team = /^TeamIdentifier=(not set|[A-Z0-9]{10})$/m.exec(shown.stderr)?.[1]
  if (team === undefined) return undefined
  if (team === 'not set') return null
  const holds = await ask('/usr/bin/codesign', ['--verify', '--strict', '-R=anchor apple generic', path])
  return holds.code === 0 ? team : undefined
}

async function makerOf(path: string, ask: Run): Promise<MakerFacts> {
  const [signer, stats] = await Promise.all([signerOf(path, ask), stat(path)])
  // Programs of macOS have no name of their maker's.
  return { originalName: null, signer, installed: stats.uid === 0 && (stats.mode & 0o022) === 0 }
}

type ProcPidPath = (pid: number, buffer: Buffer, size: number) => number
let bound: ProcPidPath | null = null

/** The file that a process runs, as the kernel knows it; undefined when it does not say. */
function kernelPath(pid: number): string | undefined {
  bound ??= koffi
    .load('/usr/lib/libSystem.B.dylib')
    .func('int proc_pidpath(int pid, _Out_ uint8_t *buffer, uint32_t size)') as ProcPidPath
  const buffer = Buffer.alloc(MAX_PATH)
  const length = bound(pid, buffer, MAX_PATH)
  return length > 0 ? buffer.toString('utf8', 0, length) : undefined
}

/** The system's part of a look at what runs on a Mac. */
export function darwinSystem(ask: Run = run, pathOf = kernelPath): ProgramSystem {
  const uid = process.getuid?.() ?? -1
  const starts = new Map<number, string>()
  return {
    list: async () => {
      const { code, stdout } = await ask('/bin/ps', ['-axww', '-o', 'pid=,ppid=,uid=,lstart=,comm='])
      if (code !== 0) throw new Error(`ps ended with ${String(code)}`)
      const running = parseProcesses(stdout, uid, pathOf)
      starts.clear()
      for (const { pid, start } of running) starts.set(pid, start)
      return running
    },
    makers: async (paths) => {
      const found = await Promise.allSettled(
        paths.map(async (path) => [path, await makerOf(path, ask)] as const)
      )
      // What could not be asked is not known.
      return new Map(found.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])))
    },
    end: ({ pid, key, closable }: Program, how) => {
      // As of the last look, which is the one that it was judged by: macOS tells no start time any cheaper.
      if (!closable || `${String(pid)}:${starts.get(pid) ?? ''}` !== key) return false
      try {
        return kill(pid, how === 'asked' ? 'SIGTERM' : 'SIGKILL')
      } catch {
        // Gone by now, or not ours: what is still there is seen in the next look.
        return false
      }
    }
  }
}

export const darwinPrograms = (): ProgramReader => new ProgramScan(darwinSystem())
