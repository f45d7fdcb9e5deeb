import { logit, sigmoid, type Candidate } from '../coco-ssd/decode'
import type { Box, Detection } from '../detector'
import { keepBest, overlapOf } from '../overlap'

/**
 * How much each witness of a phone weighs, on the scale of logits: our head, coco-ssd's phone, and coco-ssd's remote,
 * which is what it calls a phone's back. Fitted on labelled photographs that were not trained on (docs/vision.md), few
 * and round on purpose, so that they carry over to other photographs.
 */
const weights = { shape: 1, phone: 0.75, remote: 0.2 } as const
/** Puts the sum where 0.5 was right in 19 of 20 of those photographs. */
const offset = 0.6
/** A witness that says nothing counts as this sure, and none counts as surer than its counterpart. */
const silent = 0.03
/** Boxes that overlap this much are of one thing. */
const sameThing = 0.35
/** Two phones in one look that overlap more than this are one. */
const samePhone = 0.4

const sayOf = (score: number): number => logit(Math.min(1 - silent, Math.max(silent, score)))

const bestAt = (candidates: readonly Candidate[], box: Box): number =>
  candidates.reduce(
    (best, candidate) => (overlapOf(candidate.box, box) > sameThing ? Math.max(best, candidate.score) : best),
    0
  )

/** Puts together what coco-ssd (`found`) and our head (`shaped`) say of phones in one look. */
export const phonesFrom = (
  found: readonly Detection[],
  shaped: readonly Candidate[]
): readonly Candidate[] => {
  const of = (label: string): readonly Detection[] => found.filter((one) => one.label === label)
  const [phones, remotes] = [of('cell phone'), of('remote')]
  const judged = [...shaped, ...phones].map(({ box }): Candidate => ({
    box,
    score: sigmoid(
      weights.shape * sayOf(bestAt(shaped, box)) +
        weights.phone * sayOf(bestAt(phones, box)) +
        weights.remote * sayOf(bestAt(remotes, box)) +
        offset
    )
  }))
  return keepBest(judged, (kept, other) => overlapOf(kept, other) > samePhone)
}

/** Whether what coco-ssd calls a book is rather a phone: one that is surer lies in the same place. */
export const isRatherPhone = ({ label, score, box }: Detection, phones: readonly Candidate[]): boolean =>
  label === 'book' && phones.some((phone) => phone.score > score && overlapOf(phone.box, box) > sameThing)
