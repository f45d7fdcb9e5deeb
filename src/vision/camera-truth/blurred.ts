import { ramp, type Evidence } from './entry'
import type { Seen } from './facts'
import type { Glimpse } from './glimpse'

/**
 * Sharpness is how steep the sharpest edges are as a share of the picture's span of brightness, per fine cell (4 pixels
 * at 640 x 480). It depends on focus and little on light and contrast. Of 328 photographs of people and desks, 99 in 100
 * had more than 0.17; blurred by a Gaussian of 8 pixels their middle is 0.14, of 12 pixels 0.10. Below this floor nothing
 * small can be told.
 */
export const sharpnessFloor = 0.11
/** Below this share of what the same camera gave before… */
export const lostShare = 0.5
/** …it is out of focus, unless it is as sharp as this all the same. */
export const sharpEnough = 0.17
/** How quickly the camera's own sharpness follows, per second. */
const upPerSecond = 0.4
const downPerSecond = 0.004

export const sharpnessOf = ({ edge, range }: Glimpse): number => (range < 1 ? 0 : edge / range)

/** Watches one camera's focus: against an absolute floor, and against what the camera itself gave before. */
export const createBlurred = (): ((seen: Seen) => Evidence) => {
  let own: number | null = null
  let last: number | null = null
  return ({ glimpse, facts: { capturedAt: now, people } }) => {
    if (!glimpse) return 'unknown'
    const sharpness = sharpnessOf(glimpse)
    const seconds = last === null ? 0 : Math.min(1, Math.max(0, (now - last) / 1000))
    last = now
    const before = own ?? sharpness
    // Rises within seconds, falls over minutes: a lens that loses focus does not become the new usual at once.
    own = before + (sharpness - before) * seconds * (sharpness > before ? upPerSecond : downPerSecond)
    if (sharpness < sharpnessFloor) return 0.6 + 0.4 * ramp(sharpness, sharpnessFloor, sharpnessFloor / 4)
    // Without somebody in it an empty room may well be softer than the person was that the lens is focused on.
    if (people === 0) return 'clear'
    const share = sharpness / Math.max(own, 1e-6)
    if (share < lostShare && sharpness < sharpEnough) return 0.5 + 0.5 * ramp(share, lostShare, 0)
    return 'clear'
  }
}
