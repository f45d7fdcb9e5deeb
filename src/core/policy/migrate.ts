import { z } from 'zod'
import { sceneRuleSchema, type Rules } from '../judgement/rule'
import { err, ok, type Result } from '../result'
import { defaultRules } from './defaults'
import { policyFrame, policySchema, type Policy } from './policy'

/** Version 1 knew four rules, and neither cooldowns nor escalation nor teams. */
const ruleOfOne = sceneRuleSchema.omit({ cooldownMs: true, escalate: true })
const policyOneSchema = z.strictObject({
  schema: z.literal(1),
  ...policyFrame,
  rules: z.strictObject({
    phone: ruleOfOne,
    book: ruleOfOne,
    'second-person': ruleOfOne,
    nobody: ruleOfOne
  })
})

/** Which schemas this program reads, oldest first. */
const KNOWN: readonly unknown[] = [1, 2]

/**
 * Reads a policy of any known schema and gives it in the newest. A policy of schema 1 keeps its four rules as they were
 * signed; what it could not say yet has its default, so a desk is never less strict for having an older policy.
 */
export function parsePolicy(document: unknown): Result<Policy, readonly z.core.$ZodIssue[]> {
  const schema = schemaOf(document)
  if (schema === 1) return fromOne(document)
  if (schema !== undefined && !KNOWN.includes(schema)) {
    const message = `this program reads policies of schema ${KNOWN.join(' and ')}; ask for a newer program or an older policy`
    return err([{ code: 'custom', path: ['schema'], message, input: schema }])
  }
  const read = policySchema.safeParse(document)
  return read.success ? ok(read.data) : err(read.error.issues)
}

const schemaOf = (document: unknown): unknown =>
  typeof document === 'object' && document !== null && 'schema' in document ? document.schema : undefined

function fromOne(document: unknown): Result<Policy, readonly z.core.$ZodIssue[]> {
  const read = policyOneSchema.safeParse(document)
  if (!read.success) return err(read.error.issues)
  const { rules, ...rest } = read.data
  return ok({ ...rest, schema: 2, rules: filled(rules) })
}

const filled = (rules: z.infer<typeof policyOneSchema>['rules']): Rules => ({
  ...defaultRules,
  phone: { ...defaultRules.phone, ...rules.phone },
  book: { ...defaultRules.book, ...rules.book },
  'second-person': { ...defaultRules['second-person'], ...rules['second-person'] },
  nobody: { ...defaultRules.nobody, ...rules.nobody }
})

/**
 * Fills in the rules, and the fields of rules, that an author of schema 2 left out. What is written is left as it is,
 * wrong or right: the schema has the word on it.
 */
export function withDefaultRules(document: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { rules } = document
  if (document['schema'] === 1 || (rules !== undefined && !isRecord(rules))) return { ...document }
  const written = rules ?? {}
  const completed = Object.entries(defaultRules).map(([id, fallback]) => {
    const rule = Object.hasOwn(written, id) ? written[id] : {}
    return [id, isRecord(rule) ? { ...fallback, ...rule } : rule]
  })
  return { ...document, rules: { ...written, ...Object.fromEntries(completed) } }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
