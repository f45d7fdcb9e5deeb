import type { SensorLimits } from '../../../core/policy/default-sensor-limits'

/** What a camera is asked for. Wishes, no demands: one that gives less is opened all the same, and is reported as weak. */
export interface WantedPicture {
  readonly width: { readonly ideal: number }
  readonly height: { readonly ideal: number }
  readonly frameRate: { readonly ideal: number }
}

/** What is enough for the eyes, and asked for where the policy wants no more. */
export const usual = { width: 640, height: 480, fps: 30 } as const
/** Cameras are between these two in shape. Asked for another, a browser cuts the room off at a side to give it. */
const broadest = 16 / 9
const narrowest = 4 / 3

/** The picture to ask a camera for under a policy's limits, so that one that can keep them does. */
export const wantedPicture = ({ minWidth, minHeight, minFps }: SensorLimits): WantedPicture => {
  const height = Math.max(usual.height, minHeight, Math.ceil(minWidth / broadest))
  const width = Math.max(usual.width, minWidth, Math.ceil(height * narrowest))
  return {
    width: { ideal: width },
    height: { ideal: height },
    frameRate: { ideal: Math.max(usual.fps, minFps) }
  }
}

/** Whether two wishes are the same one. */
export const isSameWish = (one: WantedPicture, other: WantedPicture): boolean =>
  one.width.ideal === other.width.ideal &&
  one.height.ideal === other.height.ideal &&
  one.frameRate.ideal === other.frameRate.ideal
