import { z } from 'zod'

const day = z.iso.date()
const name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'lower-case letters, digits and hyphens, at most 60')
/** A state or territory of the United States, by its two letters (ISO 3166-2:US). */
const state = z.string().regex(/^[A-Z]{2}$/, 'two capital letters, such as TX')

/** A licence or certification that somebody holds. Its number is nobody's business here. */
export const certificationSchema = z.strictObject({
  name,
  /** For which state it is; null where it is for none in particular. */
  state: state.nullable(),
  /** The last day on which it is good. */
  expiresOn: day
})
export type Certification = z.infer<typeof certificationSchema>

/** One that somebody has to hold to begin a shift. Without a state any will do. */
export const requirementSchema = z.strictObject({ name, state: state.optional() })
export type Requirement = z.infer<typeof requirementSchema>

/**
 * What a policy asks of who begins a shift. Left out: nothing, and what is known is only shown. Where something is
 * required, what nobody told of counts as missing.
 */
export const certificationPolicySchema = z.strictObject({
  required: z.array(requirementSchema).min(1).max(20)
})

/** How many days before its end a certification is shown as ending soon. */
export const DUE_DAYS = 30
const DAY_MS = 86_400_000

export type CertificationState = 'good' | 'due' | 'expired'

/** The end of the last good day, by the clock that is furthest behind (UTC-12): nobody is refused on a day that is theirs. */
const endOf = (expiresOn: string): number => Date.parse(`${expiresOn}T00:00:00Z`) + DAY_MS + 12 * 3_600_000

/** How one stands at an instant, milliseconds. */
export function certificationState({ expiresOn }: Certification, now: number): CertificationState {
  const left = endOf(expiresOn) - now
  return left <= 0 ? 'expired' : left <= DUE_DAYS * DAY_MS ? 'due' : 'good'
}

export interface Lacking {
  readonly requirement: Requirement
  /** `missing`: nobody told of one. `expired`: the newest one of its kind is over. */
  readonly why: 'missing' | 'expired'
}

/** Which requirements are not met. Several of one kind may be held: one that is good suffices. */
export function lacking(
  required: readonly Requirement[],
  held: readonly Certification[],
  now: number
): readonly Lacking[] {
  return required.flatMap((requirement): readonly Lacking[] => {
    const fitting = held.filter(
      (one) =>
        one.name === requirement.name && (requirement.state === undefined || one.state === requirement.state)
    )
    if (fitting.some((one) => certificationState(one, now) !== 'expired')) return []
    return [{ requirement, why: fitting.length === 0 ? 'missing' : 'expired' }]
  })
}

export type CertificationStanding = 'good' | 'due' | 'expired' | 'missing'

/** The worst of what is required and of what is held; null when nothing is known and nothing required. */
export function certificationStanding(
  required: readonly Requirement[],
  held: readonly Certification[],
  now: number
): CertificationStanding | null {
  const lacks = lacking(required, held, now)
  const states = held.map((one) => certificationState(one, now))
  if (lacks.some(({ why }) => why === 'missing')) return 'missing'
  if (lacks.length > 0 || states.includes('expired')) return 'expired'
  if (states.includes('due')) return 'due'
  return held.length === 0 ? null : 'good'
}
