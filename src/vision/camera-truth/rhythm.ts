import { coarse, type Glimpse } from './glimpse'

/** The picture as a handful of blocks. */
const across = 4
const down = 4
export const channels = across * down
/** Motion is compared on an even beat of this many milliseconds. */
export const beatMs = 100
/** Motion is the change over this many beats. */
const stride = 3
/** Longest period that is looked for: ten minutes, in beats. */
const longest = 6_000
/** How long a window of motion is compared, in beats; older motion fades. */
const window = 60
/** Each distance is compared at every so many beats: motion hardly changes from one beat to the next. */
const turns = 4
/** The best distance is looked for this often, in beats. */
const bestEvery = 5
/** A frame later than this after the one before leaves a gap that is not bridged, milliseconds. */
const mostGapMs = 600

export interface Rhythm {
  /** The period after which motion repeats best, milliseconds; null while nothing can be told. */
  readonly periodMs: number | null
  /** Share of the motion that is not the same as a period ago: 0 is a copy, about 1 is other motion. */
  readonly strangeness: number
  /** Mean square of the motion within the window, grey levels squared per channel. */
  readonly motion: number
  /** The least strangeness at a period under `naturalMs`: small for a fan, a blinking light, a metronome. */
  readonly shortStrangeness: number
}

/** Things in a room repeat at short periods by themselves; periods from here on are looked at, milliseconds. */
export const naturalMs = 2_500
const nothing: Rhythm = { periodMs: null, strangeness: 1, motion: 0, shortStrangeness: 1 }

const blocksOf = ({ cells }: Glimpse): Float32Array => {
  const out = new Float32Array(channels)
  const wide = coarse.width / across
  const high = coarse.height / down
  for (let y = 0; y < coarse.height; y += 1)
    for (let x = 0; x < coarse.width; x += 1) {
      const block = Math.floor(y / high) * across + Math.floor(x / wide)
      out[block] = (out[block] ?? 0) + (cells[y * coarse.width + x] ?? 0) / (wide * high)
    }
  return out
}

/**
 * Finds motion that repeats after a fixed time although the pictures are not the same to the last bit: a loop with
 * noise added, or sent through another encoder. Motion in sixteen blocks is put on an even beat and compared, beat by
 * beat, with the motion at every earlier distance up to ten minutes; each distance keeps a fading sum.
 */
export const createRhythm = (): ((glimpse: Glimpse, now: number) => Rhythm) => {
  const ring = new Float32Array(longest * channels)
  const apart = new Float32Array(longest)
  const fade = 1 - 1 / window
  const fadeOfTurn = fade ** turns
  let levels: Float32Array[] = []
  let beats = 0
  let unbroken = 0
  let power = 0
  let previous: { readonly at: number; readonly blocks: Float32Array } | null = null
  let next = 0
  let newest: Rhythm = nothing

  /** One beat further. `levels` holds the last few, newest last. */
  const beat = (level: Float32Array): void => {
    levels.push(level)
    if (levels.length <= stride) return
    const old = levels.shift() ?? level
    const here = (beats % longest) * channels
    let square = 0
    for (let channel = 0; channel < channels; channel += 1) {
      const change = (level[channel] ?? 0) - (old[channel] ?? 0)
      ring[here + channel] = change
      square += change * change
    }
    power = power * fade + square
    const known = Math.min(unbroken, longest - 1)
    // The distances take turns: those of one remainder at each beat.
    for (let lag = turns + (beats % turns); lag <= known; lag += turns) {
      let there = here - lag * channels
      if (there < 0) there += longest * channels
      let sum = 0
      for (let channel = 0; channel < channels; channel += 1) {
        const difference = (ring[here + channel] ?? 0) - (ring[there + channel] ?? 0)
        sum += difference * difference
      }
      apart[lag] = (apart[lag] ?? 0) * fadeOfTurn + sum * turns
    }
    beats += 1
    unbroken += 1
    if (beats % bestEvery === 0) newest = best(known)
  }

  const best = (known: number): Rhythm => {
    // A distance is judged once it was compared for two windows; motion of two unrelated windows differs by twice its power.
    const ready = known - 2 * window
    const natural = Math.round(naturalMs / beatMs)
    let at = -1
    let least = Infinity
    let short = Infinity
    for (let lag = 4; lag <= ready; lag += 1) {
      const value = apart[lag] ?? Infinity
      if (lag < natural) short = Math.min(short, value)
      else if (value < least) {
        least = value
        at = lag
      }
    }
    const scale = 2 * Math.max(power, 1e-9)
    return at < 0
      ? nothing
      : {
          periodMs: at * beatMs,
          strangeness: least / scale,
          motion: power / (window * channels),
          shortStrangeness: short / scale
        }
  }

  const restart = (): void => {
    levels = []
    unbroken = 0
    power = 0
    apart.fill(0)
    newest = nothing
  }

  return (glimpse, now) => {
    const blocks = blocksOf(glimpse)
    const before = previous
    previous = { at: now, blocks }
    if (!before || now <= before.at || now - before.at > mostGapMs) {
      restart()
      next = now
      return newest
    }
    while (next <= now) {
      const share = (next - before.at) / (now - before.at)
      beat(blocks.map((value, channel) => (before.blocks[channel] ?? 0) * (1 - share) + value * share))
      next += beatMs
    }
    return newest
  }
}
