import { bootstrap } from './bootstrap'
import { averagePrecision, byScore, type Ranked } from './curve'
import { wilson, type Interval } from './proportion'

/** One picture under one question. */
export interface Judged extends Ranked {
  /** What was said, after thresholds and dwell. */
  readonly said: boolean
}

/** One question over all pictures, rounded to three places. */
export interface Score {
  readonly precision: number
  readonly recall: number
  readonly f1: number
  readonly tp: number
  readonly fp: number
  readonly fn: number
  readonly tn: number
  /** From each picture's best score; null when nothing was there to be found. */
  readonly average_precision: number | null
  /** 95 %: Wilson for precision and recall, bootstrap with a fixed seed for the others. */
  readonly intervals: {
    readonly precision: Interval
    readonly recall: Interval
    readonly f1: Interval | null
    readonly average_precision: Interval | null
  }
}

export const rounded = (value: number): number => Math.round(value * 1000) / 1000
export const roundedPair = ([low, high]: Interval): Interval => [rounded(low), rounded(high)]
const orNull = <A, B>(value: A | null, of: (value: A) => B): B | null => (value === null ? null : of(value))

/** F1 from counts. Without anything said or there it is 1: nothing was asked, nothing was wrong. */
export const f1Of = (tp: number, fp: number, fn: number): number =>
  tp + fp + fn === 0 ? 1 : (2 * tp) / (2 * tp + fp + fn)

export const countsOf = (
  pictures: readonly { readonly truth: boolean; readonly said: boolean }[],
  weights: Uint16Array | null = null
) => {
  const counts = { tp: 0, fp: 0, fn: 0, tn: 0 }
  pictures.forEach(({ truth, said }, at) => {
    counts[said ? (truth ? 'tp' : 'fp') : truth ? 'fn' : 'tn'] += weights?.[at] ?? 1
  })
  return counts
}

/** Precision, recall, F1 and average precision with their intervals. Nothing said counts as precision 1. */
export const scoreOf = (pictures: readonly Judged[]): Score => {
  const { tp, fp, fn, tn } = countsOf(pictures)
  const f1 = f1Of(tp, fp, fn)
  const order = byScore(pictures)
  const ap = averagePrecision(pictures, order)
  const f1Again = (weights: Uint16Array): number => {
    const drawn = countsOf(pictures, weights)
    return f1Of(drawn.tp, drawn.fp, drawn.fn)
  }
  return {
    precision: rounded(tp + fp === 0 ? 1 : tp / (tp + fp)),
    recall: rounded(tp + fn === 0 ? 1 : tp / (tp + fn)),
    f1: rounded(f1),
    tp,
    fp,
    fn,
    tn,
    average_precision: orNull(ap, rounded),
    intervals: {
      precision: roundedPair(wilson(tp, tp + fp)),
      recall: roundedPair(wilson(tp, tp + fn)),
      f1: orNull(bootstrap(pictures.length, f1Again, f1), roundedPair),
      average_precision: orNull(
        orNull(ap, (found) =>
          bootstrap(pictures.length, (weights) => averagePrecision(pictures, order, weights), found)
        ),
        roundedPair
      )
    }
  }
}
