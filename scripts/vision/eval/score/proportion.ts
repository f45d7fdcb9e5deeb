/** Lower and upper end of a 95 % interval. */
export type Interval = readonly [low: number, high: number]

/** Standard normal deviate that leaves 2.5 % on either side. */
const z = 1.959964

/**
 * Wilson's score interval for `hits` of `of`: unlike the plain one it stays within 0 and 1 and is right for few
 * pictures too (E. B. Wilson, 1927). Of nothing, nothing is known: 0 to 1.
 */
export const wilson = (hits: number, of: number): Interval => {
  if (of === 0) return [0, 1]
  const share = hits / of
  const shrink = 1 + (z * z) / of
  const centre = (share + (z * z) / (2 * of)) / shrink
  const half = (z / shrink) * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of))
  // At none or all of them an end is exact; arithmetic would miss it by a hair.
  return [hits === 0 ? 0 : Math.max(0, centre - half), hits === of ? 1 : Math.min(1, centre + half)]
}

/** A share with its interval. `share` is null when there was nothing to take a share of. */
export interface Proportion {
  readonly hits: number
  readonly of: number
  readonly share: number | null
  readonly interval: Interval
}

export const proportion = (hits: number, of: number): Proportion => ({
  hits,
  of,
  share: of === 0 ? null : hits / of,
  interval: wilson(hits, of)
})
