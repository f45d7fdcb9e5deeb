import type { MeasuredPicture } from '../run/stills'
import { answeredBy } from './compare'
import { proportion, type Proportion } from './proportion'

/** How well people are counted, over the pictures whose number is known. */
export interface PeopleCount {
  readonly exact: Proportion
  /** Mean distance from the true number. */
  readonly mean_error: number | null
  /** Pictures by true number (0, 1, 2 and more) and counted number (the same). */
  readonly confusion: readonly (readonly number[])[]
  /** Pictures with exactly one person in which more were counted: a second person out of nothing. */
  readonly second_out_of_nothing: Proportion
  /** Pictures with somebody in which nobody was counted. */
  readonly nobody_though_there: Proportion
}

const kind = (persons: number): number => Math.min(2, persons)

export const peopleCountOf = (
  measured: readonly MeasuredPicture[],
  contender: 'pipeline' | 'coco_ssd_default'
): PeopleCount => {
  const pairs = measured.flatMap((picture) => {
    const counted = answeredBy(contender, picture).persons
    return picture.picture.persons === null || counted === null
      ? []
      : [{ truth: picture.picture.persons, counted }]
  })
  const confusion = [0, 1, 2].map(() => [0, 0, 0])
  pairs.forEach(({ truth, counted }) => {
    const row = confusion[kind(truth)]
    if (row) row[kind(counted)] = (row[kind(counted)] ?? 0) + 1
  })
  const off = pairs.reduce((sum, { truth, counted }) => sum + Math.abs(truth - counted), 0)
  const share = (
    of: (typeof pairs)[number][],
    holds: (pair: (typeof pairs)[number]) => boolean
  ): Proportion => proportion(of.filter(holds).length, of.length)
  return {
    exact: share(pairs, ({ truth, counted }) => truth === counted),
    mean_error: pairs.length === 0 ? null : Math.round((off / pairs.length) * 1000) / 1000,
    confusion,
    second_out_of_nothing: share(
      pairs.filter(({ truth }) => truth === 1),
      ({ counted }) => counted > 1
    ),
    nobody_though_there: share(
      pairs.filter(({ truth }) => truth > 0),
      ({ counted }) => counted === 0
    )
  }
}
