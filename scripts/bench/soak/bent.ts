import { bentRows, type RowBend } from '../../scene/bend'
import type { Canvas, Sprite } from '../../scene/raster'

/** Draws a coloured sprite with its upper left corner at (left, top), every row bent by itself. */
export const drawBentSprite = (
  canvas: Canvas,
  sprite: Sprite,
  left: number,
  top: number,
  bend: (share: number) => RowBend
): void => {
  const { width, data: onto } = canvas
  const { width: wide, data: from } = sprite
  for (const { y, firstX, lastX, sourceX: start, step, row, low } of bentRows(
    canvas,
    sprite,
    left,
    top,
    bend
  )) {
    let sourceX = start
    for (let x = firstX, to = (y * width + firstX) * 3; x <= lastX; x += 1, to += 3, sourceX += step) {
      const column = sourceX | 0
      const right = sourceX - column
      const p = (row * wide + column) * 4
      const q = p + wide * 4
      const [a, b, c, d] = [(1 - low) * (1 - right), (1 - low) * right, low * (1 - right), low * right]
      const cover = a * from[p + 3]! + b * from[p + 7]! + c * from[q + 3]! + d * from[q + 7]!
      if (cover < 1) continue
      const through = 1 - cover / 255
      for (let colour = 0; colour < 3; colour += 1)
        onto[to + colour] =
          a * from[p + colour]! +
          b * from[p + 4 + colour]! +
          c * from[q + colour]! +
          d * from[q + 4 + colour]! +
          onto[to + colour]! * through
    }
  }
}
