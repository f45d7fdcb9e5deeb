import { z } from 'zod'
import { ruleIdSchema } from '../../../core/judgement/rule'

const instant = z.iso.datetime()
const count = z.number().int().nonnegative()
const seconds = z.number().nonnegative()

/** GET /console/v1/advocates: of whom one may see a trend, by name. */
export const advocateListSchema = z.strictObject({
  advocates: z.array(z.strictObject({ id: z.uuid(), name: z.string() }))
})
export type AdvocateList = z.infer<typeof advocateListSchema>

const DAY_MS = 86_400_000
const isWeek = (ms: number): boolean => Math.abs(ms - 7 * DAY_MS) <= DAY_MS / 8

/** GET /console/v1/advocates/:id/trend?mondays= */
export const trendQuerySchema = z.strictObject({
  /**
   * The reader's own midnights with which the weeks begin, and that with which the last one ends, with commas between: a
   * week in which clocks are changed has an hour more or less.
   */
  mondays: z
    .string()
    .max(1000)
    .transform((text) => text.split(','))
    .pipe(z.array(instant).min(2).max(27))
    .refine(
      (all) => all.every((at, n) => n === 0 || isWeek(Date.parse(at) - Date.parse(all[n - 1] ?? ''))),
      'each has to be a week after the one before'
    )
})
export type TrendQuery = z.infer<typeof trendQuerySchema>

export const trendWeekSchema = z.strictObject({
  from: instant,
  /** Times that they came to work in this week: sessions at desks with less than four hours between them are one shift. */
  shifts: count,
  /** At a desk, seconds. */
  signedInS: seconds,
  /** Hidden by what was seen, seconds. */
  hiddenS: seconds,
  raised: count,
  agreed: count,
  falseAlarms: count,
  /** For each shift; null in a week without one. */
  raisedPerShift: z.number().nonnegative().nullable(),
  /** The one with the most first; none of nought. */
  byRule: z.array(z.strictObject({ rule: ruleIdSchema, raised: count, falseAlarms: count })),
  /** Mean of the days that were told of, 0 to 1; null where none was. */
  adherence: z.number().min(0).max(1).nullable(),
  /** Calls of the days that were told of; null where none was. */
  calls: count.nullable()
})
export type TrendWeek = z.infer<typeof trendWeekSchema>

/** One advocate's weeks, the oldest first. That it was looked at is noted. */
export const advocateTrendSchema = z.strictObject({
  advocate: z.strictObject({ id: z.uuid(), name: z.string() }),
  weeks: z.array(trendWeekSchema)
})
export type AdvocateTrend = z.infer<typeof advocateTrendSchema>
