import type { Box } from '../detector'

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

/** Where a view cuts things off: this share of it, along each side that is not the picture's own edge. */
const cutOff = 0.08
/** The picture's own edge, to the rounding of a view. */
const edge = 1e-6

const within = (middle: number, from: number, to: number): boolean => {
  const margin = (to - from) * cutOff
  return middle >= (from <= edge ? from : from + margin) && middle <= (to >= 1 - edge ? to : to - margin)
}

/**
 * Whether the middle of `box` lies within `view`, not at the very edge of it, where things are cut off. What the
 * picture's own edge cuts off is no more whole in any other view.
 */
export const inView = (view: Box, box: Box): boolean =>
  within(box.x + box.width / 2, view.x, view.x + view.width) &&
  within(box.y + box.height / 2, view.y, view.y + view.height)

/**
 * Views of a sweep, as x, y and side: six tiles that cover the picture, each 1.7 times closer than the whole, and the
 * very middle, 2.5 times closer. Where no trace says otherwise the middle ones come first, where hands and faces are, then
 * the upper ones, where a phone is raised to; what lies in the lower corners is nearest to the camera and mostly seen in the
 * whole picture.
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
