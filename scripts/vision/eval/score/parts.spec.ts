import { describe, expect, it } from 'vitest'
import { defaultRules } from '../../../../src/core/policy/defaults'
import { answered, clearTruth, labelled, measuredPicture } from '../fixtures'
import { triedThresholds } from '../run/plain-thresholds'
import { compare } from './compare'
import { fairnessOf } from './fairness'
import { heldPhonesOf } from './held-phones'
import { peopleCountOf } from './people'
import { stillResults, trimmed } from './results'
import { ruleConfusions } from './rules-held'
import { commonCuts, sliced } from './slices'

const phoneTruth = { ...clearTruth, phone: true, scene: true }
const withPhone = (over: Parameters<typeof labelled>[0], found: boolean) =>
  measuredPicture({
    picture: labelled({ truth: phoneTruth, phoneShare: 0.1, phoneHeld: true, ...over }),
    pipeline: answered(found ? { phone: true, scene: true } : {})
  })

describe('the plain model at its best', () => {
  it('is taken at the threshold with the highest scene F1', () => {
    const saidFrom = (threshold: number) =>
      triedThresholds.map((tried) => ({ ...clearTruth, screen: false, scene: tried <= threshold }))
    const measured = [
      measuredPicture({ picture: labelled({ truth: phoneTruth }), swept: saidFrom(0.4) }),
      measuredPicture({ swept: saidFrom(0.2) })
    ]
    // From 0.25 to 0.4 it finds the one scene and raises nothing else: the first of them is taken.
    expect(compare(measured).bestThreshold).toBe(0.25)
  })
})

describe('parts', () => {
  it('are told by the share of the picture that a phone takes', () => {
    const measured = [
      withPhone({ phoneShare: 0.005 }, false),
      withPhone({ phoneShare: 0.05 }, true),
      withPhone({ phoneShare: 0.3 }, false),
      withPhone({ phoneShare: null }, true),
      measuredPicture()
    ]
    const slices = sliced(measured, compare(measured), commonCuts).filter(({ by }) => by === 'phone_share')
    expect(
      slices.map(({ part, images, figures }) => [part, images, figures.pipeline.phone.recall.hits])
    ).toEqual([
      ['under 1 %', 1, 0],
      ['5 % and more', 2, 1],
      ['unknown', 1, 1]
    ])
  })

  it('follow every tag of a few values, but not the tags that are the truth', () => {
    const measured = ['1', '2', '3', '4'].map((id) =>
      measuredPicture({
        picture: labelled({
          tags: { glasses: id > '2' ? 'true' : 'false', has_phone: 'false', person_id: id }
        })
      })
    )
    const fairness = fairnessOf(measured, compare(measured))
    expect(fairness.by_attribute.map(({ by, part }) => `${by} ${part}`)).toEqual([
      'glasses false',
      'glasses true'
    ])
    expect(fairness.not_known).not.toContain('clothing')
    expect(fairness.not_known).toContain('skin')
  })
})

describe('phones of at least 5 %', () => {
  it('are counted held, all, and by supplied group', () => {
    const measured = [
      withPhone({ file: 'a' }, true),
      withPhone({ file: 'b', phoneHeld: false }, false),
      withPhone({ file: 'c', phoneShare: 0.04 }, true),
      withPhone({ file: 'd' }, false)
    ]
    const rows = heldPhonesOf(measured, compare(measured), { backs: new Set(['d']) })
    expect(rows.map(({ part, found }) => [part, found.pipeline.hits, found.pipeline.of])).toEqual([
      ['held', 1, 2],
      ['any', 1, 3],
      ['backs', 0, 1]
    ])
  })
})

describe('people', () => {
  it('are counted right, one too many, or none though there', () => {
    const of = (truth: number | null, counted: number | null) =>
      measuredPicture({
        picture: labelled({ persons: truth }),
        pipeline: { ...answered({}), persons: counted }
      })
    const count = peopleCountOf(
      [of(1, 1), of(1, 2), of(1, 0), of(5, 4), of(0, 0), of(null, 3), of(1, null)],
      'pipeline'
    )
    expect(count).toMatchObject({
      exact: { hits: 2, of: 5 },
      mean_error: 0.6,
      confusion: [
        [1, 0, 0],
        [1, 1, 1],
        [0, 0, 1]
      ],
      second_out_of_nothing: { hits: 1, of: 3 },
      nobody_though_there: { hits: 1, of: 4 }
    })
  })
})

describe('rules', () => {
  it('are confused per rule, and one whose dwell is longer than the still is said to be', () => {
    const held = measuredPicture({ picture: labelled({ truth: phoneTruth }) })
    const rows = ruleConfusions(
      [{ ...held, still: { ...held.still, held: new Set(['phone', 'book'] as const) } }],
      defaultRules,
      1000
    )
    expect(rows.find(({ rule }) => rule === 'phone')).toMatchObject({ tp: 1, fp: 0, dwell_too_long: false })
    expect(rows.find(({ rule }) => rule === 'book')).toMatchObject({ tp: 0, fp: 1 })
    expect(rows.find(({ rule }) => rule === 'nobody')).toMatchObject({ tn: 1, dwell_too_long: true })
  })

  it('about screens are not scored where nobody looked for screens', () => {
    const silent = measuredPicture({ picture: labelled({ truth: { ...clearTruth, screen: null } }) })
    const screen = ruleConfusions([silent], defaultRules, 1000).find(({ rule }) => rule === 'second-screen')
    expect(screen).toMatchObject({ tp: 0, fp: 0, fn: 0, tn: 0 })
  })
})

describe('results', () => {
  it('keep the names that figures are followed by', () => {
    const measured = [withPhone({}, true), measuredPicture()]
    const results = stillResults({
      measured,
      unreadable: [],
      disagreeing: 0,
      groups: {},
      rules: defaultRules,
      thresholds: { phone: 0.5, book: 0.5, person: 0.4, screen: 0.5 },
      forMs: 1000,
      model: 'scripted',
      clock: 'wall',
      lookMs: null
    })
    for (const contender of ['pipeline', 'coco_ssd_default', 'coco_ssd_best'] as const)
      for (const question of ['phone', 'book', 'people', 'scene'] as const)
        expect(results[contender][question]).toMatchObject({
          precision: expect.any(Number),
          recall: expect.any(Number),
          f1: expect.any(Number),
          tp: expect.any(Number),
          fp: expect.any(Number),
          fn: expect.any(Number)
        })
    expect(results.images).toBe(2)
    expect(results.pipeline.phone).toMatchObject({ tp: 1, fn: 0 })
    expect(results.coco_ssd_default.phone).toMatchObject({ tp: 0, fn: 1 })
  })

  it('are written with four places', () => {
    expect(trimmed({ a: [0.123456], b: null, c: 'x' })).toEqual({ a: [0.1235], b: null, c: 'x' })
  })
})
