import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { syncRequestSchema } from '../../contract/wire/v1/device'
import { parseBody } from './body'

const parse = (schema: z.ZodType, value: unknown) => parseBody(schema, Buffer.from(JSON.stringify(value)))

describe('reading a body', () => {
  const schema = z.strictObject({
    name: z.string(),
    inner: z.strictObject({
      list: z.array(z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('a'), n: z.number() })]))
    })
  })

  test.each([
    ['a wrong type', { name: 1, inner: { list: [] } }, 'name'],
    ['a missing field', { name: 'x' }, 'inner'],
    ['an unknown field', { name: 'x', inner: { list: [] }, extra: 1 }, 'extra'],
    [
      'an unknown field within',
      { name: 'x', inner: { list: [{ kind: 'a', n: 1, note: 'x' }] } },
      'inner.list.0.note'
    ],
    ['an unknown kind', { name: 'x', inner: { list: [{ kind: 'b' }] } }, 'inner.list.0.kind'],
    ['a zero character', { name: 'a\0', inner: { list: [] } }, 'name'],
    ['half a surrogate pair', { name: 'a\ud800', inner: { list: [] } }, 'name']
  ])('%s is refused by its path', (_name, value, field) => {
    expect(parse(schema, value)).toMatchObject({ ok: false, error: { code: 'bad-request', field } })
  })

  test.each([
    ['no JSON', Buffer.from('{')],
    ['no UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ['nothing', Buffer.alloc(0)]
  ])('%s is refused', (_name, bytes) => {
    expect(parseBody(schema, bytes)).toMatchObject({ ok: false, error: { code: 'bad-request' } })
  })

  test('whatever comes, a refusal repeats no value of it and nothing is thrown', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.stringMatching(/^canary[a-z]{12}$/), (json, canary) => {
        const value = {
          v: 1,
          sender: canary,
          boot: [canary],
          records: JSON.parse(json) as unknown,
          desk: { state: canary }
        }
        const outcome = parse(syncRequestSchema, value)
        expect(outcome.ok).toBe(false)
        expect(JSON.stringify(outcome)).not.toContain(canary)
      })
    )
  })
})
