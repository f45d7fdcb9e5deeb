import { ramp, type Evidence } from './entry'
import type { Glimpse } from './glimpse'

/** Where the brightest 2 % of the picture stay below this, no face can be told; 0 to 255. */
export const darkBrightest = 48
/** Nor where the picture as a whole is darker than this on average. */
export const darkMean = 10

/** Too dark to see who is there: an unlit room. A covered lens is another verdict. */
export const darkIn = (glimpse: Glimpse | null): Evidence => {
  if (!glimpse) return 'unknown'
  const { brightest, mean } = glimpse
  if (brightest >= darkBrightest && mean >= darkMean) return 'clear'
  return 0.5 + 0.5 * Math.max(ramp(brightest, darkBrightest, 8), ramp(mean, darkMean, 0))
}
