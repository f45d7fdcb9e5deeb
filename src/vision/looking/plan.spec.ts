import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Box } from '../detector'
import { areaOf } from '../overlap'
import { LookBudget } from './budget'
import type { Novelty } from './novelty'
import {
  again,
  byTrace,
  freshSweep,
  gapMs,
  settledMs,
  planLook,
  wholeEveryMs,
  wholeWaitsMs,
  type PlannedLook,
  type Situation
} from './plan'
import { needsTrace, type Sighting } from './sightings'
import { isWhole, wholePicture } from '../pixels/resize'
import { effortAt } from './effort'
import { inView, tiles, viewAround } from './view'

describe('the tiles that are left', () => {
  const phoneIn = (at: Box, score: number) => ({ label: 'phone', score, box: at })
  const within = ({ x, y, width, height }: Box): Box => ({
    x: x + width * 0.45,
    y: y + height * 0.45,
    width: width * 0.1,
    height: height * 0.1
  })

  it('come by the trace that the whole picture shows in them, the others as they were', () => {
    const upperRight = tiles[4]!
    const [first, ...others] = byTrace(tiles, [phoneIn({ x: 0.9, y: 0.1, width: 0.02, height: 0.03 }, 0.1)])
    expect(first).toEqual(upperRight)
    expect(others).toEqual(tiles.filter((tile) => tile !== upperRight))
    expect(byTrace(tiles, [])).toEqual(tiles)
  })

  it('are all there, and none is before one with more of a trace', () => {
    const trace = fc.record({ tile: fc.constantFrom(...tiles), score: fc.integer({ min: 1, max: 100 }) })
    fc.assert(
      fc.property(fc.array(trace, { maxLength: 6 }), (traces) => {
        const found = traces.map(({ tile, score }) => phoneIn(within(tile), score / 100))
        const sorted = byTrace(tiles, found)
        expect(new Set(sorted)).toEqual(new Set(tiles))
        const most = (tile: Box): number =>
          Math.max(
            0,
            ...found.filter(({ box, score }) => score >= 0.05 && inView(tile, box)).map(({ score }) => score)
          )
        expect(sorted.map(most)).toEqual(sorted.map(most).sort((a, b) => b - a))
      })
    )
  })
})

const share = fc.integer({ min: 0, max: 1000 }).map((value) => value / 1000)
/** As detections are kept: inside the picture, some of them without an area. */
const box: fc.Arbitrary<Box> = fc
  .tuple(share, share, share, share)
  .map(([x, y, width, height]) => ({ x, y, width: width * (1 - x), height: height * (1 - y) }))
const view = fc.oneof(
  fc.constantFrom(...tiles),
  box.map((one) => viewAround(one, 2.4, 0.34))
)
const now = 100_000
const ago = fc.integer({ min: 0, max: 5_000 }).map((ms) => now - ms)
const novelty: fc.Arbitrary<readonly Novelty[]> = fc.array(
  fc.record({ box, amount: fc.integer({ min: 64, max: 9_000 }) }),
  { maxLength: 4 }
)
const sighting: fc.Arbitrary<Sighting> = fc.record({
  label: fc.constantFrom('phone', 'book', 'laptop'),
  score: share,
  box,
  view,
  at: ago,
  hits: fc.integer({ min: 0, max: 6 }),
  since: fc.constant(null),
  checked: fc.integer({ min: 0, max: 3 }),
  traced: fc.boolean()
})
const threshold = 0.5
const situation: fc.Arbitrary<Situation> = fc.record({
  now: fc.constant(now),
  savedMs: fc.integer({ min: -500, max: 900 }),
  lastWholeAt: ago,
  lastLookAt: ago,
  closeSinceWhole: fc.boolean(),
  novelty,
  lookedAt: fc.array(box, { maxLength: 4 }),
  strikingFrom: fc.integer({ min: 0, max: 9_000 }),
  sightings: fc
    .array(sighting, { maxLength: 5 })
    .map((all) => [...all].sort((a, b) => b.score - a.score) as readonly Sighting[]),
  moreSeen: fc.constant(false),
  thresholdOf: fc.constant(() => threshold),
  unswept: fc.subarray([...tiles]),
  surprised: fc.boolean(),
  settled: fc.boolean(),
  lastSweepAt: ago,
  effort: fc.constantFrom(...Object.values(effortAt))
})
/** The second after a surprise, with work saved up and the whole picture just looked at. */
const calm: Situation = {
  now,
  savedMs: 800,
  lastWholeAt: now - 100,
  lastLookAt: now - 100,
  closeSinceWhole: false,
  novelty: [],
  lookedAt: [],
  strikingFrom: 500,
  sightings: [],
  moreSeen: false,
  thresholdOf: () => threshold,
  unswept: tiles,
  surprised: true,
  settled: false,
  lastSweepAt: now - 100,
  effort: effortAt.full
}
const seenOnce: Sighting = {
  label: 'phone',
  score: 0.9,
  box: { x: 0.4, y: 0.4, width: 0.05, height: 0.1 },
  view: wholePicture,
  at: now - 100,
  hits: 1,
  since: now - 100,
  checked: 0,
  traced: true
}
const check = (holds: (given: Situation, planned: PlannedLook | null) => void): void => {
  fc.assert(
    fc.property(situation, (given) => holds(given, planLook(given))),
    { numRuns: 500 }
  )
}
/** A minute of frames, each looked at as planned; what was planned, and when. */
const watched = (costMs: number, frameMs: number, moving: boolean) => {
  const budget = new LookBudget({ share: 0.5, savedMs: 900 })
  const looks: { readonly at: number; readonly planned: PlannedLook }[] = []
  let [lastWholeAt, lastLookAt, lookedAt] = [-Infinity, -Infinity, -Infinity]
  const place = { x: 0.4, y: 0.4, width: 0.1, height: 0.1 }
  let lastSweepAt = -Infinity
  let closeSinceWhole = false
  let unswept = freshSweep()
  let at = 0
  while (at < 60_000) {
    const planned = planLook({
      now: at,
      savedMs: budget.savedAt(at),
      lastWholeAt,
      lastLookAt,
      closeSinceWhole,
      lookedAt: at - lookedAt < again.novelty ? [place] : [],
      strikingFrom: 0,
      novelty: moving ? [{ box: place, amount: 100 }] : [],
      sightings: [],
      moreSeen: false,
      thresholdOf: () => threshold,
      unswept,
      surprised: false,
      settled: !moving && at >= settledMs,
      lastSweepAt,
      effort: effortAt.full
    })
    if (planned) {
      looks.push({ at, planned })
      lastLookAt = at
      closeSinceWhole = !isWhole(planned.view) && (closeSinceWhole || planned.reason === 'novelty')
      if (isWhole(planned.view)) lastWholeAt = at
      if (planned.reason === 'novelty') lookedAt = at
      if (planned.reason === 'sweep') lastSweepAt = at
      if (planned.reason === 'sweep') unswept = unswept.length > 1 ? unswept.slice(1) : freshSweep()
      budget.spend(at + costMs, costMs)
      at += costMs
    }
    at += frameMs
  }
  return looks
}
const longestBetween = (instants: readonly number[]): number =>
  Math.max(...instants.slice(1).map((at, index) => at - (instants[index] ?? at)))

describe('planLook', () => {
  it('looks at the whole picture first, whatever else there is and whatever it costs', () => {
    check((given) => {
      const first = planLook({ ...given, lastWholeAt: -Infinity })
      expect(first?.reason).toBe('whole')
      expect(first && isWhole(first.view)).toBe(true)
    })
  })

  it('looks next at what counts and is not confirmed, where it was seen, while the budget allows', () => {
    fc.assert(
      fc.property(situation, sighting, fc.constantFrom('phone', 'book'), (any, one, label) => {
        const counting = { ...one, label, score: Math.max(threshold, one.score), hits: 1 }
        const sightings = [...any.sightings, counting].sort((a, b) => b.score - a.score)
        const planned = planLook({ ...any, sightings, savedMs: Math.max(1, any.savedMs) })
        const counted = sightings.filter((met) => met.score >= threshold)
        const isSure = (met: Sighting): boolean => met.hits >= 2 && !needsTrace(met)
        fc.pre(!counted.some((met) => met.label === label && isSure(met)))
        const unsure = counted.find(
          (met) => !isSure(met) && !counted.some((other) => other.label === met.label && isSure(other))
        )
        const where = unsure && needsTrace(unsure) ? wholePicture : unsure?.view
        expect(planned).toEqual({ view: where, reason: 'confirm' })
      })
    )
  })

  const smallThing = { box: { x: 0.1, y: 0.7, width: 0.1, height: 0.2 }, amount: 900 }
  const news: Situation = { ...calm, surprised: false, novelty: [smallThing] }

  it('looks at something small that is new at once, even where the whole picture is due', () => {
    expect(planLook(news)?.reason).toBe('novelty')
    const usual: Situation = { ...news, strikingFrom: 901 }
    expect(planLook({ ...usual, lastWholeAt: now - 499 })?.reason).toBe('novelty')
    expect(planLook({ ...usual, lastWholeAt: now - 500 })?.reason).toBe('whole')
  })

  it('looks once at what is out of the ordinary before the whole picture, however late that is', () => {
    const late: Situation = { ...news, lastWholeAt: now - 2_000 }
    expect(planLook(late)?.reason).toBe('novelty')
    expect(planLook({ ...late, closeSinceWhole: true })?.reason).toBe('whole')
    const person = { ...smallThing, box: { ...smallThing.box, y: 0.2, width: 0.4, height: 0.6 } }
    expect(planLook({ ...late, novelty: [person] })?.reason).toBe('whole')
  })

  it('looks at what is new in another place at once, and at the same place only when its time has come', () => {
    expect(planLook({ ...news, lookedAt: [smallThing.box], lastLookAt: now })).toBeNull()
    const elsewhere = { ...smallThing, box: { ...smallThing.box, x: 0.6 } }
    const two: Situation = { ...news, novelty: [smallThing, elsewhere], lookedAt: [smallThing.box] }
    expect(planLook(two)).toEqual({ view: viewAround(elsewhere.box, 1.5, 0.45), reason: 'novelty' })
  })

  it('looks at a settled room less often, and at once at what is more than breath in it', () => {
    const settled: Situation = { ...calm, surprised: false, settled: true, lastLookAt: now - 1_399 }
    expect(planLook(settled)).toBeNull()
    expect(planLook({ ...settled, lastLookAt: now - 1_400 })?.reason).toBe('sweep')
    const breath = { ...smallThing, amount: settled.strikingFrom - 1 }
    expect(planLook({ ...settled, novelty: [breath] })).toBeNull()
    expect(planLook({ ...settled, novelty: [{ ...breath, amount: settled.strikingFrom }] })?.reason).toBe(
      'novelty'
    )
    const held: Sighting = { ...seenOnce, hits: 2, checked: 2, at: now - 600 }
    expect(planLook({ ...settled, sightings: [held] })).toBeNull()
    expect(planLook({ ...settled, sightings: [{ ...held, hits: 1 }] })?.reason).toBe('confirm')
  })

  it('spends no look on one more book where there surely is one', () => {
    const sure = { ...seenOnce, label: 'book', hits: 2, at: now - 100 }
    const another = { ...seenOnce, label: 'book', box: { ...seenOnce.box, x: 0.8 } }
    expect(planLook({ ...calm, sightings: [another] })?.reason).toBe('confirm')
    expect(planLook({ ...calm, sightings: [another, sure] })?.reason).toBe('sweep')
  })

  it('keeps what is saved up for what is striking, and owes for what may be there', () => {
    expect(planLook({ ...news, savedMs: 301 })?.reason).toBe('novelty')
    const usual = { ...news, strikingFrom: 901, lastLookAt: now }
    expect(planLook({ ...usual, savedMs: 300 })).toBeNull()
    expect(planLook({ ...usual, strikingFrom: 900, savedMs: 1 })?.reason).toBe('novelty')
    expect(planLook({ ...calm, sightings: [seenOnce], savedMs: -199 })?.reason).toBe('confirm')
    expect(planLook({ ...calm, sightings: [seenOnce], savedMs: -200 })).toBeNull()
  })

  it('looks over what is new before it looks once more at what is confirmed', () => {
    const confirmed = { ...calm, sightings: [{ ...seenOnce, hits: 2, at: now - 600 }] }
    expect(planLook(confirmed)?.reason).toBe('sweep')
    expect(planLook({ ...confirmed, surprised: false })?.reason).toBe('confirm')
  })

  it('D7 gives what hides the desk a turn in debt, and before all that is new when it was long not answered', () => {
    const surely: Sighting = {
      ...seenOnce,
      hits: 4,
      view: viewAround(seenOnce.box, 2.4, 0.34),
      at: now - 800
    }
    const owing: Situation = { ...calm, savedMs: -300, lastWholeAt: now - 800, lastLookAt: now - 800 }
    const turn: PlannedLook = { view: surely.view, reason: 'confirm' }
    expect(planLook({ ...owing, sightings: [surely] })).toEqual(turn)
    // After it the whole picture has its turn again.
    expect(planLook({ ...owing, lastWholeAt: now - 1600, sightings: [surely] })?.reason).toBe('whole')
    const news: Novelty[] = [{ box: { x: 0.7, y: 0.1, width: 0.1, height: 0.1 }, amount: 9_000 }]
    const long = { ...surely, at: now - again.unanswered }
    expect(planLook({ ...calm, novelty: news, sightings: [surely] })?.reason).toBe('novelty')
    expect(planLook({ ...calm, novelty: news, sightings: [long] })).toEqual(turn)
  })

  it('counts again at once when more people were counted than before, while the budget allows', () => {
    check((given) => {
      const planned = planLook({ ...given, moreSeen: true, savedMs: Math.max(1, given.savedMs) })
      expect(planned && isWhole(planned.view)).toBe(true)
    })
  })

  it('is never silent for longer than the longest gap, whatever the budget says', () => {
    check((given) => {
      const overdue = { ...given, lastLookAt: Math.min(given.lastLookAt, given.now - gapMs.settled.longest) }
      expect(planLook(overdue)).not.toBeNull()
    })
  })

  it('however much is owed, takes the look that is due at what may be there', () => {
    const half: Sighting = {
      label: 'book',
      score: threshold,
      box: { x: 0.4, y: 0.4, width: 0.2, height: 0.2 },
      view: { x: 0.2, y: 0.2, width: 0.6, height: 0.6 },
      at: now,
      hits: 1,
      since: now,
      checked: 0,
      traced: true
    }
    const owing = { ...calm, savedMs: -600, lastLookAt: now - gapMs.settled.longest }
    expect(planLook({ ...owing, sightings: [half] })).toEqual({ view: half.view, reason: 'confirm' })
    expect(planLook(owing)?.reason).toBe('whole')
    expect(planLook({ ...owing, sightings: [half], lastLookAt: now })).toBeNull()
  })

  it('plans nothing when the budget is spent and nothing is overdue', () => {
    check((given) => {
      const spent = {
        ...given,
        savedMs: Math.min(0, given.savedMs),
        lastLookAt: given.now - gapMs.usual.longest + 1
      }
      // Whether what counts is really there is worth a small debt.
      if (spent.savedMs > -200 && planLook({ ...spent, savedMs: 1 })?.reason === 'confirm') return
      expect(planLook(spent)).toBeNull()
    })
  })

  it('looks at the whole picture in its turn, before weak candidates and tiles; only something small that is new goes first', () => {
    check((given) => {
      const usual = wholeEveryMs[given.novelty.length > 0 ? 'moving' : 'still']
      const every = given.settled ? 2 * gapMs.settled.idle : usual
      const planned = planLook({
        ...given,
        lastWholeAt: Math.min(given.lastWholeAt, given.now - every),
        savedMs: Math.max(1, given.savedMs),
        novelty: given.novelty.map((one) => ({ ...one, box: { ...one.box, width: 0.5, height: 0.5 } })),
        sightings: given.sightings
          .filter((met) => met.score < threshold || (met.hits >= 3 && !needsTrace(met)))
          .map((met) => ({ ...met, at: Math.max(met.at, given.now - again.unanswered + 1) }))
      })
      expect(planned?.reason).toBe('whole')
    })
  })

  it('takes a closer look at a weak candidate, one more when that made it almost sure, none at what is too weak, and none that is hardly closer', () => {
    check((given, planned) => {
      if (planned?.reason !== 'candidate') return
      expect(planned.view.width).toBeLessThan(0.8)
      const about = given.sightings.filter(
        ({ checked, score, box: place }) =>
          (checked === 0 &&
            score >= 0.35 * threshold &&
            viewAround(place, 2.4, 0.34).width === planned.view.width) ||
          (checked < 2 &&
            score >= 0.7 * threshold &&
            viewAround(place, 1.5, 0.34).width === planned.view.width)
      )
      expect(about.length).toBeGreaterThan(0)
    })
  })

  it('plans no view that is not inside the picture, and none without an area', () => {
    check((_, planned) => {
      if (!planned) return
      const { x, y, width, height } = planned.view
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0)
      expect(Math.max(x + width, y + height)).toBeLessThanOrEqual(1 + 1e-9)
      expect(areaOf(planned.view)).toBeGreaterThan(0)
    })
  })

  it('gives the same answer to the same situation, and changes nothing in it', () => {
    check((given, planned) => {
      const before = JSON.stringify(given)
      expect(planLook(given)).toEqual(planned)
      expect(JSON.stringify(given)).toBe(before)
    })
  })

  it('over a minute in a still room: no longer gap than promised, every tile seen, the whole in its turn', () => {
    const looks = watched(60, 100, false)
    expect(longestBetween(looks.map(({ at }) => at))).toBeLessThanOrEqual(gapMs.settled.longest + 100)
    const swept = looks.filter(({ planned }) => planned.reason === 'sweep').map(({ planned }) => planned.view)
    for (const tile of tiles) expect(swept).toContainEqual(tile)
    const wholes = looks.filter(({ planned }) => planned.reason === 'whole').map(({ at }) => at)
    // A frame and a look may lie between the turn and the frame that it is taken on.
    expect(longestBetween(wholes)).toBeLessThanOrEqual(2 * gapMs.settled.idle + 160)
  })

  it('over a minute of motion: what is new is looked at closely, and the whole picture all the same', () => {
    const looks = watched(60, 100, true)
    expect(looks.some(({ planned }) => planned.reason === 'novelty')).toBe(true)
    const wholes = looks.filter(({ planned }) => planned.reason === 'whole').map(({ at }) => at)
    expect(longestBetween(wholes)).toBeLessThanOrEqual(wholeEveryMs.moving + wholeWaitsMs + 160)
  })

  it('on a computer on which a look takes half a second: no longer silence than the gap and that look', () => {
    const looks = watched(500, 100, true)
    expect(longestBetween(looks.map(({ at }) => at))).toBeLessThanOrEqual(gapMs.usual.longest + 600)
  })
})
