import type { Random } from '../../scene/random'

/** A value that wanders as living things do: it never comes back on the same way. Mean 0, standard deviation 1. */
export type Wander = (seconds: number) => number

/** Waves of many unrelated lengths between the two periods, in seconds; slow ones are the larger ones. */
export const wander = (chance: Random, shortest: number, longest: number): Wander => {
  const waves = Array.from({ length: 14 }, () => {
    const period = shortest * (longest / shortest) ** chance.next()
    return { speed: (2 * Math.PI) / period, phase: chance.between(0, 2 * Math.PI), size: Math.sqrt(period) }
  })
  const power = Math.sqrt(waves.reduce((sum, { size }) => sum + (size * size) / 2, 0))
  return (seconds) =>
    waves.reduce((sum, { speed, phase, size }) => sum + size * Math.sin(speed * seconds + phase), 0) / power
}

/** Something that happens now and then. */
export interface Happening {
  readonly from: number
  readonly to: number
  /** Tells one from another: 0 to 1. */
  readonly kind: number
}

/** Happenings in the first `until` seconds, with pauses and lengths by chance. */
export const happenings = (
  chance: Random,
  until: number,
  pause: readonly [number, number],
  length: readonly [number, number]
): readonly Happening[] => {
  const found: Happening[] = []
  let at = chance.between(...pause)
  while (at < until) {
    const to = at + chance.between(...length)
    found.push({ from: at, to, kind: chance.next() })
    at = to + chance.between(...pause)
  }
  return found
}

/** 0 outside, 1 in the middle, soft between. */
export const presence = (seconds: number, { from, to }: Happening): number => {
  if (seconds <= from || seconds >= to) return 0
  return Math.sin((Math.PI * (seconds - from)) / (to - from)) ** 2
}
