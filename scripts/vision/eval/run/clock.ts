/** Where time comes from and how it is waited for. Milliseconds, monotonic. */
export interface Clock {
  now(): number
  pause(ms: number): Promise<void>
  /** Processor time that this program has had so far, milliseconds. */
  cpu(): number
}

const pause = (ms: number): Promise<void> => new Promise((resume) => setTimeout(resume, ms))

const cpu = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** The machine's own: a look costs what it costs, a rest is waited out. */
export const wallClock: Clock = { now: () => performance.now(), pause, cpu }

/**
 * Looks cost what they cost, rests are skipped: the clock is moved on by what a rest would have lasted. For long
 * recordings: the same looks at the same instants of the recording, in less time.
 */
export const hurriedClock = (): Clock => {
  let skipped = 0
  return {
    now: () => performance.now() + skipped,
    pause: (ms) => {
      skipped += Math.max(0, ms)
      return Promise.resolve()
    },
    cpu
  }
}
