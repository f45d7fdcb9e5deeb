import type { Slot } from './clinics'

/** A note of a contact with the member. */
export interface Note {
  readonly at: Date
  readonly by: string
  readonly reason: string
  readonly text: string
}

/** A foot exam that was booked here. */
export interface Booking {
  readonly confirmation: string
  readonly slot: Slot
  readonly ride: boolean
}

/** All that changes while the site runs; it lives in memory and ends with the process. */
export interface RecordState {
  readonly notes: readonly Note[]
  readonly booking: Booking | null
  /** Confirmation numbers given out so far. */
  readonly issued: number
}

const DAY_MS = 86_400_000
const daysBefore = (now: Date, days: number): Date => new Date(now.getTime() - days * DAY_MS)

export const reasons = [
  'Benefits question',
  'Appointment',
  'Claim or bill',
  'Change of details',
  'Other'
] as const

/** The day of the exam already used: seven months back, so that the second is due. */
export const firstExam = (now: Date): Date => daysBefore(now, 212)

/** The record as every demonstration finds it. */
export const openRecord = (now: Date): RecordState => ({
  booking: null,
  issued: 0,
  notes: [
    {
      at: daysBefore(now, 34),
      by: 'Demo Advocate 7',
      reason: 'Benefits question',
      text: 'Asked about lancets. Explained that limits are the same as for test strips. Mailed the preferred brand list.'
    },
    {
      at: daysBefore(now, 212),
      by: 'Demo Foot Clinic, North',
      reason: 'Visit',
      text: 'First foot exam of the plan year. No open wounds. Next exam advised in six months.'
    }
  ]
})

/** Takes a free time; the number is what the advocate reads out. */
export function book(state: RecordState, slot: Slot, ride: boolean): RecordState {
  const issued = state.issued + 1
  const confirmation = `FX-${String(42_170 + issued * 13)}`
  return { ...state, issued, booking: { confirmation, slot, ride } }
}

export const cancel = (state: RecordState): RecordState => ({ ...state, booking: null })

/** Longest note kept, in characters. */
export const NOTE_LIMIT = 2000

export const addNote = (state: RecordState, note: Note): RecordState => ({
  ...state,
  notes: [note, ...state.notes].slice(0, 50)
})
