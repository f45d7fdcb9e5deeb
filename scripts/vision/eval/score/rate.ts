import type { Interval } from './proportion'

/** Chance of at most `most` events where `mean` are expected (Poisson). */
const atMost = (most: number, mean: number): number => {
  let term = Math.exp(-mean)
  let sum = term
  for (let count = 1; count <= most; count += 1) {
    term *= mean / count
    sum += term
  }
  return Math.min(1, sum)
}

/** The mean at which a falling chance passes 2.5 %, by halving. */
const meanWhere = (chance: (mean: number) => number, high: number): number => {
  let [low, upper] = [0, high]
  for (let step = 0; step < 100; step += 1) {
    const middle = (low + upper) / 2
    if (chance(middle) > 0.025) low = middle
    else upper = middle
  }
  return (low + upper) / 2
}

/**
 * The exact 95 % interval of a mean of which `count` events were seen (F. Garwood, 1936). No event in little time
 * proves little: the upper end for none is 3.7. For at most 500 events; above, the normal approximation.
 */
export const poisson = (count: number): Interval => {
  if (count > 500) return [count - 1.96 * Math.sqrt(count), count + 1.96 * Math.sqrt(count)]
  const high = meanWhere((mean) => atMost(count, mean), count * 2 + 20)
  if (count === 0) return [0, high]
  // Towards smaller means, "at least so many" becomes unlikely: the same search, run backwards.
  const low = count - meanWhere((below) => 1 - atMost(count - 1, count - below), count)
  return [Math.max(0, low), high]
}

/** Events per hour. `perHour` is null when no time was watched. */
export interface HourlyRate {
  readonly count: number
  readonly hours: number
  readonly perHour: number | null
  /** Null when no time was watched. */
  readonly interval: Interval | null
}

export const hourlyRate = (count: number, hours: number): HourlyRate => {
  if (!(hours > 0)) return { count, hours: 0, perHour: null, interval: null }
  const [low, high] = poisson(count)
  return { count, hours, perHour: count / hours, interval: [low / hours, high / hours] }
}
