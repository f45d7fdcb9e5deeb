import { coarse } from './glimpse'

const { width, height } = coarse
/** Blocks of this many cells a side… */
const size = 8
/** …are looked for this many cells around: 32 pixels of 640. */
export const reach = 4

/** Upper left corners of the blocks: both sides and the strip above the head. */
export const corners: readonly (readonly [number, number])[] = [
  ...[5, 14, 58, 67].flatMap((x) => [5, 15, 25, 35, 45].map((y) => [x, y] as const)),
  ...[24, 32, 40, 48].map((x) => [x, 5] as const)
]

/** A block of the picture with its slope of light taken off: a slope looks like any other, and proves no place. */
export interface Block {
  readonly values: Float32Array
  /** Standard deviation of what is left, grey levels: how much there is to recognise. */
  readonly contrast: number
}

/** Sum of the squares of the places along one side, counted from the middle, over the whole block. */
const leverage = (() => {
  let sum = 0
  for (let at = 0; at < size; at += 1) sum += (at - (size - 1) / 2) ** 2
  return sum * size
})()

export const cut = (cells: Float32Array, x: number, y: number): Block => {
  const values = new Float32Array(size * size)
  const middle = (size - 1) / 2
  let [sum, across, down] = [0, 0, 0]
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column < size; column += 1) {
      const value = cells[(y + row) * width + x + column] ?? 0
      values[row * size + column] = value
      sum += value
      across += value * (column - middle)
      down += value * (row - middle)
    }
  const mean = sum / values.length
  let square = 0
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column < size; column += 1) {
      const at = row * size + column
      const slope = ((column - middle) * across + (row - middle) * down) / leverage
      const value = (values[at] ?? 0) - mean - slope
      values[at] = value
      square += value * value
    }
  return { values, contrast: Math.sqrt(square / values.length) }
}

/** How alike two blocks are, whatever the light: 1 the same, 0 unrelated. */
export const alike = (a: Block, b: Block): number => {
  if (a.contrast < 1e-3 || b.contrast < 1e-3) return 0
  let sum = 0
  for (let at = 0; at < a.values.length; at += 1) sum += (a.values[at] ?? 0) * (b.values[at] ?? 0)
  return sum / (a.values.length * a.contrast * b.contrast)
}

/** Where a block is found again: shift in cells, with fractions, and how alike it is there. */
export interface Found {
  readonly dx: number
  readonly dy: number
  readonly alike: number
}

/** The top of the parabola through three neighbours, within half a cell. */
const peak = (before: number, here: number, after: number): number => {
  const bend = before - 2 * here + after
  return bend >= 0 ? 0 : Math.min(0.5, Math.max(-0.5, (before - after) / (2 * bend)))
}

/** Looks for a block of the reference around its place. */
export const find = (block: Block, cells: Float32Array, x: number, y: number): Found => {
  const across = 2 * reach + 1
  const scores = new Float32Array(across * across).fill(-1)
  let best = 0
  for (let dy = -reach; dy <= reach; dy += 1)
    for (let dx = -reach; dx <= reach; dx += 1) {
      if (x + dx < 0 || y + dy < 0 || x + dx + size > width || y + dy + size > height) continue
      const at = (dy + reach) * across + dx + reach
      scores[at] = alike(block, cut(cells, x + dx, y + dy))
      if ((scores[at] ?? -1) > (scores[best] ?? -1)) best = at
    }
  const column = best % across
  const row = Math.floor(best / across)
  const here = scores[best] ?? 0
  const beside = (step: number, inside: boolean): number => (inside ? (scores[best + step] ?? here) : here)
  return {
    dx: column - reach + peak(beside(-1, column > 0), here, beside(1, column < across - 1)),
    dy: row - reach + peak(beside(-across, row > 0), here, beside(across, row < across - 1)),
    alike: here
  }
}
