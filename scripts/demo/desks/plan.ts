import type { RuleId } from '../../../src/core/judgement/rule'

/** One stretch of a simulated desk's day. Times are milliseconds. */
export type Phase =
  | { readonly kind: 'shown'; readonly ms: number }
  | {
      readonly kind: 'hidden'
      readonly rule: RuleId
      readonly score: number
      readonly people: number
      readonly ms: number
    }
  | { readonly kind: 'signed-out'; readonly ms: number }

/** Chance from a seed: the same seed gives the same numbers, each in [0, 1). */
export function seededChance(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    // mulberry32: small, and even enough for a demonstration.
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

interface Interruption {
  readonly weight: number
  readonly rule: RuleId
  readonly ms: readonly [number, number]
  readonly people: number
}

const interruptions: readonly Interruption[] = [
  { weight: 40, rule: 'phone', ms: [4000, 14_000], people: 0 },
  { weight: 14, rule: 'book', ms: [5000, 15_000], people: 0 },
  { weight: 16, rule: 'second-person', ms: [5000, 20_000], people: 2 },
  { weight: 16, rule: 'nobody', ms: [10_000, 45_000], people: 0 },
  { weight: 8, rule: 'camera-lost', ms: [6000, 20_000], people: 0 },
  { weight: 6, rule: 'help-asked', ms: [8000, 15_000], people: 0 }
]

/** The day of one simulated desk: mostly work, now and then an interruption, sometimes a break. It never ends. */
export function* planOf(seed: number): Generator<Phase, never> {
  const chance = seededChance(seed)
  const between = ([from, to]: readonly [number, number]): number => Math.round(from + chance() * (to - from))
  yield { kind: 'shown', ms: between([5000, 150_000]) }
  for (;;) {
    if (chance() < 0.1) {
      yield { kind: 'signed-out', ms: between([20_000, 60_000]) }
    } else {
      const { rule, ms, people } = pick(chance())
      yield { kind: 'hidden', rule, score: scoreOf(rule, chance()), people, ms: between(ms) }
    }
    yield { kind: 'shown', ms: between([60_000, 300_000]) }
  }
}

function pick(at: number): Interruption {
  const total = interruptions.reduce((sum, { weight }) => sum + weight, 0)
  let left = at * total
  for (const entry of interruptions) {
    left -= entry.weight
    if (left < 0) return entry
  }
  return interruptions[0] as Interruption
}

/** Detections have a confidence; facts are certain. */
function scoreOf(rule: RuleId, chance: number): number {
  const isDetection = rule === 'phone' || rule === 'book' || rule === 'second-person'
  return isDetection ? Math.round((0.55 + chance * 0.43) * 100) / 100 : 1
}
