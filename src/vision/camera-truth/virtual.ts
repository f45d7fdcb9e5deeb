import type { Evidence } from './entry'
import type { FrameFacts, VirtualMark } from './facts'
import { createRegularity } from './regularity'

/**
 * How much each mark says. They are joined as independent hints: 1 minus the product of the rests. The name alone is
 * enough; without it no bus, no control and a single size together just are.
 */
const weights: Readonly<Record<VirtualMark | 'clockwork', number>> = {
  label: 0.9,
  'no-bus': 0.3,
  'no-controls': 0.3,
  'one-size': 0.2,
  'refuses-own-range': 0.4,
  clockwork: 0.3
}
/** Joined hints from here on hold. */
export const virtualFrom = 0.6

/**
 * A camera that is a program: by its name, its bus, what it can be set to, and how evenly it stamps its frames.
 * A reason to look closer: phones used as webcams and some built-in cameras behind a software layer look the same.
 */
export const createVirtual = (): ((facts: FrameFacts) => Evidence) => {
  const regularity = createRegularity()
  return ({ track, stampMs }) => {
    const clockwork = regularity(stampMs)
    if (!track) return 'unknown'
    const marks: readonly (VirtualMark | 'clockwork')[] = clockwork
      ? [...track.marks, 'clockwork']
      : track.marks
    const doubt = [...new Set(marks)].reduce((rest, mark) => rest * (1 - weights[mark]), 1)
    return 1 - doubt >= virtualFrom ? 1 - doubt : 'clear'
  }
}
