import { expect, test } from 'vitest'
import { describeProblem } from '../policy/author'
import { readAccommodation } from './author'

const good = `
schema: 1
organisation: Demo Care
id: acc-014
version: 1
person: ana@demo.example
expiresAt: 2026-12-31T00:00:00Z
kind: carer
relaxes: { others: 1 }
control:
  responses: { phone: lock }
`
const fill = { issuedAt: '2026-01-01T00:00:00Z' }
const problems = (yaml: string): readonly string[] => {
  const read = readAccommodation(yaml, fill)
  return read.ok ? [] : read.error.map(describeProblem)
}

test('an accommodation is read from YAML, its day of issue filled in', () => {
  expect(readAccommodation(good, fill)).toMatchObject({ ok: true, value: { id: 'acc-014', ...fill } })
})

test('what is wrong is named with its line: no control, no end, a field nobody knows', () => {
  expect(problems(good.replace(/control:[\s\S]*/, ''))).toEqual([expect.stringMatching(/^control: /)])
  expect(problems(good.replace(/expiresAt.*\n/, ''))).toEqual([expect.stringMatching(/^expiresAt: /)])
  expect(problems(good.replace('phone: lock', 'phone: log'))).toEqual([
    expect.stringMatching(/^line 11: control\.responses\.phone: /)
  ])
  expect(problems(`${good}why: her mother\n`)).toEqual([
    'line 12: why: this field is not known; is it spelled right?'
  ])
  expect(problems('- a list')).toEqual(['line 1: an accommodation is a map of fields'])
})
