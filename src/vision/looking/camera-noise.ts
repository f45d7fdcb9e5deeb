import { cutOff, type Region } from './still-region'

/** Differences are counted in steps of this many grey levels, up to sixteen of them. */
const step = 1 / 16
const bins = 256
/** A quarter of the differences of pure noise is smaller than this share of their usual size (the normal law's). */
const quarter = 0.3186
/** Noise is never taken for less, grey levels: brightness comes in whole ones, a few dozen of which make a cell. */
const least = 0.3
/** Weight of a frame that is quieter than what was known. */
const fallsBy = 0.2
/** How slowly a larger noise is believed, milliseconds: people who move must not pass for noise. */
const risesMs = 20_000

/**
 * How much one cell differs between two frames where nothing moves, grey levels. Taken from the quietest quarter of the
 * cells, so that motion in most of them does not count as noise.
 */
export class CameraNoise {
  #noise: number | null = null

  /** Takes in a region of two frames that follow one another. What is cut off has no noise and is left out. */
  learn(before: Float32Array, now: Float32Array, width: number, region: Region, passedMs: number): void {
    const counts = new Uint32Array(2 * bins)
    let count = 0
    for (let y = region.top; y < region.bottom; y += 1)
      for (let at = y * width + region.left, end = y * width + region.right; at < end; at += 1) {
        const value = now[at] ?? 0
        if (cutOff(value)) continue
        const bin = Math.floor((value - (before[at] ?? 0)) / step) + bins
        const kept = Math.min(2 * bins - 1, Math.max(0, bin))
        counts[kept] = (counts[kept] ?? 0) + 1
        count += 1
      }
    if (count === 0) return
    const seen = Math.max(least, quietestQuarter(counts, count) / quarter)
    const known = this.#noise
    if (known === null) this.#noise = seen
    else if (seen <= known) this.#noise = known + (seen - known) * fallsBy
    else this.#noise = known + (seen - known) * (1 - Math.exp(-Math.max(0, passedMs) / risesMs))
  }

  /** Null before two frames were seen. */
  get value(): number | null {
    return this.#noise
  }
}

/** How far from the middle difference (light that changes everywhere) the nearest quarter of them lies, grey levels. */
const quietestQuarter = (counts: Uint32Array, count: number): number => {
  let middle = 0
  for (let left = count / 2; middle < counts.length; middle += 1) {
    left -= counts[middle] ?? 0
    if (left <= 0) break
  }
  let held = counts[middle] ?? 0
  for (let reach = 1; reach < counts.length; reach += 1) {
    if (held >= count / 4) return (reach - 0.5) * step
    held += (counts[middle - reach] ?? 0) + (counts[middle + reach] ?? 0)
  }
  return counts.length * step
}
