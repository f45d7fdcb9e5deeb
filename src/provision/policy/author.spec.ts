import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openEnvelope } from '../../core/policy/envelope'
import type { Policy } from '../../core/policy/policy'
import { verifyEd25519 } from '../../hub/store/index'
import { createPolicyKey } from '../keys/policy-key'
import { describeProblem, readPolicy } from './author'
import { signPolicy } from './sign'

const demo = readFileSync('scripts/demo/demo-policy.yaml', 'utf8')
const fill: Partial<Policy> = {
  organisation: 'Demo Care',
  version: 3,
  issuedAt: '2026-01-01T00:00:00.000Z',
  expiresAt: '2027-01-01T00:00:00.000Z',
  workspace: { applications: [{ id: 'members', title: 'Member records', url: 'http://127.0.0.1:4000/' }] }
}
const problems = (yaml: string) => {
  const read = readPolicy(yaml, fill)
  return read.ok ? [] : read.error.map(describeProblem)
}

test('the demo policy is a good policy', () => {
  expect(readPolicy(demo, fill)).toMatchObject({
    ok: true,
    value: { version: 3, rules: { phone: { enterMs: 250, exitMs: 3000 } }, hubGraceMs: 14_400_000 }
  })
})

test.each([
  ['enterMs: 250', 'enterMs: fast', /^line 10: rules\.phone\.enterMs: /],
  ['threshold: 0.4', 'threshold: 4', /^line 13: rules\.nobody\.threshold: /],
  ['maxGapMs: 3000', 'maxGapMs: 9000', /^line 7: sensor\.maxGapMs: /],
  ['hubGraceMs', 'hubGrace', /^line 16: hubGrace: this field is not known/],
  ['book:', 'boook:', /^line 11: rules\.boook: this field is not known/],
  ['schema: 1', 'schema: 1\nschema: 1', /^line 4: /]
])('%s written as %s is named with its line', (good, bad, expected) => {
  expect(problems(demo.replace(good, bad)).some((problem) => expected.test(problem))).toBe(true)
})

test.each([
  ['no map', '- a\n- b\n'],
  ['nothing', ''],
  ['an alias bomb', 'a: &a [x,x]\nb: &b [*a,*a]\n'],
  [
    'an end before its issue',
    `${demo}\nissuedAt: 2026-01-01T00:00:00.000Z\nexpiresAt: 2025-01-01T00:00:00.000Z\n`
  ]
])('%s is refused', (_name, yaml) => {
  expect(problems(yaml).length).toBeGreaterThan(0)
})

test('a signed policy opens with its key alone, and not when one byte of it changed', () => {
  const policy = readPolicy(demo, fill)
  if (!policy.ok) throw new Error('the demo policy is wrong')
  const [key, other] = [createPolicyKey(), createPolicyKey()]
  const envelope = signPolicy(policy.value, key)
  const open = (document: unknown, root = key.root) =>
    openEnvelope(document, root, 'Demo Care', null, verifyEd25519)
  expect(open(envelope)).toMatchObject({ ok: true, value: { policy: policy.value } })
  expect(open(envelope, other.root)).toMatchObject({ ok: false, error: { kind: 'not-signed' } })
  const bytes = Buffer.from(envelope.payload, 'base64url')
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(open({ ...envelope, payload: changed.toString('base64url') }).ok).toBe(false)
  }
})
