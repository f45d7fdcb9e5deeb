import type { RuleId } from '../core/judgement/rule'
import { translate, type Language } from './messages/translate'

/** `Phone in view`: a card's heading. */
export const ruleTitle = (language: Language, rule: RuleId): string =>
  translate(language, `rule.${rule}.title`)

/** `phone in view`: inside a sentence. */
export const ruleShort = (language: Language, rule: RuleId): string =>
  translate(language, `rule.${rule}.short`)

/** One sentence for the person at the desk: what was seen. */
export const ruleSeen = (language: Language, rule: RuleId): string => translate(language, `rule.${rule}.seen`)

/** One sentence for the person at the desk: what clears it. `exitMs` is the policy's exit time, milliseconds. */
export const ruleClears = (language: Language, rule: RuleId, exitMs: number): string =>
  translate(language, `rule.${rule}.clears`, { seconds: Math.max(1, Math.round(exitMs / 1000)) })
