/** A picture with transparency: four bytes a pixel, colours already multiplied by their opacity. */
export interface Sprite {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

/** A frame being drawn: three bytes a pixel. */
export interface Canvas {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

/** Where a sprite's centre goes, in pixels of the frame, and how much it is enlarged. Fractions are honoured. */
export interface Place {
  readonly x: number
  readonly y: number
  readonly scale: number
}

/** Draws a sprite over the frame, sampled between its pixels, so that slow motion does not jump. */
export const drawSprite = (canvas: Canvas, sprite: Sprite, { x, y, scale }: Place): void => {
  const left = x - (sprite.width * scale) / 2
  const top = y - (sprite.height * scale) / 2
  const firstX = Math.max(0, Math.ceil(left))
  const lastX = Math.min(canvas.width - 1, Math.floor(left + (sprite.width - 1) * scale))
  const firstY = Math.max(0, Math.ceil(top))
  const lastY = Math.min(canvas.height - 1, Math.floor(top + (sprite.height - 1) * scale))
  const row = sprite.width * 4
  const from = sprite.data
  const onto = canvas.data
  for (let toY = firstY; toY <= lastY; toY += 1) {
    const atY = (toY - top) / scale
    const upper = Math.min(Math.floor(atY), sprite.height - 2)
    const low = atY - upper
    const high = 1 - low
    for (let toX = firstX; toX <= lastX; toX += 1) {
      const atX = (toX - left) / scale
      const before = Math.min(Math.floor(atX), sprite.width - 2)
      const right = atX - before
      // Shares of the four neighbours.
      const a = high * (1 - right)
      const b = high * right
      const c = low * (1 - right)
      const d = low * right
      const p = upper * row + before * 4
      const q = p + row
      const opacity = a * from[p + 3]! + b * from[p + 7]! + c * from[q + 3]! + d * from[q + 7]!
      if (opacity === 0) continue
      const through = 1 - opacity / 255
      const to = (toY * canvas.width + toX) * 3
      onto[to] = a * from[p]! + b * from[p + 4]! + c * from[q]! + d * from[q + 4]! + onto[to]! * through
      onto[to + 1] =
        a * from[p + 1]! + b * from[p + 5]! + c * from[q + 1]! + d * from[q + 5]! + onto[to + 1]! * through
      onto[to + 2] =
        a * from[p + 2]! + b * from[p + 6]! + c * from[q + 2]! + d * from[q + 6]! + onto[to + 2]! * through
    }
  }
}

/** Fills a rectangle with one grey. */
export const fillSquare = (canvas: Canvas, left: number, top: number, size: number, grey: number): void => {
  for (let y = top; y < top + size; y += 1)
    canvas.data.fill(grey, (y * canvas.width + left) * 3, (y * canvas.width + left + size) * 3)
}

/** Grain of a small camera sensor: never the same twice in a clip, always the same for one seed and frame. */
export const addGrain = (canvas: Canvas, grain: Int8Array, shift: number): void => {
  const { data } = canvas
  for (let at = 0, from = shift % grain.length; at < data.length; at += 1, from += 1) {
    if (from === grain.length) from = 0
    const value = (data[at] ?? 0) + (grain[from] ?? 0)
    data[at] = value < 0 ? 0 : value > 255 ? 255 : value
  }
}
