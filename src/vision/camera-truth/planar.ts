import { coarse } from './glimpse'

const { width, height } = coarse
/** Six for motion of a plane (shift, stretch, turn, shear), two for light (gain, offset). */
const unknowns = 8
const steps = 6

/** A rectangle of coarse cells; `right` and `bottom` are one past the last. */
export interface CellArea {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}
export const wholePicture: CellArea = { left: 1, top: 1, right: width - 1, bottom: height - 1 }

/**
 * Rounds a grid off (a binomial of about one cell, both ways), so that moving it by parts of a cell leaves next to
 * nothing: without it, sampling alone looks like life at every sharp edge.
 */
export const smoothed = (cells: Float32Array): Float32Array => {
  let from = cells
  for (const step of [1, 1, width, width]) {
    const to = new Float32Array(from.length)
    for (let at = 0; at < from.length; at += 1) {
      const here = from[at] ?? 0
      to[at] = (from[at - step] ?? here) / 4 + here / 2 + (from[at + step] ?? here) / 4
    }
    from = to
  }
  return from
}

export interface PlanarFit {
  /** Difference per cell of the area that the motion of a plane and a change of light leave over, grey levels. */
  readonly rest: Float32Array
  /** How steep the earlier picture is at each of these cells, grey levels per cell. */
  readonly steep: Float32Array
  /** The longest way that a corner of the area went, in cells. */
  readonly moved: number
}

const sample = (cells: Float32Array, x: number, y: number): number => {
  const column = Math.min(width - 2, Math.max(0, Math.floor(x)))
  const row = Math.min(height - 2, Math.max(0, Math.floor(y)))
  const dx = Math.min(1, Math.max(0, x - column))
  const dy = Math.min(1, Math.max(0, y - row))
  const at = row * width + column
  const upper = (cells[at] ?? 0) * (1 - dx) + (cells[at + 1] ?? 0) * dx
  const lower = (cells[at + width] ?? 0) * (1 - dx) + (cells[at + width + 1] ?? 0) * dx
  return upper * (1 - dy) + lower * dy
}

/** Solves the normal equations in place; an unknown that the picture says nothing about becomes 0. */
const solve = (matrix: Float64Array, right: Float64Array): Float64Array => {
  const n = unknowns
  for (let pivot = 0; pivot < n; pivot += 1) {
    const own = matrix[pivot * n + pivot] ?? 0
    if (own < 1e-6) continue
    for (let row = pivot + 1; row < n; row += 1) {
      const factor = (matrix[row * n + pivot] ?? 0) / own
      if (factor === 0) continue
      for (let column = pivot; column < n; column += 1)
        matrix[row * n + column] =
          (matrix[row * n + column] ?? 0) - factor * (matrix[pivot * n + column] ?? 0)
      right[row] = (right[row] ?? 0) - factor * (right[pivot] ?? 0)
    }
  }
  const out = new Float64Array(n)
  for (let row = n - 1; row >= 0; row -= 1) {
    const own = matrix[row * n + row] ?? 0
    if (own < 1e-6) continue
    let value = right[row] ?? 0
    for (let column = row + 1; column < n; column += 1)
      value -= (matrix[row * n + column] ?? 0) * (out[column] ?? 0)
    out[row] = value / own
  }
  return out
}

/**
 * Explains the change from `before` to `now` within an area as the motion of one plane under changed light (an affine
 * motion found by a few steps of least squares), and gives what is left. A photograph that is held, shaken or tilted
 * a little leaves noise; a person leaves more, because head, body and background each go their own way.
 */
export const fitPlane = (
  now: Float32Array,
  before: Float32Array,
  { left, top, right, bottom }: CellArea
): PlanarFit => {
  const wide = right - left
  const high = bottom - top
  const count = wide * high
  const motion = new Float64Array(6)
  const warped = new Float32Array(count)
  /** 1 where the earlier picture has something to compare with: a plane that moves brings in what was outside. */
  const inside = new Uint8Array(count)
  const rest = new Float32Array(count)
  const steep = new Float32Array(count)
  const row = new Float64Array(unknowns)
  const midX = (left + right - 1) / 2
  const midY = (top + bottom - 1) / 2
  const shiftX = (u: number, v: number): number =>
    (motion[0] ?? 0) + (motion[1] ?? 0) * u + (motion[2] ?? 0) * v
  const shiftY = (u: number, v: number): number =>
    (motion[3] ?? 0) + (motion[4] ?? 0) * u + (motion[5] ?? 0) * v

  const warp = (): void => {
    for (let y = 0, at = 0; y < high; y += 1)
      for (let x = 0; x < wide; x += 1, at += 1) {
        const u = (left + x - midX) / (wide / 2)
        const v = (top + y - midY) / (high / 2)
        const fromX = left + x + shiftX(u, v)
        const fromY = top + y + shiftY(u, v)
        inside[at] = fromX >= 1 && fromY >= 1 && fromX <= width - 2 && fromY <= height - 2 ? 1 : 0
        warped[at] = sample(before, fromX, fromY)
      }
  }

  for (let step = 0; step < steps; step += 1) {
    warp()
    const matrix = new Float64Array(unknowns * unknowns)
    const target = new Float64Array(unknowns)
    const last = step === steps - 1
    for (let y = 1; y < high - 1; y += 1)
      for (let x = 1; x < wide - 1; x += 1) {
        const at = y * wide + x
        if (inside[at] === 0) continue
        const gx = ((warped[at + 1] ?? 0) - (warped[at - 1] ?? 0)) / 2
        const gy = ((warped[at + wide] ?? 0) - (warped[at - wide] ?? 0)) / 2
        const u = (left + x - midX) / (wide / 2)
        const v = (top + y - midY) / (high / 2)
        const was = warped[at] ?? 0
        const difference = (now[(top + y) * width + left + x] ?? 0) - was
        row[0] = gx
        row[1] = gx * u
        row[2] = gx * v
        row[3] = gy
        row[4] = gy * u
        row[5] = gy * v
        row[6] = was
        row[7] = 1
        for (let i = 0; i < unknowns; i += 1) {
          const value = row[i] ?? 0
          target[i] = (target[i] ?? 0) + value * difference
          for (let j = i; j < unknowns; j += 1)
            matrix[i * unknowns + j] = (matrix[i * unknowns + j] ?? 0) + value * (row[j] ?? 0)
        }
      }
    for (let i = 0; i < unknowns; i += 1)
      for (let j = 0; j < i; j += 1) matrix[i * unknowns + j] = matrix[j * unknowns + i] ?? 0
    const found = solve(matrix, target)
    if (!last) {
      for (let term = 0; term < 6; term += 1) motion[term] = (motion[term] ?? 0) + (found[term] ?? 0)
      continue
    }
    for (let y = 1; y < high - 1; y += 1)
      for (let x = 1; x < wide - 1; x += 1) {
        const at = y * wide + x
        if (inside[at] === 0) continue
        const gx = ((warped[at + 1] ?? 0) - (warped[at - 1] ?? 0)) / 2
        const gy = ((warped[at + wide] ?? 0) - (warped[at - wide] ?? 0)) / 2
        const u = (left + x - midX) / (wide / 2)
        const v = (top + y - midY) / (high / 2)
        const was = warped[at] ?? 0
        const explained =
          gx * ((found[0] ?? 0) + (found[1] ?? 0) * u + (found[2] ?? 0) * v) +
          gy * ((found[3] ?? 0) + (found[4] ?? 0) * u + (found[5] ?? 0) * v) +
          was * (found[6] ?? 0) +
          (found[7] ?? 0)
        rest[at] = (now[(top + y) * width + left + x] ?? 0) - was - explained
        steep[at] = Math.sqrt(gx * gx + gy * gy)
      }
  }
  const corners = [
    [-1, -1],
    [1, -1],
    [-1, 1],
    [1, 1]
  ] as const
  const moved = Math.max(...corners.map(([u, v]) => Math.hypot(shiftX(u, v), shiftY(u, v))))
  return { rest, steep, moved }
}
