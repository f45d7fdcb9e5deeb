import * as tf from '@tensorflow/tfjs'
import { classIndexOf, watchedLabels } from '../../../../src/vision/coco-ssd/classes'
import type { Detection } from '../../../../src/vision/detector'
import { questionOf } from '../labels/names'
import { sceneOf, type ObjectQuestion } from '../labels/truth'
import type { PlainOutputs } from '../../plain'
import type { Said } from './answers'
import { mostObjects } from './plain-thresholds'

const classes = 90
const names = new Map(watchedLabels.map((label) => [classIndexOf(label), label as string]))

/** Best class and its score per anchor, as the package takes them. */
export interface BestPerAnchor {
  readonly best: Float32Array
  readonly which: Int32Array
  readonly boxes: Float32Array
}

export const bestPerAnchor = ({ scores, boxes }: PlainOutputs): BestPerAnchor => {
  const anchors = scores.length / classes
  const best = new Float32Array(anchors)
  const which = new Int32Array(anchors)
  for (let at = 0; at < scores.length; at += 1) {
    const anchor = Math.floor(at / classes)
    const score = scores[at] ?? 0
    if (score <= (best[anchor] ?? 0)) continue
    best[anchor] = score
    which[anchor] = (at % classes) + 1
  }
  return { best, which, boxes }
}

/**
 * What the package's `detect()` would say at another threshold: suppression over all classes together, with the
 * threshold as the overlap too, as the package does it. Classes that nobody asks about are called `other`.
 */
export const objectsAt = (
  { best, which, boxes }: BestPerAnchor,
  threshold: number,
  overlap: number = threshold
): readonly Detection[] => {
  const kept = tf.tidy(() =>
    tf.image
      .nonMaxSuppression(
        tf.tensor2d(boxes, [best.length, 4]),
        tf.tensor1d(best),
        mostObjects,
        overlap,
        threshold
      )
      .dataSync()
  )
  return [...kept].map((anchor): Detection => {
    const at = (side: number): number => boxes[anchor * 4 + side] ?? 0
    return {
      label: names.get(which[anchor] ?? 0) ?? 'other',
      score: best[anchor] ?? 0,
      box: { x: at(1), y: at(0), width: at(3) - at(1), height: at(2) - at(0) }
    }
  })
}

/** What a list of objects says to each question. */
export const saidBy = (labels: readonly string[]): Said => {
  const of = (question: ObjectQuestion): number =>
    labels.filter((label) => questionOf(label) === question).length
  const said = { phone: of('phone') > 0, book: of('book') > 0, people: of('people') > 1 }
  return { ...said, scene: sceneOf(said), screen: of('screen') > 0 }
}

/** Best score per question; for people the second best. */
export const scoresBy = (objects: readonly Detection[]): Readonly<Record<ObjectQuestion, number>> => {
  const of = (question: ObjectQuestion, place: number): number =>
    objects
      .filter(({ label }) => questionOf(label) === question)
      .map(({ score }) => score)
      .sort((a, b) => b - a)[place] ?? 0
  return { phone: of('phone', 0), book: of('book', 0), people: of('people', 1), screen: of('screen', 0) }
}
