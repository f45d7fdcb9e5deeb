import { existsSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { rulesSchema, type Rules } from '../../../../src/core/judgement/rule'
import { defaultRules } from '../../../../src/core/policy/defaults'
import type { Thresholds } from '../../../../src/vision/observe'
import { DataError, firstProblem } from '../data-error'

const written = z.object({ rules: z.record(z.string(), z.record(z.string(), z.unknown())) })
const remedy = { '': 'Write it as docs/deploy.md has it: under "rules", the name of a rule and its fields.' }

/**
 * Reads the rules of a policy as IT writes it (YAML), what its author left out filled in; without a file those that
 * ship. Throws `DataError` with the field and the remedy.
 */
export const readRules = (file?: string): Rules => {
  if (file === undefined) return defaultRules
  if (!existsSync(file)) throw new DataError(`There is no policy ${file}. Pass the file that IT wrote.`)
  let policy: unknown
  try {
    policy = parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new DataError(`${file} is not YAML (${String(cause).split('\n')[0] ?? ''}). Correct that line.`)
  }
  const read = written.safeParse(policy)
  if (!read.success) throw firstProblem(file, read.error, remedy)
  const defaults: Readonly<Record<string, object | undefined>> = defaultRules
  const filled = Object.fromEntries(
    Object.entries(read.data.rules).map(([name, fields]) => [name, { ...defaults[name], ...fields }])
  )
  const rules = z.object({ rules: rulesSchema }).safeParse({ rules: { ...defaultRules, ...filled } })
  if (!rules.success) throw firstProblem(file, rules.error, remedy)
  return rules.data.rules
}

/** What main tells the sensor of the policy: from which score a candidate counts. */
export const thresholdsOf = (rules: Rules): Thresholds => ({
  phone: rules.phone.threshold,
  book: rules.book.threshold,
  person: Math.min(rules.nobody.threshold, rules['second-person'].threshold),
  screen: rules['second-screen'].threshold
})
