import type { Clock } from './clock'

/** The part of the outbox that keeps the order of requests over a restart. */
export interface KeptNumbers {
  nextRequest(atLeast: number): number
  skipRequests(): void
}

/** How far numbers jump when the hub says that it has seen them. */
const LEAP = 10_000

/**
 * Numbers of requests never fall within a run: to the hub that would be a copy of this device. The outbox keeps them
 * over a restart of this process; while the disk cannot take it, the wall clock at the process's start stands in, which
 * is beyond all that an earlier process of the run can have used.
 */
export class RequestNumbers {
  #last: number

  constructor(
    private readonly kept: () => KeptNumbers | null,
    clock: Pick<Clock, 'wall'>
  ) {
    this.#last = Math.max(0, Math.trunc(clock.wall())) - 1
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
