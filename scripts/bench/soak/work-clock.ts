/**
 * A clock that runs while the pipeline works, by the processor time that this program gets, and is put forward over what
 * lies between. So a recording is watched as an idle computer would watch it, as fast as this one can.
 */
export interface WorkClock {
  /** Milliseconds since it was made. */
  readonly now: () => number
  /** Runs the work and answers what it cost, milliseconds of processor time. */
  readonly working: <T>(work: () => Promise<T>) => Promise<{ readonly result: T; readonly ms: number }>
  readonly skip: (ms: number) => void
}

const processorMs = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Drawing and counting are done while it stands: they cost nothing by it. `spent` is for tests. */
export const workClock = (spent: () => number = processorMs): WorkClock => {
  let stood = 0
  let since: number | null = null
  return {
    now: () => stood + (since === null ? 0 : spent() - since),
    working: async (work) => {
      const began = spent()
      since = began
      try {
        const result = await work()
        const ms = spent() - began
        return { result, ms }
      } finally {
        stood += spent() - began
        since = null
      }
    },
    skip: (ms) => {
      stood += Math.max(0, ms)
    }
  }
}
