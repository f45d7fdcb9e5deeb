/** Midnight of the reader's own Monday with which `weeks` weeks begin, the last of which is that of `until`. */
export function firstWeek(until: number, weeks: number): Date {
  const day = new Date(until)
  day.setHours(0, 0, 0, 0)
  day.setDate(day.getDate() - ((day.getDay() + 6) % 7) - 7 * (weeks - 1))
  return day
}
