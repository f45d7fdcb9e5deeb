import type { Canvas, Sprite } from '../../scene/raster'
import type { RowBend } from '../../vision/camera-clips/picture'

/**
 * Draws a sprite with its upper left corner at (left, top), every row bent by itself: that is how a head leans while the
 * shoulders stay. `bend` gets the row as a share of the height, 0 at the top.
 */
export const drawBentSprite = (
  { width, height, data: onto }: Canvas,
  { width: wide, height: high, data: from }: Sprite,
  left: number,
  top: number,
  bend: (share: number) => RowBend
): void => {
  const middle = wide / 2
  for (let y = Math.max(0, Math.floor(top) - 12); y < Math.min(height, Math.ceil(top + high) + 12); y += 1) {
    const { shift, stretch, lift } = bend(Math.min(1, Math.max(0, (y - top) / high)))
    const sourceY = y - top - lift
    const row = Math.floor(sourceY)
    if (row < 0 || row >= high - 1) continue
    const low = sourceY - row
    const step = 1 / stretch
    const firstX = Math.max(0, Math.ceil(left + shift + middle - middle * stretch))
    const lastX = Math.min(width - 1, Math.floor(left + shift + middle + (middle - 1.01) * stretch))
    let sourceX = (firstX - left - shift - middle) * step + middle
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
