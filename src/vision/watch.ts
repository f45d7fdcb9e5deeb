import type { Answer, Observation } from '../core/observation/observation'
import type { Pace } from '../core/observation/pace'
import { defaultCoreShare } from '../core/policy/core-share'
import { coarse, createGlimpser } from './camera-truth/glimpse'
import type { BestScores, Box, Detection, Detections } from './detector'
import { LookBudget } from './looking/budget'
import { effortAt, shareAt } from './looking/effort'
import { freshMemory } from './looking/memory'
import type { Novelty } from './looking/novelty'
import {
  again,
  byTrace,
  freshSweep,
  gapMs,
  planLook,
  settledMs,
  wholeEveryMs,
  type PlannedLook
} from './looking/plan'
import { sureHits, type Sighting } from './looking/sightings'
import { inView } from './looking/view'
import { isWhole } from './pixels/resize'
import { areaOf } from './overlap'
import {
  answerOf,
  observationOf,
  obstacleTo,
  peopleOf,
  unknownAll,
  type Answers,
  type Frame,
  type Look
} from './observe'
import { peopleIn, withPeopleCutOff } from './people'
import { isAtSeat, withoutIgnored } from './room'

/** How looks are spent. */
export interface Spending {
  /** Share of one core that looks may take in the long run, 0 to 1. */
  readonly share: number
  /** Milliseconds of work that may be saved up for surprises. */
  readonly savedMs: number
  /** What the computer can keep of it; `full` when nothing is said. */
  readonly pace?: Pace
}
export const usualSpending: Spending = { share: defaultCoreShare, savedMs: 900 }

export interface Observed {
  readonly observation: Observation
  readonly error: Error | null
  /** What was looked at, and why; null when nothing was. For measurements: it never leaves the sensor. */
  readonly look: PlannedLook | null
}

/** Looks at frame after frame, where and as often as it pays. */
export interface Watcher {
  /**
   * Says what a frame tells. Never rejects: whatever goes wrong becomes `unknown`, and the error is handed back
   * beside the observation. Nothing of the picture is kept but figures, boxes and a coarse grid of brightness.
   */
  observe(frame: Frame): Promise<Observed>
  /** Whether the next frame should come at once: something was found or is new, and is not settled. */
  readonly eager: boolean
  /** Spends otherwise from now on, and forgets nothing of what was seen. `savedMs` counts from the next `reset` on. */
  pace(spending: Spending): void
  /** Forgets everything, as after a change of camera. */
  reset(): void
}

/** So much of the picture new at once, in shares of it, and the picture is swept anew. */
const largeSurprise = 0.12

/** A look at the whole picture tells enough of what is new from this share of the picture on. */
const shownInWhole = 0.2

/** So much of it new, and the room is settled no more: breath moves less, a phone covers more. */
const unsettling = 0.012

/** What is looked for in close looks too; people are counted in the whole picture alone. */
const others = ['book', 'laptop', 'tv'] as const
const withHead: ReadonlySet<string> = new Set(['phone', ...others])
/** A model of IT's has no head of ours: its own word for phones counts. */
const withoutHead: ReadonlySet<string> = new Set(['cell phone', ...others])
/** What a model's looks call a phone, by the best scores of one. */
const phoneLabelOf = (best: BestScores): string => (best['phone'] === undefined ? 'cell phone' : 'phone')

/** A novelty of so many times the usual amount is out of the ordinary; what is usual follows within so many milliseconds. */
const strikingTimes = 2
const usualMs = 1_500
/**
 * Less than this is faint: an edge or two by a shade, as a breath moves them (at most 340 in ten drawn minutes), or a phone
 * laid on a table of its own brightness.
 */
const faintBelow = 400

/** Weight of the newest look in what one usually costs. */
const newestWeight = 0.2

export const createWatcher = (look: Look, given: Spending = usualSpending): Watcher => {
  const { detector, thresholds, clock, room = {} } = look
  let spending = given
  let effort = effortAt[spending.pace ?? 'full']
  let budget = new LookBudget(spending)
  let lookMs = 0
  const thresholdOf = (label: string): number =>
    label.endsWith('phone') ? thresholds.phone : label === 'book' ? thresholds.book : thresholds.screen
  let seen = freshMemory(thresholdOf)
  const glimpse = createGlimpser()
  let eager = false
  let steady = false

  /** What counts of what was found. Zones are where they were drawn only while the camera is known to stand still. */
  const counted = (found: readonly Detection[]): readonly Detection[] =>
    steady ? withoutIgnored(found, room) : found

  /** Who of the people among what counts is none, because they never move. */
  const picturesAmong = (people: readonly Detection[], found: readonly Detection[]): ReadonlySet<Detection> =>
    seen.stillness.picturesAmong(
      people,
      people.filter((one) => isAtSeat(one, found, room))
    )

  const share = (): number => shareAt(spending.pace ?? 'full', spending.share, lookMs, wholeEveryMs.moving)

  const paid = (ended: number, ms: number): void => {
    budget.spend(ended, ms)
    lookMs = lookMs === 0 ? ms : lookMs + (ms - lookMs) * newestWeight
    budget.share = share()
  }

  const forget = (): void => {
    budget = new LookBudget({ ...spending, share: share() })
    seen = freshMemory(thresholdOf)
    eager = false
  }

  const remember = (
    { view, reason }: PlannedLook,
    detections: Detections,
    novelty: readonly Novelty[],
    now: number
  ): void => {
    const labels = phoneLabelOf(detections.best) === 'phone' ? withHead : withoutHead
    seen.sightings.fold(view, detections.found, labels, now, reason === 'candidate')
    // Closer looks at one thing would count it twice; the whole and the tiles have each their own witnesses.
    if (reason !== 'candidate')
      seen.books.fold(
        view,
        detections.found.filter(({ label }) => label === 'book').map(({ score }) => score),
        now
      )
    seen.lastLookAt = now
    if (reason === 'novelty') {
      seen.closeSinceWhole = true
      seen.closely = [...seen.closely.filter(({ at }) => now - at < again.faint), { view, at: now }]
    }
    if (isWhole(view)) {
      seen.lastWholeAt = now
      seen.closeSinceWhole = false
      seen.best = detections.best
      const phone = phoneLabelOf(detections.best)
      seen.traces = detections.found.filter(({ label }) => label === phone)
      const found = withPeopleCutOff(detections.found)
      seen.people = { found, best: detections.best['person'] }
      const inRoom = counted(found)
      const shown = peopleIn(inRoom, thresholds.person)
      seen.stillness.fold(shown)
      const count = shown.length - picturesAmong(shown, inRoom).size
      seen.moreSeen = count > Math.max(1, seen.counted)
      seen.counted = count
    }
    seen.lookedAt = [
      ...seen.lookedAt.filter(({ at }) => now - at < again.novelty),
      ...novelty
        .filter(({ box }) => inView(view, box) && (!isWhole(view) || areaOf(box) >= shownInWhole))
        .map(({ box }) => ({ box, at: now }))
    ]
    if (reason !== 'sweep') return
    seen.lastSweepAt = now
    seen.sweep = seen.sweep.filter((tile) => tile !== view)
    if (seen.sweep.length > 0) return
    seen.sweep = freshSweep()
    seen.surprised = false
  }

  const answers = (now: number): Answers => {
    const { people, best } = seen
    if (!people) return unknownAll('warming-up')
    const inRoom = counted(people.found)
    const phoneLabel = phoneLabelOf(best)
    const phone = seen.sightings.best(phoneLabel)
    const screen = seen.sightings.best('laptop', 'tv')
    const bestScreen = best['laptop'] === undefined ? best['tv'] : Math.max(best['laptop'], best['tv'] ?? 0)
    return {
      phone: seenFor(answerOf(phone, best[phoneLabel], thresholds.phone), phone),
      book: answerOf(surest(seen.sightings.best('book'), seen.books.at(now)), best['book'], thresholds.book),
      screen: answerOf(screen, bestScreen, thresholds.screen),
      people: peopleOf(
        inRoom,
        people.best,
        thresholds.person,
        picturesAmong(peopleIn(inRoom, thresholds.person), inRoom),
        room.seat === undefined ? null : (one) => isAtSeat(one, inRoom, room)
      )
    }
  }

  /** What of `novelty` is not to be looked at again yet. */
  const lookedAt = (novelty: readonly Novelty[], settled: boolean, now: number): readonly Box[] => {
    const lately = seen.closely.filter(({ at }) => settled && now - at < again.faint)
    const faint = novelty.filter(
      ({ box, amount }) => amount < faintBelow && lately.some(({ view }) => inView(view, box))
    )
    return [...seen.lookedAt.filter(({ at }) => now - at < again.novelty), ...faint].map(({ box }) => box)
  }

  const getUsedTo = (novelty: readonly Novelty[], now: number): void => {
    const amount = novelty[0]?.amount ?? 0
    if (!Number.isFinite(amount)) return
    const weight = 1 - Math.exp(-(now - seen.usualAt) / usualMs)
    seen.usualAmount += (amount - seen.usualAmount) * weight
    seen.usualAt = now
  }

  const noveltyIn = (frame: Frame, now: number): readonly Novelty[] => {
    const values = frame.cells === undefined ? glimpse(frame.pixels)?.cells : frame.cells
    if (!values) return []
    seen.stillness.see({ ...coarse, values }, now)
    return seen.novelties.see({ ...coarse, values }, now)
  }

  return {
    get eager() {
      return eager
    },
    pace: (next) => {
      spending = next
      effort = effortAt[next.pace ?? 'full']
      budget.share = share()
    },
    reset: forget,
    observe: async (frame) => {
      const started = clock()
      steady = frame.steady === true
      const done = (given: Answers, planned: PlannedLook | null, error: Error | null = null): Observed => ({
        observation: observationOf(look, frame, given, { started, ended: clock(), looked: planned !== null }),
        error,
        look: planned
      })
      const reason = obstacleTo(frame.pixels)
      if (reason || !frame.pixels) {
        forget()
        return done(unknownAll(reason ?? 'no-frame'), null)
      }
      const novelty = noveltyIn(frame, started)
      seen.books.disturb(novelty)
      const fresh = novelty.reduce((sum, { box }) => sum + areaOf(box), 0)
      if (fresh >= unsettling) seen.newAt = started
      if (fresh >= largeSurprise && started - seen.surprisedAt >= effort.surpriseEveryMs) {
        seen.surprised = true
        seen.surprisedAt = started
        seen.sweep = freshSweep()
      }
      const settled = started - seen.newAt >= settledMs
      const planned = planLook({
        now: started,
        savedMs: budget.savedAt(started),
        lastWholeAt: seen.lastWholeAt,
        lastLookAt: seen.lastLookAt,
        closeSinceWhole: seen.closeSinceWhole,
        lookedAt: lookedAt(novelty, settled, started),
        novelty,
        strikingFrom: seen.usualAmount * strikingTimes,
        sightings: seen.sightings.all,
        moreSeen: seen.moreSeen,
        thresholdOf,
        unswept: byTrace(seen.sweep, seen.traces),
        settled,
        surprised: seen.surprised,
        lastSweepAt: seen.lastSweepAt,
        effort
      })
      getUsedTo(novelty, started)
      if (!planned) {
        eager = false
        return done(answers(started), null)
      }
      try {
        remember(planned, await detector.detect(frame.pixels, planned.view), novelty, started)
      } catch (cause) {
        forget()
        return done(
          unknownAll('detector-failed'),
          planned,
          cause instanceof Error ? cause : new Error(String(cause))
        )
      } finally {
        paid(clock(), clock() - started)
      }
      const doubtful =
        seen.moreSeen ||
        seen.sightings.all.some(({ label, score, hits }) => score >= thresholdOf(label) && hits < sureHits)
      const saved = budget.savedAt(clock())
      eager =
        doubtful ||
        (novelty.length > 0 && saved > gapMs.usual.longest / 2) ||
        (seen.surprised && saved > effort.reserveMs)
      return done(answers(started), planned)
    }
  }
}

/** Says of what is present for how long looks have seen it, once there was more than one. */
const seenFor = (answer: Answer, sighting: Sighting | undefined): Answer => {
  if (answer.state !== 'present' || !sighting || sighting.since === null || sighting.hits < sureHits)
    return answer
  return { ...answer, forMs: Math.min(60_000, sighting.at - sighting.since) }
}

/** Where the best single sighting is, as sure as all of them together make it. */
const surest = (
  sighting: { readonly box: Box } | undefined,
  together: number
): { readonly score: number; readonly box: Box } | undefined =>
  sighting && { box: sighting.box, score: together }
