import type { Box } from '../../../../src/vision/detector'

/** The questions that are scored. `screen`: a laptop, a tablet or a television. */
export const objectQuestions = ['phone', 'book', 'people', 'screen'] as const
export type ObjectQuestion = (typeof objectQuestions)[number]
export const questions = ['phone', 'book', 'people', 'scene', 'screen'] as const
export type Question = (typeof questions)[number]

/** What is true of one picture; null where the labels don't say. */
export interface Truth {
  readonly phone: boolean
  readonly book: boolean
  /** More than one person; a crowd counts as more than one. */
  readonly people: boolean
  /** Phone, book or more than one person: what a desk should hide for. */
  readonly scene: boolean
  readonly screen: boolean | null
}

/** A labelled box in shares of the picture. */
export interface LabelledBox {
  readonly question: ObjectQuestion
  readonly box: Box
}

export interface LabelledPicture {
  /** As the annotations name it. */
  readonly file: string
  readonly path: string
  readonly truth: Truth
  /** People in the picture; null for a crowd that nobody counted. */
  readonly persons: number | null
  /** Area of the largest phone as a share of the picture; null without a phone, or where only its presence is known. */
  readonly phoneShare: number | null
  /** Whether a phone lies at least a quarter within a person's box; null without boxes of phones. */
  readonly phoneHeld: boolean | null
  readonly boxes: readonly LabelledBox[]
  /** What else the annotations say of the picture, as text: its tags, and its other fields. */
  readonly tags: Readonly<Record<string, string>>
  readonly fields: Readonly<Record<string, string>>
}

export const sceneOf = (truth: Pick<Truth, 'phone' | 'book' | 'people'>): boolean =>
  truth.phone || truth.book || truth.people
