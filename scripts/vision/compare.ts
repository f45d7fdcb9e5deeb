import { classIndexOf, type WatchedLabel } from '../../src/vision/coco-ssd/classes'
import type { RawOutputs } from '../../src/vision/coco-ssd/coco-ssd'
import { boxOf, sigmoid } from '../../src/vision/coco-ssd/decode'
import type { PlainCocoSsd } from './plain'

/** Classes of the original's outputs. */
const originalClasses = 90
/** Anchors whose best watched score is under this are never reported by anybody: their boxes are not compared. */
const leastScore = 0.05

/** Largest differences between our outputs and the original graph's for one picture, over all anchors. */
export const compareOutputs = (
  { plan, raw, labels }: RawOutputs,
  original: Awaited<ReturnType<PlainCocoSsd['outputs']>>,
  { width, height }: { readonly width: number; readonly height: number }
): { readonly score: number; readonly boxPx: number } => {
  const anchors = plan.anchors.length / 4
  let score = 0
  let boxPx = 0
  for (let anchor = 0; anchor < anchors; anchor += 1) {
    let best = 0
    labels.forEach((label, column) => {
      const ours = sigmoid(raw[anchors * 4 + anchor * labels.length + column] ?? NaN)
      const theirs =
        original.scores[anchor * originalClasses + classIndexOf(label as WatchedLabel) - 1] ?? NaN
      score = worse(score, ours - theirs)
      best = Math.max(best, theirs)
    })
    if (best < leastScore) continue
    const box = boxOf(plan, raw, anchor)
    const at = (index: number): number => original.boxes[anchor * 4 + index] ?? NaN
    boxPx = worse(boxPx, (box.y - at(0)) * height)
    boxPx = worse(boxPx, (box.x - at(1)) * width)
    boxPx = worse(boxPx, (box.y + box.height - at(2)) * height)
    boxPx = worse(boxPx, (box.x + box.width - at(3)) * width)
  }
  return { score, boxPx }
}

/** The larger difference; one that is not a number is the worst there is. */
const worse = (known: number, difference: number): number =>
  Number.isNaN(difference) ? Infinity : Math.max(known, Math.abs(difference))
