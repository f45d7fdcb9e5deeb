import { readFileSync } from 'node:fs'
import type { z } from 'zod'
import { DataError, firstProblem } from './data-error'

/**
 * Reads a JSON file that the measuring person supplied, by its schema. `remedies` are looked up by the name of the field
 * at fault; `whole` is the one for a file that is no JSON at all. Throws `DataError`.
 */
export const readJson = <T>(
  file: string,
  schema: z.ZodType<T>,
  remedies: Readonly<Record<string, string>>,
  whole = 'Correct it.'
): T => {
  let json: unknown
  try {
    json = JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new DataError(`${file} is not JSON (${String(cause)}). ${whole}`)
  }
  const read = schema.safeParse(json)
  if (!read.success) throw firstProblem(file, read.error, remedies)
  return read.data
}
