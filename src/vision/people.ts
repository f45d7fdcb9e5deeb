import { logit, sigmoid } from './coco-ssd/decode'
import type { Box, Detection } from './detector'
import { containmentOf, isCutOffAtSide, keepBest, overlapOf } from './overlap'

/** Boxes that share more than this of their joined area are one person. */
const sameOverlap = 0.5
/** A box that lies this much within another is a part of that person: a face, an arm, a torso. */
const samePart = 0.85

/** Whether two boxes show one person: they overlap by more than half, or one lies almost wholly within the other. */
export const isSamePerson = (one: Box, other: Box): boolean =>
  overlapOf(one, other) > sameOverlap || containmentOf(one, other) > samePart

/**
 * The people among what was found, surest first, so that one person is never two. Candidates are taken best first; one
 * that overlaps a better one by more than half, or that lies almost wholly within it (or it within the candidate), is the
 * same person. The price, said openly: somebody wholly inside the outline of a nearer person is not counted.
 */
export const peopleIn = (found: readonly Detection[], threshold: number): readonly Detection[] =>
  keepBest(
    found.filter(({ label, score }) => label === 'person' && score >= threshold),
    isSamePerson
  )

/**
 * Somebody who stands beside, half out of the picture, is found with less certainty than they deserve: by so much, on the
 * scale of logits, when they reach a side edge, take this much of the height, and are apart from everybody surer (a
 * second box around one person is not). Fitted on labelled photographs (docs/vision.md).
 */
const cutOff = { tall: 0.4, apart: 0.2, more: 0.9 } as const

/** What a look at the whole picture found, with people whom its side edges cut off as sure as they should be. */
export const withPeopleCutOff = (found: readonly Detection[]): readonly Detection[] => {
  const people = found.filter(({ label }) => label === 'person')
  return found
    .map((one) => {
      const surer = people.filter(({ score }) => score > one.score)
      const counts =
        one.label === 'person' &&
        isCutOffAtSide(one.box) &&
        one.box.height >= cutOff.tall &&
        surer.length > 0 &&
        surer.every(({ box }) => containmentOf(box, one.box) < cutOff.apart)
      return counts ? { ...one, score: sigmoid(logit(one.score) + cutOff.more) } : one
    })
    .sort((a, b) => b.score - a.score)
}
