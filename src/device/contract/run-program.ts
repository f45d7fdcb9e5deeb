import { spawn } from 'node:child_process'

const LIMIT_BYTES = 4 * 1024 * 1024

/** What a program printed. Its exit code is not judged here: some tools give one for an ordinary answer. */
export interface Said {
  readonly stdout: string
  readonly stderr: string
  readonly code: number | null
}

export interface RunOptions {
  readonly signal: AbortSignal
  readonly input?: string
  readonly env?: Readonly<Record<string, string>>
}

/**
 * Runs a program of the system by its full path, without a shell. Null when there is no such program; throws when it
 * says more than 4 MB, cannot be started or is aborted.
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  { signal, input = '', env = { LC_ALL: 'C' } }: RunOptions
): Promise<Said | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { signal, killSignal: 'SIGKILL', env, windowsHide: true })
    let [stdout, stderr] = ['', '']
    const add = (to: string, chunk: string): string => {
      if (to.length + chunk.length <= LIMIT_BYTES) return to + chunk
      child.kill('SIGKILL')
      reject(new Error(`${program} said more than ${LIMIT_BYTES} bytes`))
      return ''
    }
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout = add(stdout, chunk)))
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr = add(stderr, chunk)))
    child.stdin.on('error', () => undefined) // it ended before it read everything: what it said tells why
    child.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' ? resolve(null) : reject(error)
    )
    child.once('close', (code) => resolve({ stdout, stderr, code }))
    child.stdin.end(input)
  })
}
