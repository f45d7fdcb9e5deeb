import { spawn, type ChildProcess } from 'node:child_process'
import { posix, win32 } from 'node:path'
import { decode } from './decode'
import { SourceError } from './sources'

/** What a program wrote. Its exit code is not judged here: some give one for an ordinary answer. */
export interface ProgramSaid {
  readonly stdout: string
  readonly stderr: string
  readonly code: number
}

export interface RunOptions {
  /** All of its environment. */
  readonly environment: Readonly<Record<string, string>>
  /** The most bytes that it may write, on both outputs together. */
  readonly maxBytes: number
  /** Aborted when nobody waits any more. There is no other limit of time. */
  readonly signal: AbortSignal
  /** What it reads from its input; nothing when left out. */
  readonly input?: string
  /** Whose rights it has; ours when left out. Only root may say otherwise, and the groups of root are left behind. */
  readonly as?: { readonly uid: number; readonly gid: number }
}

/** For tools whose words are read: none of the person's language, and nothing that loads code. */
export const plainEnvironment = { LC_ALL: 'C' } as const

/**
 * Runs a program of the system by its absolute path, without a shell. It and whatever it started are ended when it writes
 * too much or when nobody waits any more. Throws `SourceError`: `absent` when there is no such program, else `unusable`.
 */
export async function runProgram(
  path: string,
  args: readonly string[],
  { environment, maxBytes, signal, input, as }: RunOptions
): Promise<ProgramSaid> {
  if (!posix.isAbsolute(path) && !win32.isAbsolute(path))
    throw new SourceError('unusable', 'no absolute path')
  // Windows knows no groups of processes, and no paths that begin with a slash.
  const inGroup = posix.isAbsolute(path)
  const name = win32.basename(posix.basename(path))
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    // A group of its own, where the system has groups, so that a grandchild that keeps the output open ends too.
    const child = spawn(path, args, {
      cwd: inGroup ? '/' : undefined,
      env: environment,
      stdio: ['pipe', 'pipe', 'pipe'],
      shell: false,
      windowsHide: true,
      detached: inGroup,
      ...as
    })
    const written = { stdout: [] as Buffer[], stderr: [] as Buffer[] }
    let bytes = 0
    let over = false
    const finish = (act: () => void): void => {
      if (over) return // its number may be another program's by now
      over = true
      signal.removeEventListener('abort', abandoned)
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy()
      end(child, inGroup)
      act()
    }
    const fail = (kind: SourceError['kind'], problem: string): void =>
      finish(() => reject(new SourceError(kind, `${name} ${problem}`)))
    const abandoned = (): void => fail('unusable', 'did not end in time')
    signal.addEventListener('abort', abandoned, { once: true })
    for (const output of ['stdout', 'stderr'] as const) {
      child[output].on('data', (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes > maxBytes) fail('unusable', 'said too much')
        else written[output].push(chunk)
      })
    }
    child.once('error', (error: NodeJS.ErrnoException) => {
      const missing = error.code === 'ENOENT'
      fail(
        missing ? 'absent' : 'unusable',
        missing ? 'is not installed' : `cannot be run (${error.code ?? ''})`
      )
    })
    child.once('close', (code) => {
      if (code === null) fail('unusable', 'was ended by a signal')
      else
        finish(() => {
          const [stdout, stderr] = [
            decode(Buffer.concat(written.stdout)),
            decode(Buffer.concat(written.stderr))
          ]
          if (stdout === null || stderr === null)
            reject(new SourceError('unusable', `${name} wrote what is not UTF-8`))
          else resolve({ code, stdout, stderr })
        })
    })
    child.stdin.on('error', () => undefined) // it ended before it read everything: what it said tells why
    child.stdin.end(input)
  })
}

function end(child: ChildProcess, inGroup: boolean): void {
  if (child.pid === undefined) return
  try {
    if (inGroup) process.kill(-child.pid, 'SIGKILL')
    else child.kill('SIGKILL')
  } catch (error) {
    // The whole group is gone already.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
