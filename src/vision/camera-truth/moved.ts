import { alike, corners, cut, find, type Block } from './border'
import { ramp, type Evidence } from './entry'
import type { Seen } from './facts'
import type { Glimpse } from './glimpse'

/** The background is looked at this often, milliseconds. */
const everyMs = 500
/** How long the first pictures are averaged for the reference, milliseconds. */
const learnMs = 3_000
/** Blocks with less contrast than this have nothing to recognise, grey levels. */
const leastContrast = 1.5
/** So many blocks must have something to recognise: a bare wall tells nothing. */
const fewestBlocks = 4
/** From here on a block is found again; where it was it may be a little less alike. */
const foundFrom = 0.75
const foundHere = 0.6
/** Another place must be this much more alike than its own, or the block counts as where it was. */
const better = 0.12
/** A shift that counts, in cells of 8 pixels (at 640), and how far shifts may differ that are one. */
const leastShift = 0.75
const sameShift = 0.8
/** How long the background must be shifted, or be another one, milliseconds. */
export const shiftedMs = 1_500
export const otherMs = 6_000
/** A new view that has stood still for this long becomes the reference; the alert has told of the change. */
export const newViewMs = 60_000

/** Pictures whose width over height differs by less than this share have one shape: sizes are whole pixels. */
const sameShape = 0.01

interface Reference {
  block: Block
  /** Since when it has been neither found nor shifted. */
  goneSince: number | null
}

/** What the blocks of the reference say about one picture. */
interface Census {
  readonly usable: number
  readonly still: number
  readonly shifted: number
  readonly gone: number
}

/**
 * The camera was moved, or is another one. The room's structure along both sides and above the head is compared with
 * what it was at first; a person in the middle does not count, and someone who leans across hides blocks only for a
 * while. Light changes do not count either. Small changes in the room (a door, a chair) are taken in block by block.
 */
export const createMoved = (): ((seen: Seen) => Evidence) => {
  let learning: { readonly since: number; sum: Float32Array; count: number } | null = null
  let reference: Reference[] | null = null
  let last = -Infinity
  let previous: Float32Array | null = null
  let evidence: Evidence = 'unknown'
  let shiftedSince: number | null = null
  let otherSince: number | null = null
  let holdsSince: number | null = null
  let swappedAt: number | null = null
  let shape: number | null = null
  let relearning = false

  const learn = (cells: Float32Array, now: number): void => {
    if (!learning) learning = { since: now, sum: Float32Array.from(cells), count: 1 }
    else {
      const { sum } = learning
      for (let at = 0; at < sum.length; at += 1) sum[at] = (sum[at] ?? 0) + (cells[at] ?? 0)
      learning.count += 1
    }
    if (now - learning.since < learnMs || learning.count < 4) return
    const { sum, count } = learning
    const mean = sum.map((value) => value / count)
    reference = corners.map(([x, y]) => ({ block: cut(mean, x, y), goneSince: null }))
    learning = null
    relearning = false
  }

  const count = (known: readonly Reference[], cells: Float32Array, now: number): Census => {
    const shifts: { readonly dx: number; readonly dy: number }[] = []
    let usable = 0
    let still = 0
    let gone = 0
    known.forEach((entry, index) => {
      const [x, y] = corners[index] ?? [0, 0]
      if (entry.block.contrast < leastContrast) return
      usable += 1
      const here = alike(entry.block, cut(cells, x, y))
      const found = here > 0.95 ? { dx: 0, dy: 0, alike: here } : find(entry.block, cells, x, y)
      const far = Math.hypot(found.dx, found.dy)
      const inPlace = here >= foundHere && found.alike < here + better
      if (inPlace || (found.alike >= foundFrom && far < leastShift)) {
        still += 1
        entry.goneSince = null
        // Light wanders over the day: what was found is taken over slowly.
        if (here > 0.9) entry.block = blended(entry.block, cut(cells, x, y))
      } else if (found.alike >= foundFrom) shifts.push(found)
      else {
        gone += 1
        entry.goneSince ??= now
      }
    })
    const most = Math.max(
      0,
      ...shifts.map(
        (one) => shifts.filter((other) => Math.hypot(one.dx - other.dx, one.dy - other.dy) < sameShift).length
      )
    )
    return { usable, still, shifted: most, gone: gone + shifts.length - most }
  }

  /** A block that is gone while most others stand is a thing in the room that changed. */
  const renew = (
    known: readonly Reference[],
    { usable, still }: Census,
    cells: Float32Array,
    now: number
  ): void => {
    if (still < usable * 0.6) return
    known.forEach((entry, index) => {
      const [x, y] = corners[index] ?? [0, 0]
      const changed = entry.goneSince !== null && now - entry.goneSince > newViewMs / 2
      if (changed || entry.block.contrast < leastContrast) {
        entry.block = cut(cells, x, y)
        entry.goneSince = null
      }
    })
  }

  const judge = (known: readonly Reference[], cells: Float32Array, now: number): Evidence => {
    const census = count(known, cells, now)
    renew(known, census, cells, now)
    const { usable, still, shifted, gone } = census
    if (usable < fewestBlocks) return 'unknown'
    const isShifted = shifted >= 3 && shifted >= usable * 0.4 && still <= usable * 0.25
    // Another view stands still by itself; somebody who leans across does not.
    const steady = previous === null ? 0 : corners.filter(([x, y]) => same(previous, cells, x, y)).length
    const isOther =
      gone + shifted >= usable * 0.75 && still <= usable * 0.15 && steady >= corners.length * 0.6
    shiftedSince = isShifted ? (shiftedSince ?? now) : null
    otherSince = isOther || isShifted ? (otherSince ?? now) : null
    const share = (gone + shifted) / usable
    const holds =
      (shiftedSince !== null && now - shiftedSince >= shiftedMs) ||
      (otherSince !== null && now - otherSince >= otherMs)
    if (!holds) {
      holdsSince = null
      return 'clear'
    }
    holdsSince ??= now
    if (now - holdsSince >= newViewMs) {
      reference = null
      shiftedSince = otherSince = holdsSince = null
    }
    return 0.6 + 0.4 * ramp(share, 0.4, 1)
  }

  /** A camera that was opened anew in another shape shows the same room cut or squeezed otherwise: it is learned anew. */
  const shaped = ({ width, height }: Glimpse): void => {
    const now = width / height
    if (shape !== null && Math.abs(now / shape - 1) > sameShape) {
      reference = learning = previous = null
      shiftedSince = otherSince = holdsSince = null
      last = -Infinity
      relearning = true
    }
    shape = now
  }

  return ({ glimpse, facts: { capturedAt: now, track } }) => {
    if (track?.replaced !== true) swappedAt = null
    else swappedAt ??= now
    // Another device is a fact, not a measurement; like a new view it is accepted after a while.
    const swapped = swappedAt !== null && now - swappedAt < newViewMs
    if (!glimpse) return swapped ? 1 : 'unknown'
    shaped(glimpse)
    const { cells } = glimpse
    if (now - last >= everyMs) {
      last = now
      if (reference) evidence = judge(reference, cells, now)
      else {
        // At first there is nothing to have moved from; later there was, and whether it did cannot be told meanwhile.
        evidence = relearning ? 'unknown' : 'clear'
        learn(cells, now)
      }
      previous = cells
    }
    return swapped ? 1 : evidence
  }
}

const same = (before: Float32Array | null, cells: Float32Array, x: number, y: number): boolean => {
  if (!before) return false
  const [then, now] = [cut(before, x, y), cut(cells, x, y)]
  return (then.contrast < leastContrast && now.contrast < leastContrast) || alike(then, now) > 0.9
}

const blended = (old: Block, fresh: Block): Block => {
  const share = 0.02
  return {
    values: old.values.map((value, at) => value * (1 - share) + (fresh.values[at] ?? 0) * share),
    contrast: old.contrast * (1 - share) + fresh.contrast * share
  }
}
