import { setMaxListeners } from 'node:events'
import type { EnrolmentTicket } from '../../../src/contract/wire/v1/device'
import { SimulatedDesk } from './simulated-desk'

/** One desk to simulate: its own ticket, made with `simulated: true`, and its own advocate. */
export interface DeskSeat {
  readonly ticket: EnrolmentTicket
  readonly email: string
  readonly password: string
}

export interface SimulatedDesks {
  /** Ends all desks; resolves when their last words are said. */
  close(): Promise<void>
}

/**
 * Starts simulated desks, each a real client of the hub with a key and an enrolment of its own. What they do follows
 * from the seed alone. Rejects when a ticket is refused; no desk is left running then.
 */
export async function startSimulatedDesks(
  seats: readonly DeskSeat[],
  options: { readonly seed?: number; readonly onTrouble?: (problem: string) => void } = {}
): Promise<SimulatedDesks> {
  const end = new AbortController()
  setMaxListeners(0, end.signal) // every desk waits on it
  const { seed = 1, onTrouble } = options
  const desks: { readonly ended: Promise<void> }[] = []
  try {
    for (const [index, seat] of seats.entries()) {
      const more = onTrouble === undefined ? {} : { onTrouble }
      desks.push(
        await SimulatedDesk.start({ ...seat, ...more, seed: seed * 1000 + index, signal: end.signal })
      )
    }
  } catch (error) {
    end.abort()
    await Promise.all(desks.map((desk) => desk.ended))
    throw error
  }
  return {
    close: async () => {
      end.abort()
      await Promise.all(desks.map((desk) => desk.ended))
    }
  }
}
