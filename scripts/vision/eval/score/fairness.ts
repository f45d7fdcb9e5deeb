import type { MeasuredPicture } from '../run/stills'
import type { Comparison } from './compare'
import { commonCuts, fieldCuts, sliced, tagCuts, type Slice } from './slices'

/** What may make a picture of a person harder, by the names that annotators use for it. */
const wanted = {
  skin: ['skin_tone', 'skin', 'fitzpatrick', 'monk'],
  age: ['age', 'age_group'],
  gender: ['gender', 'sex', 'gender_presentation'],
  clothing: ['glasses', 'headwear', 'headscarf', 'clothing'],
  aids: ['wheelchair', 'mobility_aid', 'prosthesis', 'medical_device'],
  light: ['light', 'lighting'],
  camera: ['camera', 'device', 'lens']
} as const
export type FairnessTopic = keyof typeof wanted

export interface Fairness {
  /** Figures by every tag that parts the pictures into groups. */
  readonly by_attribute: readonly Slice[]
  /** Topics that the annotations are silent about: nothing is known of how they change the figures. */
  readonly not_known: readonly FairnessTopic[]
}

export const fairnessOf = (measured: readonly MeasuredPicture[], comparison: Comparison): Fairness => {
  const cuts = tagCuts(measured)
  const named = new Set([...cuts, ...fieldCuts(measured)].map(({ by }) => by.toLowerCase()))
  return {
    by_attribute: sliced(measured, comparison, cuts),
    not_known: (Object.keys(wanted) as FairnessTopic[]).filter(
      (topic) => !wanted[topic].some((name) => named.has(name))
    )
  }
}

/** Figures by what every set of pictures has, and by the supplied groups. */
export const breakdownOf = (
  measured: readonly MeasuredPicture[],
  comparison: Comparison,
  groups: Readonly<Record<string, ReadonlySet<string>>>
): readonly Slice[] => [
  ...sliced(measured, comparison, [...commonCuts, ...fieldCuts(measured)]),
  ...Object.entries(groups).flatMap(([name, files]) =>
    sliced(measured, comparison, [
      { by: 'group', place: ({ picture }) => (files.has(picture.file) ? name : null) }
    ])
  )
]
