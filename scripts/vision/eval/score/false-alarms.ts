import type { MeasuredPicture } from '../run/stills'
import { contenders, type Comparison, type Contender } from './compare'
import { proportion, type Proportion } from './proportion'

/** What was raised in pictures without a phone, a book or a second person. */
export interface FalseAlarms {
  readonly scene: Proportion
  readonly phone: Proportion
  readonly book: Proportion
  readonly people: Proportion
}

export const falseAlarmsOf = (
  measured: readonly MeasuredPicture[],
  { said }: Comparison
): Readonly<Record<Contender, FalseAlarms>> => {
  const clear = measured.filter(({ picture }) => !picture.truth.scene)
  return Object.fromEntries(
    contenders.map((contender) => {
      const of = (question: keyof FalseAlarms): Proportion =>
        proportion(clear.filter((picture) => said[contender](picture, question)).length, clear.length)
      return [contender, { scene: of('scene'), phone: of('phone'), book: of('book'), people: of('people') }]
    })
  ) as Record<Contender, FalseAlarms>
}
