import type { Evidence } from './entry'
import { coarse, type Glimpse } from './glimpse'

/** A covered lens has no edge steeper than this, grey levels per fine cell; a room out of focus has 5 to 25. */
export const coveredEdge = 4.5
/** Nor any structure beyond a smooth slope of light, grey levels; of 328 rooms the plainest had 7.8. */
export const coveredStructure = 5
/** The darker the picture, the less of both a room would show: in full from this mean brightness on. */
const fullLight = 90
/** What noise leaves even in the dark, as a share of both limits. */
const leastShare = 0.2

/** The smooth surface: level, two slopes, two bends and a twist. */
const terms = 6
const surfaceAt = (x: number, y: number): readonly number[] => [1, x, y, x * x - 1 / 3, y * y - 1 / 3, x * y]

/** The six terms are orthogonal over an even grid, so each has its own factor. */
const surface = (() => {
  const values = new Float32Array(coarse.width * coarse.height * terms)
  const norms = new Float64Array(terms)
  for (let y = 0; y < coarse.height; y += 1)
    for (let x = 0; x < coarse.width; x += 1)
      surfaceAt((2 * (x + 0.5)) / coarse.width - 1, (2 * (y + 0.5)) / coarse.height - 1).forEach(
        (value, term) => {
          values[(y * coarse.width + x) * terms + term] = value
          norms[term] = (norms[term] ?? 0) + value * value
        }
      )
  return { values, norms }
})()

/** How far the brightness strays from a smooth slope, robust: four cells in ten may stray further. Grey levels. */
export const structureOf = ({ cells }: Glimpse): number => {
  const factors = new Float64Array(terms)
  for (let cell = 0; cell < cells.length; cell += 1)
    for (let term = 0; term < terms; term += 1)
      factors[term] = (factors[term] ?? 0) + (cells[cell] ?? 0) * (surface.values[cell * terms + term] ?? 0)
  for (let term = 0; term < terms; term += 1)
    factors[term] = (factors[term] ?? 0) / (surface.norms[term] ?? 1)
  const strays = new Float32Array(cells.length)
  for (let cell = 0; cell < cells.length; cell += 1) {
    let smooth = 0
    for (let term = 0; term < terms; term += 1)
      smooth += (factors[term] ?? 0) * (surface.values[cell * terms + term] ?? 0)
    strays[cell] = Math.abs((cells[cell] ?? 0) - smooth)
  }
  return strays.sort()[Math.floor(strays.length * 0.6)] ?? 0
}

/**
 * A covered lens: tape, a finger, paper, a lid, whatever the colour. Nothing but a smooth slope of light, no edge.
 * A room without any light looks the same and is called the same.
 */
export const coveredIn = (glimpse: Glimpse | null): Evidence => {
  if (!glimpse) return 'unknown'
  const share = Math.min(1, Math.max(leastShare, glimpse.mean / fullLight))
  const edge = glimpse.edge / (coveredEdge * share)
  if (edge >= 1) return 'clear'
  const structure = structureOf(glimpse) / (coveredStructure * share)
  if (structure >= 1) return 'clear'
  return 0.5 + 0.5 * Math.min(1 - edge, 1 - structure)
}
