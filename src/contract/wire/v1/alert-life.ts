import { z } from 'zod'
import { ruleIdSchema } from '../../../core/judgement/rule'
import {
  decisionReasonSchema,
  levelSchema,
  noteSchema,
  stageSchema,
  verdictSchema
} from '../../../core/alert/life'
import { senderSchema } from './sender'

const instant = z.iso.datetime()
const who = z.strictObject({ id: z.uuid(), name: z.string() })

/** POST /console/v1/alerts/:id/decide */
export const decideRequestSchema = z.strictObject({
  verdict: verdictSchema,
  reason: decisionReasonSchema,
  note: noteSchema
})
export type DecideRequest = z.infer<typeof decideRequestSchema>

/** POST /console/v1/alerts/:id/appeal: the answer to what the advocate says against the decision. */
export const appealAnswerSchema = z.strictObject({ upheld: z.boolean(), note: noteSchema })
export type AppealAnswer = z.infer<typeof appealAnswerSchema>

/** What people made of an alert, as the console sees it. */
export const lifeViewSchema = z.strictObject({
  stage: stageSchema,
  /** Whose turn it is. */
  level: levelSchema,
  /** When silence calls the next; null when it calls nobody. */
  escalateAt: instant.nullable(),
  decision: z
    .strictObject({
      verdict: verdictSchema,
      reason: decisionReasonSchema,
      note: z.string(),
      at: instant,
      by: who
    })
    .nullable(),
  /** Until when the advocate may object. */
  appealUntil: instant.nullable(),
  appeal: z
    .strictObject({
      statement: z.string(),
      at: instant,
      /** By when it has to be answered. */
      dueAt: instant,
      answer: z.strictObject({ upheld: z.boolean(), note: z.string(), at: instant, by: who }).nullable()
    })
    .nullable(),
  closedAt: instant.nullable()
})
export type LifeView = z.infer<typeof lifeViewSchema>

/** An alert as the person whom it is about sees it: the same record, without who watched it. */
export const ownAlertSchema = z.strictObject({
  id: z.uuid(),
  rule: ruleIdSchema,
  raisedAt: instant,
  endedAt: instant.nullable(),
  hidden: z.boolean(),
  stage: stageSchema,
  decision: z
    .strictObject({ verdict: verdictSchema, reason: decisionReasonSchema, note: z.string(), at: instant })
    .nullable(),
  appealUntil: instant.nullable(),
  appeal: z
    .strictObject({
      statement: z.string(),
      at: instant,
      dueAt: instant,
      answer: z.strictObject({ upheld: z.boolean(), note: z.string(), at: instant }).nullable()
    })
    .nullable()
})
export type OwnAlert = z.infer<typeof ownAlertSchema>

/** GET /device/v1/own-alerts: the newest alerts about who is signed in at the desk. Proof over an empty body. */
export const OWN_ALERTS_PATH = '/device/v1/own-alerts'
export const MAX_OWN_ALERTS = 50
export const ownAlertsReplySchema = z.strictObject({
  v: z.literal(1),
  alerts: z.array(ownAlertSchema).max(MAX_OWN_ALERTS)
})
export type OwnAlertsReply = z.infer<typeof ownAlertsReplySchema>

/** POST /device/v1/own-alerts/appeal: who is signed in says that a decision about them is wrong. */
export const OWN_APPEAL_PATH = '/device/v1/own-alerts/appeal'
export const ownAppealRequestSchema = z.strictObject({
  v: z.literal(1),
  sender: senderSchema,
  alert: z.uuid(),
  statement: noteSchema
})
export type OwnAppealRequest = z.infer<typeof ownAppealRequestSchema>
