/** How a row is bent: shifted sideways and lifted by so many pixels, and how much wider it is. */
export interface RowBend {
  readonly shift: number
  readonly stretch: number
  readonly lift: number
}

interface Size {
  readonly width: number
  readonly height: number
}

/** One row of the frame that a bent sprite covers. Columns and rows in pixels; fractions lie between pixels. */
export interface BentRow {
  readonly y: number
  /** Columns of the frame, both included. */
  readonly firstX: number
  readonly lastX: number
  /** Column of the sprite at `firstX`, and how far it goes on from pixel to pixel. */
  readonly sourceX: number
  readonly step: number
  /** Row of the sprite, and how far below it the frame's row lies, 0 to 1. */
  readonly row: number
  readonly low: number
}

/** How far a row may be lifted or lowered, pixels. */
const mostLift = 12

/**
 * The rows of a frame that a sprite with its upper left corner at (left, top) covers when each of its rows is bent by
 * itself: that is how a head leans while the shoulders stay. `bend` gets the row as a share of the height, 0 at the top.
 */
export function* bentRows(
  { width, height }: Size,
  { width: wide, height: high }: Size,
  left: number,
  top: number,
  bend: (share: number) => RowBend
): Generator<BentRow> {
  const middle = wide / 2
  const last = Math.min(height, Math.ceil(top + high) + mostLift)
  for (let y = Math.max(0, Math.floor(top) - mostLift); y < last; y += 1) {
    const { shift, stretch, lift } = bend(Math.min(1, Math.max(0, (y - top) / high)))
    const sourceY = y - top - lift
    const row = Math.floor(sourceY)
    if (row < 0 || row >= high - 1) continue
    const step = 1 / stretch
    const firstX = Math.max(0, Math.ceil(left + shift + middle - middle * stretch))
    const lastX = Math.min(width - 1, Math.floor(left + shift + middle + (middle - 1.01) * stretch))
    const sourceX = (firstX - left - shift - middle) * step + middle
    yield { y, firstX, lastX, sourceX, step, row, low: sourceY - row }
  }
}
