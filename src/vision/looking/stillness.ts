import type { Box, Detection } from '../detector'
import { areaOf, clipped, overlapOf } from '../overlap'
import { CameraNoise } from './camera-noise'
import type { Cells } from './novelty'
import { holds, movedIn, regionAround, type Region } from './still-region'

/** A person in whose box nothing changes for this long is a picture, milliseconds: who sits still moves within it. */
export const stillMs = 15_000
/** Frames further apart than this leave a gap in which anything could have happened, milliseconds. */
const longestGapMs = 1_500
/** A still place is remembered for so long after nobody was seen in it, one that moves for so long, milliseconds. */
const rememberedMs = { still: 120_000, moving: 2_000 } as const
/** A camera noisier than this hides the motion that is looked for, grey levels per cell. */
const mostNoise = 1.5
/** A place may be noisier than the whole picture, but not by more than this factor. */
const localNoise = 2
/** Boxes that share more than this of their joined area are one thing. */
const sameThing = 0.35
/** More places than this are not watched; who is in them counts. */
const mostPlaces = 24

interface Place {
  readonly box: Box
  readonly region: Region
  readonly noise: CameraNoise
  /** Brightness when the comparison began: when it last moved, and anew after each still span. */
  readonly before: Float32Array
  readonly comparedSince: number
  readonly stillSince: number
  readonly seenAt: number
  /** It was told to be a picture while somebody larger was there, and has not moved since. */
  readonly told: boolean
}

/**
 * Tells posters, framed photographs and still screens from people by what they never do: move. Whatever is not known
 * counts as a person. It remembers cells and boxes, never a picture.
 */
export class Stillness {
  #noise = new CameraNoise()
  #cells: Cells | null = null
  #at = 0
  #places: readonly Place[] = []

  /** Takes in the brightness of every frame, which nobody changes afterwards. Instants are monotonic milliseconds. */
  see(cells: Cells, now: number): void {
    const last = this.#cells
    const passed = now - this.#at
    this.#cells = cells
    this.#at = now
    if (last?.values.length !== cells.values.length || last.width !== cells.width) {
      this.#noise = new CameraNoise()
      this.#places = []
      return
    }
    if (passed < 0 || passed > longestGapMs) {
      this.#places = []
      return
    }
    // The same frame again, to the last bit, proves nothing: its time does not count.
    if (cells.values.every((value, at) => value === last.values[at])) {
      this.#places = this.#places.map((place) => delayed(place, passed, now))
      return
    }
    const { width, height } = cells
    this.#noise.learn(
      last.values,
      cells.values,
      width,
      { left: 0, top: 0, right: width, bottom: height },
      passed
    )
    this.#places = this.#places
      .map((place) => this.#watched(place, last, cells, now, passed))
      .filter(
        ({ seenAt, stillSince }) => now - seenAt <= rememberedMs[stillSince === now ? 'moving' : 'still']
      )
  }

  /** Takes in the people that a look at the whole picture of the newest frame found, each once. */
  fold(people: readonly Detection[]): void {
    const cells = this.#cells
    const now = this.#at
    if (!cells) return
    for (const { box } of people) {
      const known = this.#placeOf(box)
      const others = this.#places.filter((place) => place !== known)
      if (known && holds(known.region, box, cells)) this.#places = [...others, { ...known, seenAt: now }]
      else if (known) this.#places = [...others, placeAt(joined(known.box, box), cells, now)]
      else if (others.length < mostPlaces) this.#places = [...others, placeAt(clipped(box), cells, now)]
    }
  }

  /**
   * Those of the people who are pictures as of the newest frame. Never the largest of those who may be the one who
   * `works`, who is nearest the desk; but what was told to be a picture before they left is not them.
   */
  picturesAmong(people: readonly Detection[], works: readonly Detection[] = people): ReadonlySet<Detection> {
    const cells = this.#cells
    const sizeOf = ({ box }: Detection): number => areaOf(clipped(box))
    const largest = Math.max(...works.map(sizeOf))
    const nearest = new Set(works.filter((one) => sizeOf(one) >= largest))
    const stillPlaceOf = ({ box }: Detection): Place | null => {
      const place = cells ? this.#placeOf(box) : undefined
      const isStill =
        place && cells && holds(place.region, box, cells) && this.#at - place.stillSince >= stillMs
      return isStill ? place : null
    }
    const found = people.map((one) => ({ one, isNearest: nearest.has(one), place: stillPlaceOf(one) }))
    // A place that who is nearest has a part in is nobody's picture.
    const taken = found.flatMap(({ isNearest, place }) => (isNearest && place ? [place] : []))
    const pictures = found.filter(({ isNearest, place }) => place && (isNearest ? place.told : true))
    const told = pictures.flatMap(({ place }) => (place && !taken.includes(place) ? [place] : []))
    this.#places = this.#places.map((place) => (told.includes(place) ? { ...place, told: true } : place))
    return new Set(pictures.map(({ one }) => one))
  }

  clear(): void {
    this.#noise = new CameraNoise()
    this.#cells = null
    this.#places = []
  }

  #placeOf(box: Box): Place | undefined {
    let best: Place | undefined
    let most = sameThing
    for (const place of this.#places) {
      const shared = overlapOf(place.box, clipped(box))
      if (shared > most) [best, most] = [place, shared]
    }
    return best
  }

  #watched(place: Place, last: Cells, cells: Cells, now: number, passed: number): Place {
    const { region, before, comparedSince, seenAt } = place
    place.noise.learn(last.values, cells.values, cells.width, region, passed)
    const everywhere = this.#noise.value ?? Infinity
    const noise = Math.min(place.noise.value ?? Infinity, everywhere * localNoise)
    const moved = noise > mostNoise ? null : movedIn(region, before, cells.values, cells.width, noise)
    if (moved !== false) return { ...place, ...comparing(cells, now), stillSince: now, seenAt, told: false }
    // Daylight wanders: after a still span the comparison begins anew. Who sits there has moved within the span.
    return now - comparedSince >= stillMs ? { ...place, ...comparing(cells, now) } : place
  }
}

const comparing = ({ values }: Cells, now: number): Pick<Place, 'before' | 'comparedSince'> => ({
  before: values,
  comparedSince: now
})

const placeAt = (box: Box, cells: Cells, now: number): Place => ({
  box,
  region: regionAround(box, cells),
  noise: new CameraNoise(),
  ...comparing(cells, now),
  stillSince: now,
  seenAt: now,
  told: false
})

const delayed = (place: Place, passed: number, now: number): Place => ({
  ...place,
  stillSince: Math.min(now, place.stillSince + passed),
  comparedSince: Math.min(now, place.comparedSince + passed)
})

const joined = (one: Box, other: Box): Box => {
  const [a, b] = [clipped(one), clipped(other)]
  const x = Math.min(a.x, b.x)
  const y = Math.min(a.y, b.y)
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y
  }
}
