/** The part of the outbox that keeps the order of requests over a restart. */
export interface KeptNumbers {
  nextRequest(atLeast: number): number
  skipRequests(): void
}

const machineUptime = (): number => Number(process.hrtime.bigint() / 1_000_000n)

/** How far numbers jump when the hub says that it has seen them. */
const LEAP = 10_000

/**
 * Numbers of requests never fall within a run: to the hub that would be a copy of this device. The outbox keeps them
 * over a restart of this process; while the disk cannot take it, the time since the machine started stands in, which is
 * beyond all that an earlier process of the run can have used. Not the wall clock: one that was far ahead and is set right
 * between two processes would have the numbers fall, and the desk quarantined for it.
 */
export class RequestNumbers {
  #last: number

  constructor(
    private readonly kept: () => KeptNumbers | null,
    /** Milliseconds since the machine started: the same clock for every process of a run, and nobody sets it. */
    uptime: () => number = machineUptime
  ) {
    this.#last = Math.max(0, Math.trunc(uptime())) - 1
  }

  next(): number {
    const least = this.#last + 1
    this.#last = this.kept()?.nextRequest(least) ?? least
    return this.#last
  }

  skip(): void {
    this.#last += LEAP
    this.kept()?.skipRequests()
  }
}
