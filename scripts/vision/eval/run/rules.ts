import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { sceneRulesSchema, type SceneRules } from '../../../../src/core/judgement/rule'
import type { Thresholds } from '../../../../src/vision/observe'
import { DataError, firstProblem } from '../data-error'

/** The rules that a desk starts with. */
const shipped = join(import.meta.dirname, '../../../demo/demo-policy.yaml')

/**
 * Reads the rules of a policy as IT writes it (YAML); without a file those that ship. Throws `DataError` with the
 * field and the remedy.
 */
export const readRules = (file: string = shipped): SceneRules => {
  if (!existsSync(file)) throw new DataError(`There is no policy ${file}. Pass the file that IT wrote.`)
  let policy: unknown
  try {
    policy = parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new DataError(`${file} is not YAML (${String(cause).split('\n')[0] ?? ''}). Correct that line.`)
  }
  const read = z.object({ rules: sceneRulesSchema }).safeParse(policy)
  if (!read.success)
    throw firstProblem(file, read.error, { '': 'Write it as in the policy that ships with the demonstration.' })
  return read.data.rules
}

/** What main tells the sensor of the policy: from which score a candidate counts. */
export const thresholdsOf = (rules: SceneRules): Thresholds => ({
  phone: rules.phone.threshold,
  book: rules.book.threshold,
  person: Math.min(rules.nobody.threshold, rules['second-person'].threshold)
})
