/** Where time comes from and how it is waited for. Milliseconds, monotonic. */
export interface Clock {
  now(): number
  pause(ms: number): Promise<void>
  /** Processor time that this program has had so far, milliseconds. */
  cpu(): number
  /** A look is over. Only a clock that was told what a look takes wants to know. */
  looked?(): void
}

const pause = (ms: number): Promise<void> => new Promise((resume) => setTimeout(resume, ms))

const cpu = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** The machine's own: a look costs what it costs, a rest is waited out. */
export const wallClock: Clock = { now: () => performance.now(), pause, cpu }

/**
 * Time as a computer with nothing else to do would have it: only this program's own work and the rests it asks for
 * count, and the rests are skipped. For a computer too busy to measure on, and for long recordings. The wall clock
 * decides what is claimed.
 */
export const processorClock = (work: () => number = cpu): Clock => {
  let skipped = 0
  return {
    now: () => work() + skipped,
    pause: (ms) => {
      skipped += Math.max(0, ms)
      return Promise.resolve()
    },
    cpu: work
  }
}

/** Another computer's time: each look takes as long as was stated, milliseconds, and all else takes none. */
export const statedClock = (lookMs: number): Clock & { looked(): void } => {
  let worked = 0
  return {
    ...processorClock(() => worked),
    looked: () => {
      worked += lookMs
    }
  }
}

/** Those that can be asked for by name; `stated` comes with its look time. */
export const clockKinds = ['wall', 'processor'] as const
export type ClockKind = (typeof clockKinds)[number] | 'stated'

/** The clock that was asked for. `lookMs`: how long a look takes on the computer in question, milliseconds. */
export const clockOf = (kind: ClockKind, lookMs: number | null = null): Clock =>
  lookMs !== null ? statedClock(lookMs) : kind === 'wall' ? wallClock : processorClock()
