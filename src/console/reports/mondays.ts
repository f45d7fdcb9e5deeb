/** Midnights of the reader's own Mondays: of `weeks` weeks, the last of which is that of `until`, and of the one after. */
export function mondaysOf(until: number, weeks: number): readonly Date[] {
  const first = firstOf(until, weeks)
  return Array.from({ length: weeks + 1 }, (_, n) => {
    const day = new Date(first)
    day.setDate(day.getDate() + 7 * n) // by the calendar: a week in which clocks are changed is not 168 hours
    return day
  })
}

function firstOf(until: number, weeks: number): Date {
  const day = new Date(until)
  day.setHours(0, 0, 0, 0)
  day.setDate(day.getDate() - ((day.getDay() + 6) % 7) - 7 * (weeks - 1))
  return day
}
