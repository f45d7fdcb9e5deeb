import type { Box, Detection } from '../detector'
import { areaOf, sharedArea } from '../overlap'
import type { Effort } from './effort'
import type { Novelty } from './novelty'
import { needsTrace, sureHits, type Sighting } from './sightings'
import { wholePicture } from '../pixels/resize'
import { inView, tiles, viewAround } from './view'

/** Why a view is looked at, for measurements. */
export type Reason = 'whole' | 'confirm' | 'novelty' | 'candidate' | 'sweep'

export interface PlannedLook {
  readonly view: Box
  readonly reason: Reason
}

/** What the choice of the next look rests on. Instants and spans in monotonic milliseconds. */
export interface Situation {
  readonly now: number
  /** Work that may be spent now, milliseconds. */
  readonly savedMs: number
  readonly lastWholeAt: number
  readonly lastLookAt: number
  /** Something new was looked at closely since the last look at the whole picture. */
  readonly closeSinceWhole: boolean
  /** Most novelty first. */
  readonly novelty: readonly Novelty[]
  /** From this amount on a novelty is out of the ordinary of the last seconds. */
  readonly strikingFrom: number
  /** What is not to be looked at again yet (`again.novelty`, `again.faint`). */
  readonly lookedAt: readonly Box[]
  /** Sightings of what is looked for closely (not people), surest first. */
  readonly sightings: readonly Sighting[]
  /** The newest look at the whole picture counted more people than the one before it, and more than one. */
  readonly moreSeen: boolean
  /** Score from which a sighting counts under the policy. */
  readonly thresholdOf: (label: string) => number
  /** Tiles that the running sweep has still to look at. */
  readonly unswept: readonly Box[]
  /** No more than breath has been new for `settledMs`. */
  readonly settled: boolean
  /** The picture has not been swept since it was new: the sweep goes as fast as the budget allows. */
  readonly surprised: boolean
  readonly lastSweepAt: number
  /** What the pace leaves. */
  readonly effort: Effort
}

/** The whole picture is looked at at least this often, whatever else is looked at: people come in anywhere. */
export const wholeEveryMs = { moving: 400, still: 950 } as const
/**
 * With nothing new, looks are this far apart (`idle`), and however empty the budget is never further than `longest`. A
 * room in which nothing but breath has moved for a while is looked at less than once a second; what is more than breath
 * in it is looked at at once all the same.
 */
export const gapMs = {
  usual: { idle: 500, longest: 700 },
  settled: { idle: 1_400, longest: 1_450 }
} as const
/** With no more than breath for this long a room counts as settled, milliseconds. */
export const settledMs = 1_500
/**
 * How often a confirmed sighting is looked at again (`unanswered`: before all else), and how soon one part that stays new, milliseconds. `faint`: how soon
 * in a settled room a place where little is new, as when somebody breathes, whose edges come and go in one place.
 */
export const again = { sighting: 350, unanswered: 2_000, novelty: 250, faint: 10_000 } as const
/** What was looked at covers a novelty from this share of it on. */
const covered = 0.5
/** A novelty of less than this share of the picture is a hand with something in it rather than a person who came in. */
const smallNovelty = 0.2
/** By so much the look at the whole picture may be late for it, milliseconds. */
export const wholeWaitsMs = 100
/** So much may be owed for a confirming look, milliseconds. */
const debtMs = 200
/** A novelty of more than this share of the picture is looked at with the whole picture. */
const largeNovelty = 0.4

/**
 * Closer looks at a candidate, one after the other: from which share of the threshold on it gets them, and the room around
 * it. What is almost surely a phone after the first is looked at once more, as large as a look can show it; a book is
 * not, since a print or a pocket that fills a look resembles one.
 */
const closerLooks = {
  usual: [{ from: 0.35, room: 2.4 }],
  phone: [
    { from: 0.35, room: 2.4 },
    { from: 0.7, room: 1.5 }
  ]
} as const
/** The least side of a closer look, in shares of the picture. */
const leastSide = 0.34
/** A look of this share of another's side shows hardly more than that one did. */
const hardlyCloser = 0.8

const isSure = (sighting: Sighting): boolean => sighting.hits >= sureHits && !needsTrace(sighting)
/** What a label answers: one book more changes nothing once there surely is a book. */
const questionOf = ({ label }: Sighting): string => (label === 'laptop' || label === 'tv' ? 'screen' : label)

/** The closer look that a candidate of `sureness` (1: at the threshold) still gets; undefined when there is none. */
const closerLook = ({ label, box, checked, view }: Sighting, sureness: number): Box | undefined =>
  closerLooks[label.endsWith('phone') ? 'phone' : 'usual']
    .filter(({ from }, at) => at >= checked && sureness >= from)
    .map(({ room }) => viewAround(box, room, leastSide))
    .find(({ width }) => width < hardlyCloser * (checked === 0 ? 1 : view.width))

/**
 * Chooses what to look at next, or null: nothing now. Pure. First what counts (is it really there?), then what is new,
 * then the whole picture in its turn, then a sweep over the tiles after a surprise, then weak candidates. Everything but the first look
 * after a surprise is paid from the budget; only the longest gap overrides it.
 */
export const planLook = (situation: Situation): PlannedLook | null => {
  const { now, savedMs, lastWholeAt, lastLookAt, novelty, sightings, thresholdOf, effort } = situation
  const whole: PlannedLook = { view: wholePicture, reason: 'whole' }
  if (lastWholeAt === -Infinity) return whole
  const gap = gapMs[situation.settled ? 'settled' : 'usual']
  const overdue = now - lastLookAt >= gap.longest
  const counting = sightings.filter(({ label, score }) => score >= thresholdOf(label))
  const sure = new Set(counting.filter(isSure).map(questionOf))
  const unsure = counting.find((sighting) => !isSure(sighting) && !sure.has(questionOf(sighting)))
  // People are counted in the whole picture alone: until it was looked at again, every other look would repeat their number.
  const confirm: PlannedLook | null =
    situation.moreSeen || (unsure && needsTrace(unsure))
      ? { view: wholePicture, reason: 'confirm' }
      : unsure
        ? { view: unsure.view, reason: 'confirm' }
        : null
  // Whether what counts is really there decides about the screen: the one look that is worth a debt.
  if (savedMs <= 0) {
    if (confirm && (overdue || savedMs > -debtMs)) return confirm
    // However little there is to spend, what hides the desk has its turn with the whole picture.
    const waiting = lastLookAt === lastWholeAt && counting.find(({ at }) => now - at >= again.sighting)
    return overdue ? (waiting ? { view: waiting.view, reason: 'confirm' } : whole) : null
  }
  if (confirm) return confirm
  // What is sure stays until a look at its place denies it: that look is not put off for ever by what is new elsewhere.
  const unanswered = counting.find((sighting) => isSure(sighting) && now - sighting.at >= again.unanswered)
  if (unanswered) return { view: unanswered.view, reason: 'confirm' }

  const wholeEvery = situation.settled ? 2 * gap.idle : wholeEveryMs[novelty.length > 0 ? 'moving' : 'still']
  const wholeLateMs = now - lastWholeAt - wholeEvery
  const wholeIsDue = wholeLateMs >= 0
  const first = novelty.find(
    ({ box, amount }) =>
      // Breath is all that is new in a settled room, unless there is more of it than usual.
      (amount >= situation.strikingFrom || (!situation.settled && savedMs > effort.reserveMs)) &&
      !situation.lookedAt.some((before) => sharedArea(before, box) >= covered * areaOf(box))
  )
  // In a room that was still the whole is late as soon as anything moves: what is out of the ordinary goes first once.
  const striking = first !== undefined && first.amount >= situation.strikingFrom
  const wholeWaits = wholeLateMs < wholeWaitsMs || (striking && !situation.closeSinceWhole)
  if (first && wholeWaits && areaOf(first.box) <= (wholeIsDue ? smallNovelty : largeNovelty))
    return { view: viewAround(first.box, 1.5, 0.45), reason: 'novelty' }
  if (first || wholeIsDue) return whole

  const tile = situation.unswept[0]
  // What is new is looked over once as fast as may be: a closer look at a weak candidate, or once more at what is
  // confirmed, tells less than the tiles do.
  if (tile && situation.surprised && savedMs > effort.reserveMs) return { view: tile, reason: 'sweep' }
  const tooSoon = now - lastLookAt < gap.idle
  const stale = counting.find(({ at }) => now - at >= again.sighting)
  if (stale && !(tooSoon && situation.settled)) return { view: stale.view, reason: 'confirm' }
  const candidate = sightings.map((one) => closerLook(one, one.score / thresholdOf(one.label))).find(Boolean)
  if (candidate && savedMs > effort.candidateReserveMs) return { view: candidate, reason: 'candidate' }
  if (tooSoon) return null
  return tile && now - situation.lastSweepAt >= effort.sweepEveryMs ? { view: tile, reason: 'sweep' } : whole
}

/** A fresh sweep. */
export const freshSweep = (): readonly Box[] => tiles

/** From this score on something in the whole picture is a trace: below, everything resembles everything. */
const traceFrom = 0.05

/**
 * The tiles that are left, those first in which the whole picture shows the most of a trace (`traces`: what it found), the
 * others as they were. Nothing is looked at that would not be looked at anyway: a computer with time for three tiles in a
 * second has better ones.
 */
export const byTrace = (unswept: readonly Box[], traces: readonly Detection[]): readonly Box[] => {
  const most = new Map(
    unswept.map((tile) => [
      tile,
      Math.max(
        0,
        ...traces
          .filter(({ box, score }) => score >= traceFrom && inView(tile, box))
          .map(({ score }) => score)
      )
    ])
  )
  return [...unswept].sort((one, other) => (most.get(other) ?? 0) - (most.get(one) ?? 0))
}
