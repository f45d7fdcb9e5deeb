/** One clock for a whole page: it ticks each second while somebody listens, and can be set to another's time. */
export interface Ticker {
  /** Milliseconds since the epoch by the clock that `setOffset` named. */
  readonly now: () => number
  /** How far that clock runs ahead of this machine's, milliseconds. */
  readonly setOffset: (ms: number) => void
  readonly subscribe: (listener: () => void) => () => void
}

/** `localNow` is the machine's wall clock in milliseconds. */
export function createTicker(localNow: () => number = () => Date.now()): Ticker {
  const listeners = new Set<() => void>()
  let offset = 0
  let timer: ReturnType<typeof setInterval> | undefined
  const tick = (): void => listeners.forEach((listener) => listener())
  return {
    now: () => localNow() + offset,
    setOffset: (ms) => {
      offset = ms
    },
    subscribe: (listener) => {
      listeners.add(listener)
      timer ??= setInterval(tick, 1000)
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        clearInterval(timer)
        timer = undefined
      }
    }
  }
}

export const pageTicker: Ticker = createTicker()
