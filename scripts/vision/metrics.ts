import type { Truth } from './coco-data'

export interface Score {
  readonly precision: number
  readonly recall: number
  readonly f1: number
  readonly tp: number
  readonly fp: number
  readonly fn: number
}
export type Scores = Readonly<Record<keyof Truth, Score>>

/** The same four questions, as somebody answered them. */
export type Verdict = Truth

export const verdictOf = ({ phone, book, people }: Omit<Verdict, 'scene'>): Verdict => ({
  phone,
  book,
  people,
  scene: phone || book || people
})

const rounded = (value: number): number => Math.round(value * 1000) / 1000

/** Precision and recall of one question over all pictures. Nothing said counts as precision 1. */
export const scoreOf = (pairs: readonly { readonly truth: boolean; readonly said: boolean }[]): Score => {
  const count = (truth: boolean, said: boolean): number =>
    pairs.filter((pair) => pair.truth === truth && pair.said === said).length
  const [tp, fp, fn] = [count(true, true), count(false, true), count(true, false)]
  const precision = tp + fp === 0 ? 1 : tp / (tp + fp)
  const recall = tp + fn === 0 ? 1 : tp / (tp + fn)
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall)
  return { precision: rounded(precision), recall: rounded(recall), f1: rounded(f1), tp, fp, fn }
}

export const scoresOf = (truths: readonly Truth[], verdicts: readonly Verdict[]): Scores => {
  const of = (question: keyof Truth): Score =>
    scoreOf(truths.map((truth, at) => ({ truth: truth[question], said: verdicts[at]?.[question] ?? false })))
  return { phone: of('phone'), book: of('book'), people: of('people'), scene: of('scene') }
}
