import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { averagePrecision, curveOf, type Ranked } from './curve'
import { wilson } from './proportion'
import { hourlyRate, poisson } from './rate'
import { countsOf, scoreOf, type Judged } from './score'

const share = fc.double({ min: 0, max: 1, noNaN: true })
const judged: fc.Arbitrary<Judged> = fc.record({ truth: fc.boolean(), said: fc.boolean(), score: share })
// Scores in tenths, so that many pictures share one.
const ranked: fc.Arbitrary<Ranked> = fc.record({
  truth: fc.boolean(),
  score: fc.integer({ min: 0, max: 10 }).map((tenths) => tenths / 10)
})

describe('intervals', () => {
  it('hold the share they belong to and stay within 0 and 1 (Wilson)', () => {
    fc.assert(
      fc.property(fc.nat(400), fc.nat(400), (hits, misses) => {
        const of = hits + misses
        const [low, high] = wilson(hits, of)
        expect(low).toBeGreaterThanOrEqual(0)
        expect(high).toBeLessThanOrEqual(1)
        if (of > 0) {
          expect(low).toBeLessThanOrEqual(hits / of)
          expect(high).toBeGreaterThanOrEqual(hits / of)
        }
      })
    )
  })

  it('are those of the textbook: 5 of 10 give 0.237 to 0.763, nothing of nothing says nothing', () => {
    const [low, high] = wilson(5, 10)
    expect(low).toBeCloseTo(0.2366, 4)
    expect(high).toBeCloseTo(0.7634, 4)
    expect(wilson(0, 0)).toEqual([0, 1])
  })

  it('narrow with more pictures of the same share', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 30 }), (hits, misses) => {
        fc.pre(hits + misses > 0)
        const width = ([low, high]: readonly [number, number]): number => high - low
        expect(width(wilson(hits * 4, (hits + misses) * 4))).toBeLessThan(width(wilson(hits, hits + misses)))
      })
    )
  })

  it('of counted events hold the count; none in an hour leaves 0 to 3.69 an hour open (Poisson)', () => {
    fc.assert(
      fc.property(fc.nat(600), (count) => {
        const [low, high] = poisson(count)
        expect(low).toBeLessThanOrEqual(count)
        expect(high).toBeGreaterThan(count)
      }),
      { numRuns: 60 }
    )
    expect(poisson(0)[0]).toBe(0)
    expect(poisson(0)[1]).toBeCloseTo(3.689, 2)
    expect(poisson(10)[0]).toBeCloseTo(4.795, 2)
    expect(poisson(10)[1]).toBeCloseTo(18.39, 1)
    expect(hourlyRate(0, 0)).toMatchObject({ perHour: null, interval: null })
  })
})

describe('scoreOf', () => {
  it('gives figures between 0 and 1 that lie within their intervals', () => {
    fc.assert(
      fc.property(fc.array(judged, { minLength: 1, maxLength: 40 }), (pictures) => {
        const score = scoreOf(pictures)
        expect(score.tp + score.fp + score.fn + score.tn).toBe(pictures.length)
        for (const figure of ['precision', 'recall', 'f1', 'average_precision'] as const) {
          const value = score[figure]
          const interval = score.intervals[figure]
          if (value === null || interval === null) continue
          expect(value).toBeGreaterThanOrEqual(0)
          expect(value).toBeLessThanOrEqual(1)
          // Where nothing was said, or is there, the convention 1 stands and the interval is open.
          expect(interval[0]).toBeLessThanOrEqual(value)
          expect(interval[1]).toBeGreaterThanOrEqual(value)
        }
      }),
      { numRuns: 40 }
    )
  })

  it('gives the same intervals for the same pictures', () => {
    const pictures = Array.from({ length: 30 }, (_, at) => ({
      truth: at % 3 === 0,
      said: at % 4 === 0,
      score: (at % 7) / 7
    }))
    expect(scoreOf(pictures)).toEqual(scoreOf(pictures))
  })

  it('counts by hand: 3 right, 1 wrong, 2 missed', () => {
    const of = (truth: boolean, said: boolean, times: number): Judged[] =>
      Array.from({ length: times }, () => ({ truth, said, score: said ? 0.9 : 0.1 }))
    const pictures = [
      ...of(true, true, 3),
      ...of(false, true, 1),
      ...of(true, false, 2),
      ...of(false, false, 4)
    ]
    expect(scoreOf(pictures)).toMatchObject({
      tp: 3,
      fp: 1,
      fn: 2,
      tn: 4,
      precision: 0.75,
      recall: 0.6,
      f1: 0.667
    })
    expect(countsOf(pictures, Uint16Array.from([2, 0, 0, 0, 0, 0, 0, 0, 0, 0]))).toMatchObject({
      tp: 2,
      tn: 0
    })
  })
})

describe('average precision', () => {
  it('lies between 0 and 1, and is null where nothing is to be found', () => {
    fc.assert(
      fc.property(fc.array(ranked, { maxLength: 30 }), (pictures) => {
        const value = averagePrecision(pictures)
        if (!pictures.some(({ truth }) => truth)) expect(value).toBeNull()
        else {
          expect(value).toBeGreaterThanOrEqual(0)
          expect(value).toBeLessThanOrEqual(1)
        }
      })
    )
  })

  it('is 1 when everything that is there stands above everything that is not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.nat(20), (there, not) => {
        const pictures = [
          ...Array.from({ length: there }, () => ({ truth: true, score: 0.8 })),
          ...Array.from({ length: not }, () => ({ truth: false, score: 0.3 }))
        ]
        expect(averagePrecision(pictures)).toBe(1)
      })
    )
  })

  it('never falls when something that is there gets a higher score', () => {
    fc.assert(
      fc.property(
        fc.array(ranked, { minLength: 1, maxLength: 20 }),
        fc.nat(),
        fc.nat(5),
        (pictures, pick, more) => {
          const at = pick % pictures.length
          fc.pre(pictures[at]?.truth === true)
          const raised = pictures.map((picture, index) =>
            index === at ? { ...picture, score: Math.min(1, picture.score + more / 10) } : picture
          )
          expect(averagePrecision(raised)!).toBeGreaterThanOrEqual(averagePrecision(pictures)! - 1e-9)
        }
      )
    )
  })

  it('takes pictures of one score together and gives nothing for what nobody saw', () => {
    const tied = [
      { truth: true, score: 0.5 },
      { truth: false, score: 0.5 }
    ]
    expect(averagePrecision(tied)).toBe(0.5)
    expect(averagePrecision([...tied].reverse())).toBe(0.5)
    expect(averagePrecision([{ truth: true, score: 0 }])).toBe(0)
  })

  it('comes from a curve whose recall never falls', () => {
    fc.assert(
      fc.property(fc.array(ranked, { maxLength: 30 }), (pictures) => {
        const points = curveOf(pictures)
        points.forEach(({ recall, threshold }, at) => {
          expect(recall).toBeGreaterThanOrEqual(points[at - 1]?.recall ?? 0)
          expect(threshold).toBeLessThan(points[at - 1]?.threshold ?? Infinity)
        })
      })
    )
  })
})
