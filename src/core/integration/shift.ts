/** A stretch of planned work, milliseconds. */
export interface Shift {
  readonly startsAt: number
  readonly endsAt: number
}

export type ShiftStanding = 'now' | 'late' | 'later' | 'over'

/** How a shift stands for somebody who is, or is not, at work. */
export function shiftStanding({ startsAt, endsAt }: Shift, isAtWork: boolean, now: number): ShiftStanding {
  if (now >= endsAt) return 'over'
  if (now < startsAt) return 'later'
  return isAtWork ? 'now' : 'late'
}
