/** Luma below this is no noise around the black of a limited range, which is 16 (ITU-R BT.601). */
const belowBlack = 12
/** From this share of such samples on a picture uses the full range. */
const leastShare = 0.005
/** A frame of which less than this share is lighter than the given level tells nothing: the first ones may be black. */
const lit = { above: 60, share: 0.05 } as const
/** Every so manieth sample is looked at. */
const stride = 7

/**
 * Whether luma uses the full range, 0 to 255, rather than 16 to 235. Cameras that send JPEG do, and not every driver says
 * so; a browser that is not told takes the limited range, which makes dark things black and steepens the rest by a sixth.
 */
export const usesFullRange = (luma: Uint8Array): boolean => {
  let [below, above] = [0, 0]
  for (let at = 0; at < luma.length; at += stride) {
    const value = luma[at] ?? 0
    if (value < belowBlack) below += 1
    else if (value > lit.above) above += 1
  }
  if (above * stride < luma.length * lit.share) return false
  return below > 0 && below * stride >= luma.length * leastShare
}
