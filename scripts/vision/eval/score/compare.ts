import { questions, type Question } from '../labels/truth'
import { triedThresholds } from '../run/plain-thresholds'
import type { Answered, MeasuredPicture } from '../run/stills'
import { countsOf, f1Of, scoreOf, type Judged, type Score } from './score'

/** The three that are held side by side. */
export const contenders = ['pipeline', 'coco_ssd_default', 'coco_ssd_best'] as const
export type Contender = (typeof contenders)[number]

/** What one contender said to one question about one picture. */
export type SaidOf = (picture: MeasuredPicture, question: Question) => boolean

export interface Comparison {
  /** The threshold at which the plain model's scene F1 is highest on these pictures. */
  readonly bestThreshold: number
  readonly said: Readonly<Record<Contender, SaidOf>>
}

/** The pictures whose truth is known for a question. */
export const known = (measured: readonly MeasuredPicture[], question: Question) =>
  measured.flatMap((picture) => {
    const truth = picture.picture.truth[question]
    return truth === null ? [] : [{ picture, truth }]
  })

export const compare = (measured: readonly MeasuredPicture[]): Comparison => {
  const f1At = triedThresholds.map((_, at) => {
    const pairs = measured.map(({ picture, swept }) => ({
      truth: picture.truth.scene,
      said: swept[at]?.scene ?? false
    }))
    const { tp, fp, fn } = countsOf(pairs)
    return f1Of(tp, fp, fn)
  })
  const best = f1At.indexOf(Math.max(...f1At))
  return {
    bestThreshold: triedThresholds[best] ?? 0.5,
    said: {
      pipeline: ({ pipeline }, question) => pipeline.said[question],
      coco_ssd_default: ({ plain }, question) => plain.said[question],
      coco_ssd_best: ({ swept }, question) => swept[best]?.[question] ?? false
    }
  }
}

export const answeredBy = (contender: Contender, { pipeline, plain }: MeasuredPicture): Answered =>
  contender === 'pipeline' ? pipeline : plain

/** One question's pictures as a contender judged them. */
export const judgedBy = (
  measured: readonly MeasuredPicture[],
  { said }: Comparison,
  contender: Contender,
  question: Question
): readonly Judged[] =>
  known(measured, question).map(({ picture, truth }) => ({
    truth,
    said: said[contender](picture, question),
    score: answeredBy(contender, picture).scores[question]
  }))

export type Scores = Readonly<Record<Question, Score | null>>

/** Every question of one contender; null where no picture's truth is known. */
export const scoresOf = (
  measured: readonly MeasuredPicture[],
  comparison: Comparison,
  contender: Contender
): Scores =>
  Object.fromEntries(
    questions.map((question) => {
      const judged = judgedBy(measured, comparison, contender, question)
      return [question, judged.length === 0 ? null : scoreOf(judged)]
    })
  ) as Scores
