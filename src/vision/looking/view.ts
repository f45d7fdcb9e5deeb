import type { Box } from '../detector'
import { isWhole } from '../pixels/resize'

/** Width over height of the picture that views are cut from. */
export type Aspect = number

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value))

/**
 * The part of the picture around `box` that a closer look takes: of the picture's own shape, since the model learned
 * from pictures squeezed as the whole one is; `room` times as large as the box, at least `least` of the picture's side,
 * pushed inside the picture's edges.
 */
export const viewAround = (box: Box, room: number, least: number): Box => {
  const side = clamp(Math.max(box.width, box.height) * room, least, 1)
  const x = clamp(box.x + box.width / 2 - side / 2, 0, 1 - side)
  const y = clamp(box.y + box.height / 2 - side / 2, 0, 1 - side)
  return { x, y, width: side, height: side }
}

/** Whether the middle of `box` lies within `view`, not at its very edge (where things are cut off). */
export const inView = (view: Box, box: Box): boolean => {
  const marginX = isWhole(view) ? 0 : view.width * 0.08
  const marginY = isWhole(view) ? 0 : view.height * 0.08
  const x = box.x + box.width / 2
  const y = box.y + box.height / 2
  return (
    x >= view.x + marginX &&
    x <= view.x + view.width - marginX &&
    y >= view.y + marginY &&
    y <= view.y + view.height - marginY
  )
}

/**
 * Views of a sweep, as x, y and side: six tiles that cover the picture, each 1.7 times closer than the whole, and the
 * very middle, 2.5 times closer. The middle ones come first, where hands and faces are, then the upper ones, where a
 * phone is raised to; what lies in the lower corners is nearest to the camera and mostly seen in the whole picture.
 */
export const tiles: readonly Box[] = [
  [0.2, 0.4, 0.6],
  [0.2, 0, 0.6],
  [0.3, 0.3, 0.4],
  [0, 0, 0.6],
  [0.4, 0, 0.6],
  [0, 0.4, 0.6],
  [0.4, 0.4, 0.6]
].map(([x = 0, y = 0, side = 1]) => ({ x, y, width: side, height: side }))
