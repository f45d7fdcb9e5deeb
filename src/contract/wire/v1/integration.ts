import { z } from 'zod'
import { callStateSchema } from '../../../core/integration/call'
import { certificationSchema } from '../../../core/integration/certification'
import { scopeSchema } from '../../../core/integration/scope'

/**
 * Integration API of the hub, version 1: other systems tell it about people, by their e-mail. TLS under the hub's own
 * authority, `Authorization: Bearer KEY`. Everything is told whole and may be told again; see docs/integration.md.
 */

export const KEY_PREFIX = 'hdk_'

const instant = z.iso.datetime({ offset: true })
const email = z.string().min(3).max(200)
const seconds = z.number().int().min(0).max(86_400)

/** GET /integration/v1/key: what the key that asks is. */
export const keySelfSchema = z.strictObject({
  name: z.string(),
  organisation: z.string(),
  scopes: z.array(scopeSchema),
  expiresAt: instant.nullable()
})

/** Answer to everything that is told. People whom the organisation does not have are named; the rest is taken. */
export const toldSchema = z.strictObject({
  taken: z.number().int().nonnegative(),
  unknownPeople: z.array(z.string())
})
export type Told = z.infer<typeof toldSchema>

/** POST /integration/v1/calls. A word that is older than what is known changes nothing. */
export const callsSchema = z.strictObject({
  calls: z
    .array(z.strictObject({ person: email, state: callStateSchema, since: instant }))
    .min(1)
    .max(500)
})
export type Calls = z.infer<typeof callsSchema>

/** POST /integration/v1/call-figures. A person's figures of a day take the place of those from before. */
export const callFiguresSchema = z.strictObject({
  figures: z
    .array(
      z.strictObject({
        person: email,
        day: z.iso.date(),
        calls: z.number().int().min(0).max(10_000),
        talkS: seconds,
        holdS: seconds,
        wrapUpS: seconds,
        /** Share of the planned time that was kept to, 0 to 1. */
        adherence: z.number().min(0).max(1).nullable()
      })
    )
    .min(1)
    .max(500)
})
export type CallFigures = z.infer<typeof callFiguresSchema>

const DAY_MS = 86_400_000
/** The longest stretch of one schedule, milliseconds. */
const LONGEST_MS = 62 * DAY_MS

/** One person's schedule of a stretch: it takes the place of every shift that begins within it. */
const personScheduleSchema = z
  .strictObject({
    person: email,
    from: instant,
    to: instant,
    shifts: z.array(z.strictObject({ startsAt: instant, endsAt: instant })).max(200)
  })
  .check(({ value, issues }) => {
    const at = Date.parse
    const wrong = (path: readonly (string | number)[], message: string): void => {
      issues.push({ code: 'custom', input: value, path: [...path], message })
    }
    if (at(value.to) <= at(value.from) || at(value.to) - at(value.from) > LONGEST_MS)
      wrong(['to'], 'it has to be after from, by 62 days at most')
    const sorted = [...value.shifts].sort((a, b) => at(a.startsAt) - at(b.startsAt))
    value.shifts.forEach((shift, index) => {
      if (at(shift.startsAt) < at(value.from) || at(shift.startsAt) >= at(value.to))
        wrong(['shifts', index, 'startsAt'], 'it has to lie between from and to')
      const length = at(shift.endsAt) - at(shift.startsAt)
      if (length <= 0 || length > DAY_MS)
        wrong(['shifts', index, 'endsAt'], 'it has to be after startsAt, by a day at most')
      const before = sorted[sorted.indexOf(shift) - 1]
      if (before !== undefined && at(before.endsAt) > at(shift.startsAt))
        wrong(['shifts', index, 'startsAt'], 'it overlaps with another shift of this person')
    })
  })

/** POST /integration/v1/schedule */
export const scheduleSchema = z.strictObject({ people: z.array(personScheduleSchema).min(1).max(200) })
export type Schedule = z.infer<typeof scheduleSchema>

/** POST /integration/v1/certifications. What is told of a person takes the place of all that was known. */
export const certificationsSchema = z.strictObject({
  people: z
    .array(z.strictObject({ person: email, certifications: z.array(certificationSchema).max(80) }))
    .min(1)
    .max(200)
})
export type Certifications = z.infer<typeof certificationsSchema>

/** GET /integration/v1/readiness: for whom calls may ring now, of everybody who is at a desk. */
export const readinessListSchema = z.strictObject({
  at: instant,
  people: z.array(
    z.strictObject({
      person: email,
      ready: z.boolean(),
      state: z.enum(['starting', 'signed-out', 'shown', 'hidden', 'unknown', 'locked'])
    })
  )
})
export type ReadinessList = z.infer<typeof readinessListSchema>
