import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { posix, win32 } from 'node:path'
import type { Readable } from 'node:stream'
import { SourceError, type ToolAnswer } from '../contract/sources'
import { decode } from './decode'

export interface ToolLimits {
  readonly timeoutMs: number
  readonly maxBytes: number
  readonly signal: AbortSignal
}

type Child = ChildProcessByStdio<null, Readable, Readable>

/**
 * Runs a program of the system and reads what it writes. It gets no input, no shell and an environment of its own; it and
 * whatever it started are ended when the time is over, when it writes too much, or when nobody waits any more.
 */
export async function runTool(
  path: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  limits: ToolLimits
): Promise<ToolAnswer> {
  if (!posix.isAbsolute(path) && !win32.isAbsolute(path))
    throw new SourceError('unusable', 'no absolute path')
  // Windows knows no groups of processes, and no paths that begin with a slash.
  const inGroup = posix.isAbsolute(path)
  const name = win32.basename(posix.basename(path))
  limits.signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    // A group of its own, where the system has groups, so that a grandchild that keeps the output open ends too.
    const child = spawn(path, args, {
      cwd: inGroup ? '/' : undefined,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: false,
      windowsHide: true,
      detached: inGroup
    })
    const chunks: Buffer[] = []
    let bytes = 0
    const finish = (act: () => void): void => {
      clearTimeout(timer)
      limits.signal.removeEventListener('abort', abandoned)
      for (const stream of [child.stdout, child.stderr]) stream.destroy()
      end(child, inGroup)
      act()
    }
    const fail = (kind: SourceError['kind'], problem: string): void =>
      finish(() => reject(new SourceError(kind, `${name} ${problem}`)))
    const abandoned = (): void => fail('unusable', 'was ended')
    const timer = setTimeout(
      () => fail('unusable', `did not end within ${limits.timeoutMs} ms`),
      limits.timeoutMs
    )
    limits.signal.addEventListener('abort', abandoned, { once: true })
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes > limits.maxBytes) fail('unusable', 'said too much')
        else chunks.push(chunk)
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
          const output = decode(Buffer.concat(chunks))
          if (output === null) reject(new SourceError('unusable', `${name} wrote what is not UTF-8`))
          else resolve({ code, output })
        })
    })
  })
}

function end(child: Child, inGroup: boolean): void {
  if (child.pid === undefined) return
  try {
    if (inGroup) process.kill(-child.pid, 'SIGKILL')
    else child.kill('SIGKILL')
  } catch (error) {
    // The whole group is gone already.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
