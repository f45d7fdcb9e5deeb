import type { Box, Detection } from '../detector'
import { areaOf, clipped, overlapOf } from '../overlap'
import { isWhole } from '../pixels/resize'
import { inView } from './view'

/** Something that a look found and no later look of the same place has denied. */
export interface Sighting {
  readonly label: string
  readonly score: number
  readonly box: Box
  /** The view it was last found in. */
  readonly view: Box
  /** When it was last found, monotonic milliseconds. */
  readonly at: number
  /** In how many looks it was found surely enough for the policy, believed yet or not. */
  readonly hits: number
  /** When the first of those looks was taken, monotonic milliseconds; null while there is none. */
  readonly since: number | null
  /** How many closer looks were taken at it. */
  readonly checked: number
  /** Whether the newest look at the whole picture showed at least a trace of it. */
  readonly traced: boolean
}

/** Boxes of one label that overlap more than this in two looks are one thing. */
const sameThing = 0.3
/** A look may deny what a view of up to this many times its own area found: a wider one sees less than that one did. */
const comparable = 1.6
/** What one look alone found is not believed for longer than this without being found again, milliseconds. */
const believedMs = 2_500
/**
 * Found by so many looks in a row a sighting is confirmed. It is believed until a look that could show it does not: time
 * alone denies nothing.
 */
export const sureHits = 2

/** A phone of at least this share of the picture is large enough to leave a trace in a look at the whole picture… */
const largeFrom = 0.006
/** …and this is the least trace: a badge or a pocket that looks like a phone from close by leaves less. */
const leastTrace = 0.18

/** From this share of the policy's threshold on a wider look bears out what a closer one saw. */
const nearlySure = 0.7

/** Views narrower than a tile, in shares of the picture, fill the look with one thing and leave out what is around it. */
const narrowBelow = 0.59

/** Whether the word of a narrow look has still to be borne out by the whole picture: until then it is not believed. */
export const needsTrace = ({ label, box, view, traced }: Sighting): boolean =>
  label === 'phone' && view.width < narrowBelow && areaOf(box) >= largeFrom && !traced

/** Whether a look at `view` would have found the sighting again, were it there. */
const answers = (view: Box, { box, view: before }: Sighting): boolean =>
  inView(view, box) && areaOf(view) <= areaOf(before) * comparable

/**
 * What is in the room as far as the looks so far tell. Views of different parts and sizes are put together: a phone
 * that a closer look found is not denied by a look at the whole picture, in which it is too small to be seen, but it
 * is by the next look of the same kind at the same place.
 */
export class Sightings {
  readonly #countsFrom: (label: string) => number
  #all: readonly Sighting[] = []

  /** `countsFrom`: the score from which a thing of this label counts under the policy, 0 to 1. */
  constructor(countsFrom: (label: string) => number) {
    this.#countsFrom = countsFrom
  }

  get all(): readonly Sighting[] {
    return this.#all
  }

  /** Takes in what one look at `view` found. `labels` are those that this look answers for. */
  fold(
    view: Box,
    found: readonly Detection[],
    labels: ReadonlySet<string>,
    now: number,
    close = false
  ): void {
    const kept: Sighting[] = []
    const shows = ({ score }: Detection, before: boolean): boolean =>
      isWhole(view) ? score >= leastTrace : before
    const fresh = found
      .filter(({ label, box }) => labels.has(label) && (isWhole(view) || inView(view, box)))
      .map((detection) => ({ ...detection, box: clipped(detection.box) }))
    const met = new Set<Detection>()
    for (const sighting of this.#all) {
      if (!labels.has(sighting.label)) {
        kept.push(sighting)
        continue
      }
      const again = fresh.find(
        (detection) =>
          !met.has(detection) &&
          detection.label === sighting.label &&
          overlapOf(detection.box, sighting.box) > sameThing
      )
      if (again) {
        met.add(again)
        const traced = shows(again, sighting.traced)
        if (isWhole(view) && needsTrace({ ...sighting, traced })) continue
        const answered = answers(view, sighting)
        const checked = sighting.checked + (close ? 1 : 0)
        // A wider look that is less sure says nothing against a closer one that was surer; but it was taken.
        if (!answered && again.score < sighting.score) {
          const met = { ...sighting, at: now, traced, checked }
          kept.push(this.#bearsOut(again) ? this.#counted(met) : met)
          continue
        }
        kept.push(
          this.#counted({
            label: sighting.label,
            score: again.score,
            box: again.box,
            view,
            at: now,
            hits: sighting.hits,
            since: sighting.since,
            checked,
            traced
          })
        )
        continue
      }
      if (answers(view, sighting) || (sighting.hits < sureHits && now - sighting.at > believedMs)) continue
      if (isWhole(view) && needsTrace({ ...sighting, traced: false })) continue
      // A closer look that is wider than the one before denies nothing, but it was taken.
      kept.push(
        close && inView(view, sighting.box) ? { ...sighting, checked: sighting.checked + 1 } : sighting
      )
    }
    for (const one of fresh.filter((detection) => !met.has(detection as Detection)))
      kept.push(
        this.#counted({
          ...one,
          view,
          at: now,
          hits: 0,
          since: null,
          checked: close ? 1 : 0,
          traced: shows(one, false)
        })
      )
    this.#all = kept.sort((a, b) => b.score - a.score)
  }

  /** A trace keeps what a closer look found; to count as a look that saw it, a wider one has to be nearly sure itself. */
  #bearsOut({ label, score }: Detection): boolean {
    return score >= nearlySure * this.#countsFrom(label)
  }

  #counted(sighting: Sighting): Sighting {
    return sighting.score >= this.#countsFrom(sighting.label)
      ? { ...sighting, hits: sighting.hits + 1, since: sighting.since ?? sighting.at }
      : { ...sighting, hits: 0, since: null }
  }

  /** The surest sighting of any of these labels that is believed. */
  best(...labels: readonly string[]): Sighting | undefined {
    return this.#all.find((sighting) => labels.includes(sighting.label) && !needsTrace(sighting))
  }

  clear(): void {
    this.#all = []
  }
}
