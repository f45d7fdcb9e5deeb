import type { Box } from './detector'

export const areaOf = (box: Box): number => Math.max(0, box.width) * Math.max(0, box.height)

/** The part of a box that lies within the picture. */
export const clipped = (box: Box): Box => {
  const x = Math.min(1, Math.max(0, box.x))
  const y = Math.min(1, Math.max(0, box.y))
  return {
    x,
    y,
    width: Math.max(0, Math.min(1, box.x + box.width) - x),
    height: Math.max(0, Math.min(1, box.y + box.height) - y)
  }
}

/** Within this share of a side edge of the picture a box counts as cut off by it. */
const sideEdge = 0.012

/** Whether the picture's left or right edge cuts the thing off; `box` is in shares of the whole picture. */
export const isCutOffAtSide = ({ x, width }: Box): boolean => x < sideEdge || x + width > 1 - sideEdge

export const sharedArea = (a: Box, b: Box): number => {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return width > 0 && height > 0 ? width * height : 0
}

/** Shared area over joined area, 0 to 1. */
export const overlapOf = (a: Box, b: Box): number => {
  const shared = sharedArea(a, b)
  const joined = areaOf(a) + areaOf(b) - shared
  return joined > 0 ? shared / joined : 0
}

/** Shared area over the smaller of the two, 0 to 1: near 1 when one lies within the other. */
export const containmentOf = (a: Box, b: Box): number => {
  const smaller = Math.min(areaOf(a), areaOf(b))
  return smaller > 0 ? sharedArea(a, b) / smaller : 0
}

/** Keeps the best of candidates that show the same thing, best first. */
export const keepBest = <C extends { readonly score: number; readonly box: Box }>(
  candidates: readonly C[],
  same: (kept: Box, other: Box) => boolean,
  most = 50
): readonly C[] => {
  const kept: C[] = []
  for (const candidate of [...candidates].sort((a, b) => b.score - a.score)) {
    if (kept.length >= most) break
    if (!kept.some((better) => same(better.box, candidate.box))) kept.push(candidate)
  }
  return kept
}

/** A box in shares of a part of the picture, in shares of the whole. */
export const inWhole = (part: Box, box: Box): Box => ({
  x: part.x + box.x * part.width,
  y: part.y + box.y * part.height,
  width: box.width * part.width,
  height: box.height * part.height
})
