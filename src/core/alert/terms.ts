import { z } from 'zod'
import type { Severity } from './alert'

const seconds = z.number().int().min(10).max(86_400)

/** How long an alert may stay without an answer before it is passed on, seconds. */
const silenceSchema = z
  .strictObject({
    /** From when it came until leads are called. */
    leadAfterS: seconds,
    /** From when it came until who is on call is called; left out: never. */
    onCallAfterS: seconds.optional()
  })
  .check(({ value, issues }) => {
    if (value.onCallAfterS === undefined || value.onCallAfterS > value.leadAfterS) return
    const message = 'it has to be longer than leadAfterS: leads are called first'
    issues.push({ code: 'custom', input: value.onCallAfterS, path: ['onCallAfterS'], message })
  })
export type Silence = z.infer<typeof silenceSchema>

/** What a policy says about answering alerts. What it leaves out is as `defaultTerms` says. */
export const termsSchema = z.strictObject({
  /** By the alert's severity. */
  escalation: z
    .strictObject({
      act: silenceSchema.optional(),
      attention: silenceSchema.optional(),
      notice: silenceSchema.optional()
    })
    .optional(),
  appeal: z
    .strictObject({
      /** How long after a decision the advocate may say that it is wrong, hours. */
      fileWithinH: z.number().int().min(1).max(720),
      /** How long after that somebody else has to have answered, hours. */
      answerWithinH: z.number().int().min(1).max(720)
    })
    .optional()
})

export interface Terms {
  readonly escalation: Readonly<Record<Severity, Silence>>
  readonly appeal: { readonly fileWithinH: number; readonly answerWithinH: number }
}

/** Three working days each way; a desk that waits for a person is passed on within a minute. */
export const defaultTerms: Terms = {
  escalation: {
    act: { leadAfterS: 60, onCallAfterS: 180 },
    attention: { leadAfterS: 300, onCallAfterS: 900 },
    notice: { leadAfterS: 3600 }
  },
  appeal: { fileWithinH: 72, answerWithinH: 72 }
}

/** The terms of a policy with everything filled in. */
export function termsOf(stated: z.infer<typeof termsSchema> | undefined): Terms {
  const { escalation } = stated ?? {}
  return {
    escalation: {
      act: escalation?.act ?? defaultTerms.escalation.act,
      attention: escalation?.attention ?? defaultTerms.escalation.attention,
      notice: escalation?.notice ?? defaultTerms.escalation.notice
    },
    appeal: stated?.appeal ?? defaultTerms.appeal
  }
}
