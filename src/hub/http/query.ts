import type { z } from 'zod'
import { ok } from '../../core/result'
import { refuse, type Outcome } from '../outcome'

/** Reads what stands behind the question mark. A refusal names the field. */
export function parseQuery<T>(schema: z.ZodType<T>, query: unknown): Outcome<T> {
  const parsed = schema.safeParse(query)
  if (parsed.success) return ok(parsed.data)
  const issue = parsed.error.issues[0]
  const field = issue?.path.map(String).join('.') ?? ''
  return refuse(
    'bad-request',
    `${issue?.message ?? 'The query is not understood'}.`,
    field === '' ? {} : { field }
  )
}
