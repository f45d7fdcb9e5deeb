import { expect, test } from 'vitest'
import { describeError } from './log'

test('what is said of an error repeats nothing of what it was about', () => {
  const canary = 'canary-4711'
  const inner = Object.assign(new Error(`Key (email)=(${canary}) already exists`), {
    code: '23505',
    constraint: 'person_email_key',
    table: 'person',
    detail: canary
  })
  const outer = new Error(`Failed query: insert\nparams: ${canary}`, { cause: inner })
  const said = describeError(outer)
  expect(JSON.stringify(said)).not.toContain(canary)
  expect(said).toMatchObject({ kind: 'Error', cause: { code: '23505', constraint: 'person_email_key' } })
  expect(JSON.stringify(said)).toContain('log.spec.ts')
  expect(describeError(canary)).toEqual({ kind: 'string' })
})
