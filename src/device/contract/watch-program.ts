import { spawn } from 'node:child_process'

/** Several changes come together; one look answers them all. Milliseconds. */
const SETTLE_MS = 50
const AGAIN_MS = 1000

/**
 * Calls back soon after a program that runs for as long as we watch printed anything. One that ends, or is not there, is
 * started again: whoever listens also looks on a timer, so nothing depends on it. Answers how to stop.
 */
export function watchProgram(program: string, args: readonly string[], changed: () => void): () => void {
  let stopped = false
  let settling: NodeJS.Timeout | undefined
  let again: NodeJS.Timeout | undefined
  let end: () => void = () => undefined
  const start = (): void => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'], env: { LC_ALL: 'C' } })
    end = () => child.kill('SIGKILL')
    child.stdout.on('data', () => {
      settling ??= setTimeout(() => {
        settling = undefined
        changed()
      }, SETTLE_MS)
    })
    child.once('error', () => undefined) // `close` follows
    child.once('close', () => {
      if (!stopped) again = setTimeout(start, AGAIN_MS)
    })
  }
  start()
  return () => {
    stopped = true
    clearTimeout(settling)
    clearTimeout(again)
    end()
  }
}
