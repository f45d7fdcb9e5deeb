import type { Groups } from '../labels/groups'
import type { MeasuredPicture } from '../run/stills'
import { contenders, type Comparison, type Contender } from './compare'
import { proportion, type Proportion } from './proportion'

/** From this share of the picture a held phone has to be found. */
export const heldPhoneShare = 0.05

/** How many pictures in which a phone takes at least 5 % are found. */
export interface HeldPhones {
  readonly part: string
  readonly found: Readonly<Record<Contender, Proportion>>
}

/**
 * The phone raised to the screen: pictures in which a phone takes at least 5 % of the picture and lies at least a
 * quarter within a person's box; then all phones of that size, held or not; then each supplied group among the latter.
 */
export const heldPhonesOf = (
  measured: readonly MeasuredPicture[],
  { said }: Comparison,
  groups: Groups
): readonly HeldPhones[] => {
  const large = measured.filter(({ picture }) => (picture.phoneShare ?? 0) >= heldPhoneShare)
  const row = (part: string, members: readonly MeasuredPicture[]): HeldPhones => ({
    part,
    found: Object.fromEntries(
      contenders.map((contender) => [
        contender,
        proportion(members.filter((picture) => said[contender](picture, 'phone')).length, members.length)
      ])
    ) as HeldPhones['found']
  })
  return [
    row(
      'held',
      large.filter(({ picture }) => picture.phoneHeld === true)
    ),
    row('any', large),
    ...Object.entries(groups).map(([name, files]) =>
      row(
        name,
        large.filter(({ picture }) => files.has(picture.file))
      )
    )
  ]
}
