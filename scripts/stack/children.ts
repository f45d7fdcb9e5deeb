import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'

/** Programs that were started here and must not outlive us. */
export class Children {
  readonly #running = new Set<ChildProcess>()

  /** Starts a program in a process group of its own, so that its helpers end with it. */
  start(command: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
    const child = spawn(command, args, { ...options, detached: true })
    this.#running.add(child)
    child.once('exit', () => this.#running.delete(child))
    return child
  }

  /** Ends everything: politely first, for good after the limit. */
  async endAll(limitMs = 5000): Promise<void> {
    await Promise.all([...this.#running].map((child) => endGroup(child, limitMs)))
  }
}

/** Ends a program and its process group; resolves when it is gone. */
export async function endGroup(child: ChildProcess, limitMs = 5000): Promise<void> {
  const { pid } = child
  if (pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  signalGroup(pid, 'SIGTERM')
  const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), limitMs)
  await gone
  clearTimeout(timer)
  signalGroup(pid, 'SIGKILL') // helpers that outlived their parent
}

/** Signals a whole process group; that it is already gone is no error. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

/** Waits for the first line on a program's standard output that `read` understands. */
export function firstLine<T>(
  child: ChildProcess,
  read: (line: string) => T | null,
  limitMs: number
): Promise<T> {
  return new Promise((resolve, reject) => {
    let text = ''
    const timer = setTimeout(() => {
      reject(
        new Error(
          `no answer within ${String(limitMs)} ms from ${child.spawnfile}; it said: ${text.slice(-500)}`
        )
      )
    }, limitMs)
    child.once('error', reject)
    child.once('exit', (code) => {
      clearTimeout(timer)
      reject(new Error(`${child.spawnfile} ended with ${String(code)}; it said: ${text.slice(-500)}`))
    })
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      for (const line of text.split('\n')) {
        const value = read(line)
        if (value === null) continue
        clearTimeout(timer)
        resolve(value)
        return
      }
    })
  })
}
