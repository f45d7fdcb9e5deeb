import type { Pixels } from '../detector'

/** Cells of the fine grid that edges are measured on: 4 x 4 pixels each at 640 x 480. */
export const fine = { width: 160, height: 120 } as const
/** Cells of the coarse grid that structure and motion are measured on: 8 x 8 pixels each at 640 x 480. */
export const coarse = { width: 80, height: 60 } as const
/** Single pixels looked at for identity and noise. */
export const pointCount = 2048
/** Pixels averaged per fine cell: every second one of 4 x 4. */
const perCell = 8

/** What camera truth keeps of one frame: brightness in cells and a few figures, no picture. */
export interface Glimpse {
  readonly width: number
  readonly height: number
  /** Mean brightness per coarse cell, row by row, 0 to 255. */
  readonly cells: Float32Array
  /** Brightness of single pixels at fixed places, 0 to 255, not averaged: noise is still in them. */
  readonly points: Uint8Array
  /** The same for two frames only when the colours of all points are (but for a chance of about 1 in 10^15). */
  readonly print: number
  /** Mean brightness, 0 to 255. */
  readonly mean: number
  /** The brightness that 98 % of the fine cells do not reach. */
  readonly brightest: number
  /** Span of brightness between the darkest and the brightest 2 % of the fine cells. */
  readonly range: number
  /** Steepness of the sharpest edges (the steepest 1 %), noise taken off, in grey levels per fine cell. */
  readonly edge: number
}

interface Layout {
  readonly width: number
  readonly height: number
  readonly taps: Int32Array
  readonly points: Int32Array
}

const layoutFor = (width: number, height: number): Layout => {
  const taps = new Int32Array(fine.width * fine.height * perCell)
  let at = 0
  for (let row = 0; row < fine.height; row += 1)
    for (let column = 0; column < fine.width; column += 1)
      for (let tap = 0; tap < perCell; tap += 1) {
        // A chequer over a 4 x 4 raster of the cell.
        const line = tap >> 1
        const across = (tap & 1) * 2 + (line & 1)
        const x = Math.min(width - 1, Math.floor(((column + (across + 0.5) / 4) * width) / fine.width))
        const y = Math.min(height - 1, Math.floor(((row + (line + 0.5) / 4) * height) / fine.height))
        taps[at] = (y * width + x) * 4
        at += 1
      }
  const points = new Int32Array(pointCount)
  for (let point = 0; point < pointCount; point += 1) {
    // Steps of the golden ratio and of the square root of two: spread evenly, on no lattice.
    const x = Math.floor(((point * 0.618033988749895) % 1) * width)
    const y = Math.floor(((point * 0.414213562373095) % 1) * height)
    points[point] = (y * width + x) * 4
  }
  return { width, height, taps, points }
}

/** The value that `share` of the counted values do not exceed. */
const rank = (counts: Uint32Array, total: number, share: number): number => {
  let left = total * share
  for (let value = 0; value < counts.length; value += 1) {
    left -= counts[value] ?? 0
    if (left <= 0) return value
  }
  return counts.length - 1
}

/** Noise alone has a steepest percent 2.6 times its median steepness (Rayleigh's distribution). */
const noiseSpread = 2.6

const steepestOf = (cells: Float32Array): number => {
  const { width, height } = fine
  const counts = new Uint32Array(512)
  let total = 0
  for (let y = 1; y < height - 1; y += 1)
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * width + x
      const across = ((cells[at + 1] ?? 0) - (cells[at - 1] ?? 0)) / 2
      const down = ((cells[at + width] ?? 0) - (cells[at - width] ?? 0)) / 2
      // Quarters of a grey level.
      const bin = Math.min(511, Math.round(4 * Math.sqrt(across * across + down * down)))
      counts[bin] = (counts[bin] ?? 0) + 1
      total += 1
    }
  const steep = rank(counts, total, 0.99) / 4
  const usual = (noiseSpread * rank(counts, total, 0.5)) / 4
  return Math.sqrt(Math.max(0, steep * steep - usual * usual))
}

const spreadOf = (cells: Float32Array): { readonly range: number; readonly brightest: number } => {
  const counts = new Uint32Array(256)
  for (const value of cells) {
    const bin = Math.min(255, Math.round(value))
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  const brightest = rank(counts, cells.length, 0.98)
  return { brightest, range: brightest - rank(counts, cells.length, 0.02) }
}

const halved = (from: Float32Array): Float32Array => {
  const out = new Float32Array(coarse.width * coarse.height)
  for (let y = 0; y < coarse.height; y += 1)
    for (let x = 0; x < coarse.width; x += 1) {
      const at = y * 2 * fine.width + x * 2
      const upper = (from[at] ?? 0) + (from[at + 1] ?? 0)
      const lower = (from[at + fine.width] ?? 0) + (from[at + fine.width + 1] ?? 0)
      out[y * coarse.width + x] = (upper + lower) / 4
    }
  return out
}

/**
 * Makes the function that takes one glimpse of every frame: the only part of camera truth that reads pixels.
 * Answers null for a picture without an area, or with fewer bytes than its size needs.
 */
export const createGlimpser = (): ((pixels: Pixels | null) => Glimpse | null) => {
  let layout: Layout | null = null
  const grid = new Float32Array(fine.width * fine.height)
  return (pixels) => {
    if (!pixels) return null
    const { width, height, data } = pixels
    if (!(width >= 1) || !(height >= 1) || data.length < width * height * 4) return null
    if (layout?.width !== width || layout.height !== height) layout = layoutFor(width, height)
    const { taps, points: places } = layout
    let sum = 0
    for (let cell = 0, tap = 0; cell < grid.length; cell += 1) {
      let light = 0
      for (const end = tap + perCell; tap < end; tap += 1) {
        const at = taps[tap] ?? 0
        light += (data[at] ?? 0) + 2 * (data[at + 1] ?? 0) + (data[at + 2] ?? 0)
      }
      light /= 4 * perCell
      grid[cell] = light
      sum += light
    }
    const points = new Uint8Array(pointCount)
    let low = 0x811c9dc5
    let high = 0x1b873593
    for (let point = 0; point < pointCount; point += 1) {
      const at = places[point] ?? 0
      const red = data[at] ?? 0
      const green = data[at + 1] ?? 0
      const blue = data[at + 2] ?? 0
      points[point] = (red + 2 * green + blue) >> 2
      const colour = (red << 16) | (green << 8) | blue
      low = Math.imul(low ^ colour, 0x01000193)
      high = Math.imul(high ^ colour, 0x5bd1e995)
      high ^= high >>> 13
    }
    return {
      width,
      height,
      cells: halved(grid),
      points,
      // Both halves as one whole number below 2^53.
      print: (low >>> 0) * 0x200000 + ((high ^ (low >>> 15)) & 0x1fffff),
      mean: sum / grid.length,
      ...spreadOf(grid),
      edge: steepestOf(grid)
    }
  }
}
