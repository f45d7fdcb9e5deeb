import { logit, sigmoid, type Candidate } from '../coco-ssd/decode'
import type { Box, Detection } from '../detector'
import { inWhole, isCutOffAtSide, keepBest, overlapOf } from '../overlap'
import { isWhole } from '../pixels/resize'

/**
 * How much each witness of a phone weighs, on the scale of logits: our head, coco-ssd's phone, and coco-ssd's remote,
 * which is what it calls a phone's back. `offset` puts the sum at 0 where it separates phones from what is none.
 * Fitted on labelled photographs that nothing was trained on (docs/vision.md); few and round numbers, so that they carry
 * over to other photographs.
 */
const together = { shape: 1.2, phone: 0.5, remote: 0.2, offset: 0.82 } as const
/** coco-ssd alone is believed from 0.7 on: below, it calls too much a phone. */
const alone = { phone: 1, offset: -0.85 } as const
/** A closer look lacks what is around a thing, and there are many of them: it has to be surer by this much. */
const closerLook = 0.6
/**
 * coco-ssd hardly knows what an edge of the picture cuts off, so that its silence counts for less there. In closer looks
 * alone, since in the whole picture half a phone is no more than a dark corner; and left and right alone: things come in
 * from there, and the lower edge cuts off whatever stands before the camera.
 */
const moreWhereCutOff = 1.2
/** A witness that says nothing counts as this sure, and none counts as surer than its counterpart. */
const silent = 0.03
/** Boxes that overlap this much are of one thing. */
const sameThing = 0.35
/** Two of a kind in one look that overlap more than this are one. */
const sameOne = 0.4

const sayOf = (score: number): number => logit(Math.min(1 - silent, Math.max(silent, score)))

const bestAt = (candidates: readonly Candidate[], box: Box): number =>
  candidates.reduce(
    (best, candidate) => (overlapOf(candidate.box, box) > sameThing ? Math.max(best, candidate.score) : best),
    0
  )

/**
 * Puts together what coco-ssd (`found`) and our head (`shaped`) say of phones in one look at `part` of the picture, in
 * shares of that part. Scores are 0 to 1; 0.5 is where the evidence for and against is even. Where there is no head
 * (`shaped` is null: weights of IT's own) there is one witness, and its word counts as it is: our weights were fitted to
 * the weights that ship, and would ask others for 0.7 where the policy says 0.5.
 */
export const phonesFrom = (
  found: readonly Detection[],
  shaped: readonly Candidate[] | null,
  part: Box
): readonly Candidate[] => {
  const of = (label: string): readonly Detection[] => found.filter((one) => one.label === label)
  const [phones, remotes] = [of('cell phone'), of('remote')]
  if (shaped === null) return [...phones].sort((a, b) => b.score - a.score)
  const judged = [...shaped, ...phones].map(({ box }): Candidate => {
    const phone = sayOf(bestAt(phones, box))
    const joined =
      together.shape * sayOf(bestAt(shaped, box)) +
      together.phone * phone +
      together.remote * sayOf(bestAt(remotes, box)) +
      together.offset +
      (!isWhole(part) && isCutOffAtSide(inWhole(part, box)) ? moreWhereCutOff : 0)
    const evidence = Math.max(joined, alone.phone * phone + alone.offset)
    return { box, score: sigmoid(evidence - (isWhole(part) ? 0 : closerLook)) }
  })
  return keepBest(judged, (kept, other) => overlapOf(kept, other) > sameOne)
}

/** The same for books. */
const bookTogether = { shape: 1, book: 0.4, offset: 1 } as const

/** Puts together what coco-ssd (`found`) and our head (`shaped`) say of books in one look. */
export const booksFrom = (
  found: readonly Detection[],
  shaped: readonly Candidate[]
): readonly Candidate[] => {
  const books = found.filter((one) => one.label === 'book')
  const judged = [...shaped, ...books].map(({ box }): Candidate => ({
    box,
    score: sigmoid(
      bookTogether.shape * sayOf(bestAt(shaped, box)) +
        bookTogether.book * sayOf(bestAt(books, box)) +
        bookTogether.offset
    )
  }))
  return keepBest(judged, (kept, other) => overlapOf(kept, other) > sameOne)
}

/** Whether what is called a book is rather a phone: one that is surer lies in the same place. */
export const isRatherPhone = ({ label, score, box }: Detection, phones: readonly Candidate[]): boolean =>
  label === 'book' && phones.some((phone) => phone.score > score && overlapOf(phone.box, box) > sameThing)
