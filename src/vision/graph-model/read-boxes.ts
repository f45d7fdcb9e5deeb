import type { ModelDecoder, ModelDefinition } from '../../core/model/definition'
import type { Box, Detection, Detections } from '../detector'
import { keepBest, overlapOf } from '../overlap'

/** Candidates below this score are never looked at: no policy may set a threshold under it. */
export const scoreFloor = 0.05
/** Two boxes of one class that overlap more than this are one object. */
const sameObject = 0.5
/** More candidates of one class than this are not compared with one another: the best stay. */
const mostCandidates = 500
/** A score of 0 to 1 may miss its range by so much, for arithmetic's sake. */
const slack = 1e-3

type BoxesScores = Extract<ModelDecoder, { kind: 'boxes-scores' }>

/** A model's answers as they came: boxes [count, 4] and scores [count, columns], row by row. */
export interface RawAnswers {
  readonly count: number
  readonly columns: number
  readonly boxes: Float32Array
  readonly scores: Float32Array
}

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value))

const boxAt = (boxes: Float32Array, at: number, { order, unit }: BoxesScores, size: number): Box => {
  const per = unit === 'share' ? 1 : size
  const [a = NaN, b = NaN, c = NaN, d = NaN] = boxes.subarray(at * 4, at * 4 + 4)
  const box = {
    yxyx: { x: b, y: a, width: d - b, height: c - a },
    xyxy: { x: a, y: b, width: c - a, height: d - b },
    cxcywh: { x: a - c / 2, y: b - d / 2, width: c, height: d }
  }[order]
  const whole = { x: box.x / per, y: box.y / per, width: box.width / per, height: box.height / per }
  if (!Object.values(whole).every(Number.isFinite))
    throw new Error('A box of the model is not made of numbers.')
  if (whole.width < 0 || whole.height < 0)
    throw new Error('A box of the model ends before it begins: is the order of its numbers right?')
  return whole
}

const scoreAt = (raw: number | undefined, kind: BoxesScores['scores']): number => {
  if (raw === undefined || Number.isNaN(raw))
    throw new Error('The model answered something that is not a number.')
  if (kind === 'logit') return sigmoid(raw)
  if (raw < -slack || raw > 1 + slack)
    throw new Error(`The model answered a score of ${raw}, which is not from 0 to 1.`)
  return Math.min(1, Math.max(0, raw))
}

/**
 * Reads the labels of a definition from a model's answers, and no other column. Throws an `Error` for whatever is no
 * answer (not a number, a score beyond its range, a box turned inside out): it must not look like an empty room.
 */
export const readBoxes = (
  answers: RawAnswers,
  { classes, input }: Pick<ModelDefinition, 'classes' | 'input'>,
  decoder: BoxesScores
): Detections => {
  const { count, columns, boxes, scores } = answers
  if (count < 1 || boxes.length !== count * 4 || scores.length !== count * columns)
    throw new Error(
      `The model answered ${boxes.length} box numbers and ${scores.length} scores for ${count} boxes.`
    )
  if (boxes.some(Number.isNaN)) throw new Error('A box of the model is not made of numbers.')
  const found: Detection[] = []
  const best: Record<string, number> = {}
  for (const { label, column } of classes) {
    if (column >= columns)
      throw new Error(`The model has ${columns} columns; ${label} is said to be ${column}.`)
    let highest = 0
    const candidates: { readonly score: number; readonly at: number }[] = []
    for (let at = 0; at < count; at += 1) {
      const score = scoreAt(scores[at * columns + column], decoder.scores)
      if (score > highest) highest = score
      if (score >= scoreFloor) candidates.push({ score, at })
    }
    best[label] = highest
    const read = candidates
      .sort((a, b) => b.score - a.score)
      .slice(0, mostCandidates)
      .map(({ score, at }) => ({ score, box: boxAt(boxes, at, decoder, input.size) }))
    found.push(
      ...keepBest(read, (kept, other) => overlapOf(kept, other) > sameObject).map((one) => ({
        label,
        ...one
      }))
    )
  }
  return { found: found.sort((a, b) => b.score - a.score), best }
}
