import type { Place } from './raster'

/** Slow sway around a place, as of somebody who sits: `reach` pixels, two unequal periods that hardly ever meet. */
export const swaying =
  ({ x, y, scale }: Place, reach: number, phase = 0) =>
  (seconds: number): Place => ({
    x: x + reach * Math.sin((2 * Math.PI * seconds) / 5.3 + phase),
    y: y + 0.6 * reach * Math.sin((2 * Math.PI * seconds) / 3.7 + phase * 1.7),
    scale: scale * (1 + 0.004 * Math.sin((2 * Math.PI * seconds) / 4.1 + phase))
  })

/** When something is in the picture, in seconds since the clip began. */
export interface Stay {
  readonly from: number
  readonly to: number
  /** How long coming and going take; they lie inside the stay. */
  readonly moving: number
}

/** 0 away, 1 there, in between on the way: starts and stops softly. */
export const arrival = (seconds: number, { from, to, moving }: Stay): number => {
  if (seconds < from || seconds >= to) return 0
  const linear = Math.min(1, (seconds - from) / moving, (to - seconds) / moving)
  return linear * linear * (3 - 2 * linear)
}

/** Comes from `away`, stays as `there` says, and goes back. */
export const visiting =
  (
    stays: readonly Stay[],
    away: { readonly dx: number; readonly dy: number },
    there: (seconds: number) => Place
  ) =>
  (seconds: number): Place | null => {
    const share = Math.max(...stays.map((stay) => arrival(seconds, stay)))
    if (share <= 0) return null
    const place = there(seconds)
    return { ...place, x: place.x + (1 - share) * away.dx, y: place.y + (1 - share) * away.dy }
  }
