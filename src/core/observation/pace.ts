import { z } from 'zod'

/** How hard the sensor works: as usual, a step less, or as little as its promises allow. */
export const paceSchema = z.enum(['full', 'saving', 'least'])
export type Pace = z.infer<typeof paceSchema>

/** How the computer is powered and how hot it is, as far as it says. */
export interface Power {
  /** Null while nobody can tell. */
  readonly onBattery: boolean | null
  readonly thermal: 'unknown' | 'nominal' | 'fair' | 'serious' | 'critical'
  /** What the system lets its processors do, percent of their full speed. */
  readonly speedLimit: number
}

/** A computer that says nothing. */
export const powerUnknown: Power = { onBattery: null, thermal: 'unknown', speedLimit: 100 }

export type PaceReason = 'heat' | 'slowed' | 'battery'

/** A pace with what asks for it, the strongest reason first; no reason for the full one. */
export interface PaceNow {
  readonly pace: Pace
  readonly reasons: readonly PaceReason[]
}

export const fullPace: PaceNow = { pace: 'full', reasons: [] }

/**
 * Processors held below the first are slowed by their system, below the second badly so, percent. A system that holds
 * back a little leaves the desk all it needs.
 */
const slowedBelow = { saving: 90, least: 60 } as const

/** Steps down that each reason asks for; two are all there are. */
const stepsFor = ({ onBattery, thermal, speedLimit }: Power): Readonly<Record<PaceReason, number>> => ({
  heat: thermal === 'serious' || thermal === 'critical' ? 2 : thermal === 'fair' ? 1 : 0,
  slowed: speedLimit < slowedBelow.least ? 2 : speedLimit < slowedBelow.saving ? 1 : 0,
  battery: onBattery === true ? 1 : 0
})

/**
 * The pace that a computer in this state can keep. Battery, warmth and a slowed processor ask for a step each, heat and
 * a badly slowed processor for two. What is not known asks for nothing: then the sensor works as usual.
 */
export function paceOf(power: Power): PaceNow {
  const steps = stepsFor(power)
  const reasons = (['heat', 'slowed', 'battery'] as const)
    .filter((reason) => steps[reason] > 0)
    .toSorted((one, other) => steps[other] - steps[one])
  const sum = reasons.reduce((total, reason) => total + steps[reason], 0)
  return { pace: sum === 0 ? 'full' : sum === 1 ? 'saving' : 'least', reasons }
}

/** Whether the first works less than the second. */
export const isSlower = (one: Pace, other: Pace): boolean =>
  paceSchema.options.indexOf(one) > paceSchema.options.indexOf(other)
