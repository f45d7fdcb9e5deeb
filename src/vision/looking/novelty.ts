import type { Box } from '../detector'

/** Brightness in cells, row by row, 0 to 255. */
export interface Cells {
  readonly width: number
  readonly height: number
  readonly values: Float32Array
}

/** A part of the picture that is not as it used to be, and how much (sum of excess brightness over its blocks). */
export interface Novelty {
  readonly box: Box
  readonly amount: number
}

/** Cells per block and side: novelty is gathered in blocks of 4 x 4 cells, 32 x 32 pixels at 640 x 480. */
const perBlock = 4
/** How fast what is there becomes what is usual, milliseconds. */
const usualMs = 2_500
/** Difference that no camera's noise reaches in a cell of 64 averaged pixels, grey levels. */
const noise = 5
/** Usual motion counts this often before more of it is new: a swaying head is not news. */
const habitWeight = 2.2
/** Mean excess per cell from which a block is new, grey levels. */
const blockFrom = 4

/**
 * Tells where the picture has become unusual. Per cell it remembers what brightness is usual and how much it usually
 * varies; a lamp that changes everything alike is taken out first. It remembers cells, never a picture.
 */
export class NoveltyFinder {
  #usual: Float32Array | null = null
  #habit = new Float32Array(0)
  #at = 0

  /** Parts that are new in this frame, most first; the whole picture for the first frame or another size. */
  see(cells: Cells, now: number): readonly Novelty[] {
    const { width, height, values } = cells
    if (this.#usual?.length !== values.length) {
      this.#usual = Float32Array.from(values)
      this.#habit = new Float32Array(values.length)
      this.#at = now
      return [{ box: { x: 0, y: 0, width: 1, height: 1 }, amount: Infinity }]
    }
    const blend = 1 - Math.exp(-Math.max(0, now - this.#at) / usualMs)
    this.#at = now
    const usual = this.#usual
    let shift = 0
    for (let at = 0; at < values.length; at += 1) shift += (values[at] ?? 0) - (usual[at] ?? 0)
    shift /= values.length
    const columns = Math.floor(width / perBlock)
    const rows = Math.floor(height / perBlock)
    const blocks = new Float32Array(columns * rows)
    for (let y = 0; y < rows * perBlock; y += 1)
      for (let x = 0; x < columns * perBlock; x += 1) {
        const at = y * width + x
        const value = values[at] ?? 0
        const before = usual[at] ?? 0
        const habit = this.#habit[at] ?? 0
        const difference = Math.abs(value - before - shift)
        const block = Math.floor(y / perBlock) * columns + Math.floor(x / perBlock)
        blocks[block] = (blocks[block] ?? 0) + Math.max(0, difference - habitWeight * habit - noise)
        this.#habit[at] = habit + (difference - habit) * blend
        usual[at] = before + (value - before) * blend
      }
    return gathered(blocks, columns, rows)
  }
}

/** Neighbouring new blocks together, as boxes in shares of the picture, most novelty first. */
const gathered = (blocks: Float32Array, columns: number, rows: number): readonly Novelty[] => {
  const least = blockFrom * perBlock * perBlock
  const taken = new Uint8Array(blocks.length)
  const found: Novelty[] = []
  for (let start = 0; start < blocks.length; start += 1) {
    if (taken[start] === 1 || (blocks[start] ?? 0) < least) continue
    const open = [start]
    taken[start] = 1
    let [left, right, top, bottom, amount] = [columns, 0, rows, 0, 0]
    for (let block = open.pop(); block !== undefined; block = open.pop()) {
      const column = block % columns
      const row = Math.floor(block / columns)
      left = Math.min(left, column)
      right = Math.max(right, column)
      top = Math.min(top, row)
      bottom = Math.max(bottom, row)
      amount += blocks[block] ?? 0
      for (const [dx, dy] of [
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1]
      ] as const) {
        const next = (row + dy) * columns + column + dx
        if (column + dx < 0 || column + dx >= columns || row + dy < 0 || row + dy >= rows) continue
        if (taken[next] === 1 || (blocks[next] ?? 0) < least) continue
        taken[next] = 1
        open.push(next)
      }
    }
    found.push({
      box: {
        x: left / columns,
        y: top / rows,
        width: (right - left + 1) / columns,
        height: (bottom - top + 1) / rows
      },
      amount
    })
  }
  return found.sort((a, b) => b.amount - a.amount)
}
