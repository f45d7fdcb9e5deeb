import type { BestScores, Box, Detection } from '../detector'
import { Accumulated } from './accumulated'
import { NoveltyFinder } from './novelty'
import { freshSweep } from './plan'
import { Sightings } from './sightings'
import { Stillness } from './stillness'

/** What a watcher knows of the room and of its own looking. Instants are monotonic milliseconds. */
export interface Memory {
  readonly novelties: NoveltyFinder
  readonly sightings: Sightings
  readonly books: Accumulated
  readonly stillness: Stillness
  /** What the newest look at the whole picture found; null before the first. */
  people: { readonly found: readonly Detection[]; readonly best: number | undefined } | null
  /** What of a phone the newest look at the whole picture showed, however weak. */
  traces: readonly Detection[]
  /** How many people that look counted. */
  counted: number
  /** It counted more than the one before it, and more than one. */
  moreSeen: boolean
  best: BestScores
  lastWholeAt: number
  lastLookAt: number
  /** Something new was looked at closely since the last look at the whole picture. */
  closeSinceWhole: boolean
  /** When more than breath was new last. */
  newAt: number
  /** What was new when it was looked at, and when that was. */
  lookedAt: readonly { readonly box: Box; readonly at: number }[]
  /** Views in which something new was looked at closely, and when, of the last `again.faint`. */
  closely: readonly { readonly view: Box; readonly at: number }[]
  lastSweepAt: number
  /** How much is usually new at once, of the last seconds, and when that was noted. */
  usualAmount: number
  usualAt: number
  /** Tiles that the running sweep has still to look at. */
  sweep: readonly Box[]
  /** The picture has not been swept since it was largely new. */
  surprised: boolean
  surprisedAt: number
}

/**
 * Nothing seen yet: at the start, and after whatever makes all that was seen worthless. `countsFrom`: the score from which
 * a thing of a label counts under the policy.
 */
export const freshMemory = (countsFrom: (label: string) => number): Memory => ({
  novelties: new NoveltyFinder(),
  sightings: new Sightings(countsFrom),
  books: new Accumulated(),
  stillness: new Stillness(),
  people: null,
  traces: [],
  counted: 0,
  moreSeen: false,
  best: {},
  lastWholeAt: -Infinity,
  lastLookAt: -Infinity,
  closeSinceWhole: false,
  newAt: -Infinity,
  lookedAt: [],
  closely: [],
  lastSweepAt: -Infinity,
  usualAmount: 0,
  usualAt: -Infinity,
  sweep: freshSweep(),
  surprised: true,
  surprisedAt: -Infinity
})
