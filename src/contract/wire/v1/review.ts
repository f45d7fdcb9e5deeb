import { z } from 'zod'
import { ruleIdSchema } from '../../../core/judgement/rule'
import { alertViewSchema } from './console'

const instant = z.iso.datetime()

/** GET /console/v1/alerts?stage=&before= */
export const alertListQuerySchema = z.strictObject({
  stage: z.enum(['all', 'undecided', 'appealed', 'closed']).default('all'),
  /** `next` of the page before. */
  before: z
    .string()
    .regex(/^\d{1,15}_[0-9a-f-]{36}$/, 'the next of a page')
    .optional()
})
export type AlertListQuery = z.infer<typeof alertListQuerySchema>

/** One page, newest first. Each alert in it is noted as seen by who asked. */
export const alertListSchema = z.strictObject({
  alerts: z.array(alertViewSchema),
  /** Where the next page begins; null when there is none. */
  next: z.string().nullable()
})
export type AlertList = z.infer<typeof alertListSchema>

/** GET /console/v1/alerts/:id/history: who did what with an alert, and who saw it. */
export const alertHistorySchema = z.strictObject({
  acts: z.array(z.strictObject({ at: instant, by: z.string(), role: z.string(), act: z.string() })),
  /** One for each person and way: how often, first and last. */
  reads: z.array(
    z.strictObject({
      by: z.string(),
      role: z.string(),
      through: z.enum(['board', 'stream', 'list', 'detail']),
      times: z.number().int().positive(),
      first: instant,
      last: instant
    })
  )
})
export type AlertHistory = z.infer<typeof alertHistorySchema>

/** GET /console/v1/reports/alerts?from=&to=&team=: at most 92 days; of one team, or of all that the viewer sees. */
export const reportQuerySchema = z.strictObject({ from: instant, to: instant, team: z.uuid().optional() })
export type ReportQuery = z.infer<typeof reportQuerySchema>

const count = z.number().int().nonnegative()
const seconds = z.number().nonnegative().nullable()

/** Figures about the alerts of the viewer's scope. What an upheld appeal turned round counts as turned round. */
export const alertReportSchema = z.strictObject({
  from: instant,
  to: instant,
  byRule: z.array(
    z.strictObject({
      rule: ruleIdSchema,
      raised: count,
      acknowledged: count,
      agreed: count,
      falseAlarms: count,
      /** Share of false alarms among those decided, 0 to 1; null while none is. */
      falseAlarmShare: z.number().min(0).max(1).nullable(),
      /** Time from receipt to acknowledgement, seconds. */
      acknowledgeP50S: seconds,
      acknowledgeP95S: seconds,
      /** Passed on for silence. */
      escalated: count
    })
  ),
  /** Each team of the viewer's scope, whichever was asked for. A hub from before leaves it out. */
  byTeam: z.array(z.strictObject({ team: z.uuid(), name: z.string(), raised: count })).optional(),
  /** The team that was asked for. */
  team: z.uuid().optional(),
  /** Alerts by hour of the day, UTC; 24 of them. */
  byHour: z.array(count).length(24)
})
export type AlertReport = z.infer<typeof alertReportSchema>
