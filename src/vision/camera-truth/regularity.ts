/** How many frames' stamps are looked at. */
const window = 60
/** A clock in software gives stamps this even; cameras were seen to stray by 0.1 ms and more. Milliseconds. */
export const clockworkMs = 0.02

/**
 * Watches how evenly a camera stamps its frames. Answers true when the last sixty stamps lie on an even grid to within
 * a fiftieth of a millisecond: a sign of a generator, or of a driver that invents its stamps.
 */
export const createRegularity = (): ((stampMs: number) => boolean) => {
  let stamps: number[] = []
  return (stampMs) => {
    const newest = stamps.at(-1)
    if (newest !== undefined && (stampMs <= newest || stampMs - newest > 2_000)) stamps = []
    stamps.push(stampMs)
    if (stamps.length > window) stamps.shift()
    if (stamps.length < window) return false
    const steps = stamps.slice(1).map((stamp, at) => stamp - (stamps[at] ?? 0))
    const shortest = Math.min(...steps)
    // Whole steps of the grid between neighbours, then the grid that fits best.
    let index = 0
    const indices = [0, ...steps.map((step) => (index += Math.max(1, Math.round(step / shortest))))]
    const first = stamps[0] ?? 0
    const meanIndex = indices.reduce((sum, value) => sum + value, 0) / window
    const meanStamp = stamps.reduce((sum, value) => sum + value - first, 0) / window
    let both = 0
    let square = 0
    indices.forEach((value, at) => {
      both += (value - meanIndex) * ((stamps[at] ?? 0) - first - meanStamp)
      square += (value - meanIndex) ** 2
    })
    const period = both / square
    const strays = indices.map((value, at) =>
      Math.abs((stamps[at] ?? 0) - first - meanStamp - period * (value - meanIndex))
    )
    return Math.max(...strays) <= clockworkMs
  }
}
