import type { Pace } from '../../core/observation/pace'

/** What a pace leaves of looking. What is new, what counts and the whole picture in its turn are looked at in any. */
export interface Effort {
  /** The standing sweep over a still picture looks at a tile at most so often, milliseconds. */
  readonly sweepEveryMs: number
  /** A picture that is largely new is swept anew at most so often, milliseconds. */
  readonly surpriseEveryMs: number
  /** Sweeps and looks at ordinary motion leave so much of what is saved up for what is striking, milliseconds. */
  readonly reserveMs: number
  /** Closer looks at weak candidates leave so much of it. */
  readonly candidateReserveMs: number
  /** What is left of the policy's share of a core. */
  readonly working: number
}

/** The order of degrading: first sweeps get rarer and give way sooner, then the working share shrinks. */
export const effortAt: Readonly<Record<Pace, Effort>> = {
  full: { sweepEveryMs: 0, surpriseEveryMs: 6_000, reserveMs: 300, candidateReserveMs: 450, working: 1 },
  saving: {
    sweepEveryMs: 4_200,
    surpriseEveryMs: 12_000,
    reserveMs: 450,
    candidateReserveMs: 450,
    working: 1
  },
  least: {
    sweepEveryMs: 8_400,
    surpriseEveryMs: 24_000,
    reserveMs: 450,
    candidateReserveMs: 450,
    working: 0.6
  }
}

/**
 * The share of a core that looks may take at a pace, 0 to 1: what is left of the policy's, but never less than one look
 * of `lookMs` in `everyMs` needs, and never more than the policy's.
 */
export const shareAt = (pace: Pace, coreShare: number, lookMs: number, everyMs: number): number =>
  Math.min(coreShare, Math.max(coreShare * effortAt[pace].working, lookMs / everyMs))
