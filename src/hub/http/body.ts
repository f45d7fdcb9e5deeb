import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import { ok } from '../../core/result'
import { refuse, type Outcome } from '../outcome'

/** Bodies stay the bytes that came in: proofs are over them. Other types than JSON are refused by Fastify. */
export function keepRawBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body)
  })
}

/** The bytes of a request's body; none when it had none. */
export const rawBody = (body: unknown): Buffer => (Buffer.isBuffer(body) ? body : Buffer.alloc(0))

/** Reads a body by its schema. A refusal names the field by its dotted path and never repeats a value. */
export function parseBody<T>(schema: z.ZodType<T>, bytes: Buffer): Outcome<T> {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return refuse('bad-request', 'The body is not JSON in UTF-8.')
  }
  const parsed = schema.safeParse(json)
  if (!parsed.success) return refuse('bad-request', ...problemOf(parsed.error))
  const unstorable = unstorableText(parsed.data, [])
  if (unstorable !== null) {
    return refuse('bad-request', 'A text holds a character that cannot be stored.', {
      field: unstorable.join('.')
    })
  }
  return ok(parsed.data)
}

type Path = readonly PropertyKey[]
type Issue = z.core.$ZodIssue

function problemOf(error: z.ZodError): [string, { readonly field?: string }] {
  const issue = deepest(error.issues[0], [])
  if (issue === null) return ['The body is not what the schema asks for.', {}]
  const field = issue.path.map(String).join('.')
  return [`${issue.message}.`, field === '' ? {} : { field }]
}

function deepest(
  issue: Issue | undefined,
  before: Path
): { readonly path: Path; readonly message: string } | null {
  if (issue === undefined) return null
  const path = [...before, ...issue.path]
  if (issue.code === 'unrecognized_keys') {
    return { path: [...path, issue.keys[0] ?? ''], message: 'This field is not known here' }
  }
  if (issue.code === 'invalid_union') {
    const inner = issue.errors.find((entries) => entries.length > 0)?.[0]
    return deepest(inner, path) ?? { path, message: 'None of the allowed forms' }
  }
  return { path, message: issue.message }
}

/** PostgreSQL stores neither the zero character nor half a surrogate pair: found here, the sender learns where. */
function unstorableText(value: unknown, path: Path): Path | null {
  if (typeof value === 'string') return /[\0\p{Surrogate}]/u.test(value) ? path : null
  if (typeof value !== 'object' || value === null) return null
  for (const [key, inner] of Object.entries(value)) {
    const found = unstorableText(inner, [...path, key])
    if (found !== null) return found
  }
  return null
}
