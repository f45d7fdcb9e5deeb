import type { LabelledPicture } from '../labels/truth'
import type { MeasuredPicture } from '../run/stills'
import { contenders, known, type Comparison, type Contender } from './compare'
import { proportion, type Proportion } from './proportion'

/** A way to part the pictures. `place` answers a picture's part, or null when the labels don't say. */
export interface Cut {
  readonly by: string
  /** Parts in the order to be shown; others follow by name. */
  readonly order?: readonly string[]
  readonly place: (picture: MeasuredPicture) => string | null
}

/** What a contender found, and raised wrongly, of one question in one part. */
export interface SliceFigures {
  readonly recall: Proportion
  readonly false_alarms: Proportion
}
export type SliceQuestion = 'phone' | 'book' | 'people' | 'scene'
export interface Slice {
  readonly by: string
  readonly part: string
  readonly images: number
  readonly figures: Readonly<Record<Contender, Readonly<Record<SliceQuestion, SliceFigures>>>>
}

const sliceQuestions = ['phone', 'book', 'people', 'scene'] as const

export const figuresOf = (measured: readonly MeasuredPicture[], { said }: Comparison): Slice['figures'] =>
  Object.fromEntries(
    contenders.map((contender) => [
      contender,
      Object.fromEntries(
        sliceQuestions.map((question): [string, SliceFigures] => {
          const share = (truth: boolean): Proportion => {
            const of = known(measured, question).filter((one) => one.truth === truth)
            return proportion(
              of.filter(({ picture }) => said[contender](picture, question)).length,
              of.length
            )
          }
          return [question, { recall: share(true), false_alarms: share(false) }]
        })
      )
    ])
  ) as Slice['figures']

const shareOf = ({ truth, phoneShare }: LabelledPicture): string | null => {
  if (!truth.phone) return null
  if (phoneShare === null) return 'unknown'
  return phoneShare < 0.01 ? 'under 1 %' : phoneShare < 0.05 ? '1 to 5 %' : '5 % and more'
}

const personsOf = ({ persons, truth }: LabelledPicture): string =>
  persons === null ? 'crowd' : truth.people && persons > 2 ? '3 and more' : String(persons)

/** Mean brightness, of 255, under which a picture counts as dark, and from which as bright. */
const [dark, bright] = [70, 160]
const brightnessPart = ({ brightness }: MeasuredPicture): string =>
  brightness < dark ? 'dark' : brightness < bright ? 'even' : 'bright'

const resolutionPart = ({ width, height }: MeasuredPicture): string =>
  width * height < 200_000 ? 'under 0.2 MP' : width * height <= 400_000 ? '0.2 to 0.4 MP' : 'over 0.4 MP'

/** Fields that say where a picture comes from, the first of them that is there counts. */
const sourceFields = ['source_repo', 'source', 'label_source'] as const

/** Cuts that every set of pictures has. */
export const commonCuts: readonly Cut[] = [
  {
    by: 'phone_share',
    order: ['under 1 %', '1 to 5 %', '5 % and more', 'unknown'],
    place: ({ picture }) => shareOf(picture)
  },
  {
    by: 'persons',
    order: ['0', '1', '2', '3 and more', 'crowd'],
    place: ({ picture }) => personsOf(picture)
  },
  { by: 'brightness', order: ['dark', 'even', 'bright'], place: brightnessPart },
  { by: 'resolution', order: ['under 0.2 MP', '0.2 to 0.4 MP', 'over 0.4 MP'], place: resolutionPart },
  {
    by: 'source',
    place: ({ picture }) => sourceFields.map((field) => picture.fields[field]).find(Boolean) ?? null
  }
]

/** More parts than this are no groups but names. */
const mostParts = 12
/** Tags that are the truth itself, and fields that say nothing of the picture. */
const truthTags = ['has_phone', 'has_book', 'has_laptop', 'person_crowd', 'negative']
const idleFields = ['license', 'licence', 'exhaustive_for', 'file_name', 'note', ...sourceFields]

/** One cut per tag or field that parts the pictures into a few groups: whatever the annotations carry. */
const cutsBy = (
  measured: readonly MeasuredPicture[],
  kind: 'tags' | 'fields',
  without: readonly string[]
): readonly Cut[] => {
  const values = new Map<string, { readonly parts: Set<string>; carriers: number }>()
  measured.forEach(({ picture }) => {
    Object.entries(picture[kind]).forEach(([name, value]) => {
      const known = values.get(name) ?? { parts: new Set<string>(), carriers: 0 }
      known.parts.add(value)
      known.carriers += 1
      values.set(name, known)
    })
  })
  return [...values]
    .filter(([name, { parts, carriers }]) => {
      const few = parts.size >= 2 && parts.size <= mostParts
      // A value of its own for almost every picture is a name: an address, an id.
      return few && carriers >= parts.size * 2 && !without.includes(name)
    })
    .map(([name]) => ({ by: name, place: ({ picture }) => picture[kind][name] ?? null }))
}

/** Cuts by what the tags say of the people and things in the pictures. */
export const tagCuts = (measured: readonly MeasuredPicture[]): readonly Cut[] =>
  cutsBy(measured, 'tags', truthTags)
/** Cuts by what the annotations say of the pictures themselves. */
export const fieldCuts = (measured: readonly MeasuredPicture[]): readonly Cut[] =>
  cutsBy(measured, 'fields', idleFields)

export const sliced = (
  measured: readonly MeasuredPicture[],
  comparison: Comparison,
  cuts: readonly Cut[]
): readonly Slice[] =>
  cuts.flatMap(({ by, order = [], place }) => {
    const parts = new Map<string, MeasuredPicture[]>()
    measured.forEach((picture) => {
      const part = place(picture)
      if (part !== null) parts.set(part, [...(parts.get(part) ?? []), picture])
    })
    const rank = (part: string): number => (order.includes(part) ? order.indexOf(part) : order.length)
    return [...parts]
      .sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b))
      .map(([part, members]) => ({
        by,
        part,
        images: members.length,
        figures: figuresOf(members, comparison)
      }))
  })
