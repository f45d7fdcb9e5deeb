import type { Box } from '../detector'
import { ramp, type Evidence } from './entry'
import type { Seen } from './facts'
import { coarse } from './glimpse'
import { changeOfParts } from './parts'
import { fitPlane, smoothed, wholePicture, type CellArea } from './planar'

/** How long the whole picture may do nothing but what a plane does, milliseconds. */
export const wholeMs = 12_000
/** The same for the person's part of the picture alone, which has less to show life with. */
export const partMs = 30_000
/** Pictures are compared with those of this long and of six times this long ago, milliseconds. */
const apartMs = 300
const back = 6
/** Where this share of the textured cells stood still while this share of all cells changed, parts moved by themselves. */
const stillShare = 0.3
const changedShare = 0.008
/** What noise and sampling may leave of a moved plane: so many times the noise, and this share of the steepness. */
const noiseTimes = 1.5
const samplingShare = 0.08
/** A cell that keeps more than so many times that is not part of the plane; the part alone shows less than the whole. */
const strayTimes = { whole: 11, part: 8 } as const
/** So many cells that are not part of the plane are life. */
const lifeCells = 9
/** A plane that could not be followed now and then is no life yet: this share of the comparisons is. */
const lifeShare = { whole: 0.1, part: 0.04 } as const
/** A plane that went further than this between two compared pictures can't be followed, in cells. */
const mostMoved = 6
/** Over the longer way a plane is only followed where it hardly moves, in cells. */
const nearlyStill = 0.3
/** The person's part must move at least this much now and then (cells), or it says nothing. */
const leastMoved = 0.15
/** What the person's part must measure at least, in cells. */
const leastPart = { width: 12, height: 14 } as const
/** A comparison that is missing for longer than this starts the count anew, milliseconds. */
const mostGapMs = 3_000
/** How far back comparisons are remembered, milliseconds. */
const keptMs = 120_000

/** The inner part of the person's box in cells: the edge of a held photograph and its background stay outside. */
const partOf = ({ x, y, width, height }: Box): CellArea | null => {
  const area = {
    left: Math.max(1, Math.ceil((x + 0.15 * width) * coarse.width)),
    top: Math.max(1, Math.ceil((y + 0.08 * height) * coarse.height)),
    right: Math.min(coarse.width - 1, Math.floor((x + 0.85 * width) * coarse.width)),
    bottom: Math.min(coarse.height - 1, Math.floor((y + 0.75 * height) * coarse.height))
  }
  const fits = area.right - area.left >= leastPart.width && area.bottom - area.top >= leastPart.height
  return fits ? area : null
}

/** Watches one area for anything that a moving plane would not do. */
const createStillness = (times: number, share: number) => {
  let seen: { readonly at: number; readonly alive: boolean; readonly moved: number }[] = []
  let moved = 0
  /** Whether something in the area moved by itself between two pictures. */
  const lives = (now: Float32Array, before: Float32Array, area: CellArea, far: boolean): boolean => {
    const parts = changeOfParts(now, before, area)
    if (parts.still >= stillShare && parts.changed >= changedShare) return true
    if (far && moved > nearlyStill) return false
    const plane = fitPlane(now, before, area)
    if (!far) moved = plane.moved
    if (plane.moved > mostMoved) return true
    const sampling = samplingShare * Math.min(1, plane.moved)
    let strays = 0
    for (let cell = 0; cell < plane.rest.length; cell += 1) {
      const allowed = noiseTimes * parts.noise + sampling * (plane.steep[cell] ?? 0)
      if (Math.abs(plane.rest[cell] ?? 0) > times * allowed) strays += 1
    }
    return strays >= lifeCells
  }
  return {
    /** Compares the newest picture with an earlier one and, where there is one, with one further back. */
    compare: (
      now: Float32Array,
      near: Float32Array,
      far: Float32Array | null,
      area: CellArea,
      at: number
    ) => {
      moved = 0
      const alive = lives(now, near, area, false) || (far !== null && lives(now, far, area, true))
      const before = seen.at(-1)
      if (before && at - before.at > mostGapMs) seen = []
      seen = [...seen.filter((one) => at - one.at <= keptMs), { at, alive, moved }]
    },
    forget: (): void => {
      seen = []
    },
    /** For how long there was no life, up to now; 0 when there was some within `atLeastMs`. */
    lifeless: (atLeastMs: number, now: number): number => {
      const first = seen[0]
      if (!first || now - first.at < atLeastMs) return 0
      const lately = seen.filter(({ at }) => now - at <= atLeastMs)
      if (lately.filter(({ alive }) => alive).length > lately.length * share) return 0
      const newestLife = seen.findLast(({ alive, at }) => alive && now - at > atLeastMs)
      return now - (newestLife?.at ?? first.at)
    },
    hasMoved: (): boolean => seen.some((one) => one.moved >= leastMoved)
  }
}

/**
 * A photograph held up, or a still picture with noise laid over it: a person is counted, and for long nothing in the
 * picture (or in the person's part of it) did anything that a shaken sheet of paper would not do. A living person
 * breathes, sways and blinks. A reason to look closer, not a proof of intent.
 */
export const createPhoto = (): ((seen: Seen) => Evidence) => {
  const whole = createStillness(strayTimes.whole, lifeShare.whole)
  const part = createStillness(strayTimes.part, lifeShare.part)
  let kept: { readonly at: number; readonly cells: Float32Array }[] = []
  return ({ glimpse, facts: { capturedAt: now, people, person } }) => {
    if (!glimpse || people === null) return 'unknown'
    if (people === 0) {
      // Without a person there is nobody to be replaced by a picture.
      whole.forget()
      part.forget()
      kept = []
      return 'clear'
    }
    const newest = kept.at(-1)
    if (!newest || now - newest.at >= apartMs) {
      const cells = smoothed(glimpse.cells)
      const area = person && partOf(person)
      const older = kept.length >= back ? kept[0] : undefined
      const far = older?.cells ?? null
      if (newest) {
        whole.compare(cells, newest.cells, far, wholePicture, now)
        if (area) part.compare(cells, newest.cells, far, area, now)
      }
      kept = [...kept, { at: now, cells }].slice(-back)
    }
    const still = whole.lifeless(wholeMs, now)
    if (still >= wholeMs) return 0.7 + 0.25 * ramp(still, wholeMs, 5 * wholeMs)
    const held = part.lifeless(partMs, now)
    if (held >= partMs && part.hasMoved()) return 0.55 + 0.25 * ramp(held, partMs, 4 * partMs)
    return 'clear'
  }
}
