import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openEnvelope } from '../../core/policy/envelope'
import { defaultRules } from '../../core/policy/defaults'
import type { Policy } from '../../core/policy/policy'
import { verifyEd25519 } from '../../hub/store/index'
import { soleKey } from '../../core/trust/signed'
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
    value: {
      version: 3,
      rules: { phone: { enterMs: 100, exitMs: 3000 }, 'camera-covered': { response: 'blank' } },
      hubGraceMs: 14_400_000
    }
  })
})

test.each([
  ['enterMs: 100', 'enterMs: fast', /^line 11: rules\.phone\.enterMs: /],
  ['blank, threshold: 0.35,', 'blank, threshold: 4,', /^line 14: rules\.nobody\.threshold: /],
  ['maxGapMs: 3000', 'maxGapMs: 9000', /^line 7: sensor\.maxGapMs: /],
  ['hubGraceMs', 'hubGrace', /^line 18: hubGrace: this field is not known/],
  ['book:', 'boook:', /^line 12: rules\.boook: this field is not known/],
  ['schema: 2', 'schema: 2\nschema: 2', /^line 4: /],
  ['schema: 2', 'schema: 3', /^line 3: schema: this program reads policies of schema 1 and 2/],
  ['response: warn', 'response: shout', /^line 15: rules\.second-screen\.response: /],
  ['exitMs: 1000 }', 'exitMs: 1000, class: cat }', /^line 14: rules\.nobody\.class: this field is not known/],
  [
    'response: warn, ',
    'response: blank, escalate: { after: 2, withinMs: 60000, to: warn }, ',
    /^line 15: rules\.second-screen\.escalate\.to: it has to be harder than .* blank$/
  ],
  [
    'hubGraceMs',
    'teams: { Claims: { rules: { fone: { response: log } } } }\nhubGraceMs',
    /^line 18: teams\.Claims\.rules\.fone: this field is not known/
  ]
])('%s written as %s is named with its line', (good, bad, expected) => {
  expect(problems(demo.replace(good, bad)).some((problem) => expected.test(problem))).toBe(true)
})

test('rules and fields that the author left out have their defaults, in the signed policy too', () => {
  const brief = 'schema: 2\nsensor: { maxGapMs: 3000 }\nrules: { phone: { threshold: 0.3 } }\nhubGraceMs: 0\n'
  const read = readPolicy(brief, fill)
  expect(read).toMatchObject({
    ok: true,
    value: { rules: { ...defaultRules, phone: { ...defaultRules.phone, threshold: 0.3 } } }
  })
})

test('the policy of the demonstration and of the benches judges by the defaults', () => {
  expect(readPolicy(demo, fill)).toMatchObject({ ok: true, value: { rules: defaultRules } })
})

const vpn = 'vpn: { kind: wireguard, interfaces: [wg0], probe: { host: 10.0.0.1, port: 443 } }'

test('D11 a VPN is signed whole: what its author left out is filled in', () => {
  expect(readPolicy(`${demo}\n${vpn}\n`, fill)).toMatchObject({
    ok: true,
    value: { vpn: { response: 'blank', handshakeMaxAgeMs: 180_000, peers: [], endpoints: [] } }
  })
})

test.each([
  ['kind: wireguard', 'kind: wire', /vpn\.kind: /],
  ['[wg0]', '[]', /vpn\.interfaces: /],
  ['[wg0]', '["-rf"]', /vpn\.interfaces\.0: an interface name, such as wg0 or tun0/],
  ['port: 443', 'port: 0', /vpn\.probe\.port: /],
  [', probe: { host: 10.0.0.1, port: 443 }', '', /vpn\.probe: /],
  ['kind: wireguard', 'kind: openvpn, handshakeMaxAgeMs: 180000', /handshakeMaxAgeMs: only WireGuard has it/]
])('D11 a VPN with %s written as %s is named with its field', (good, bad, expected) => {
  const found = problems(`${demo}\n${vpn.replace(good, bad)}\n`)
  expect(found.some((problem) => expected.test(problem))).toBe(true)
})

test('a policy of schema 1 is read as it was, with defaults for what it could not say', () => {
  const rule = '{ response: blank, threshold: 0.6, enterMs: 700, exitMs: 2000 }'
  const old = `schema: 1
sensor: { maxGapMs: 3000 }
rules: { phone: ${rule}, book: ${rule}, second-person: ${rule}, nobody: ${rule} }
hubGraceMs: 0
`
  expect(readPolicy(old, fill)).toMatchObject({
    ok: true,
    value: {
      schema: 2,
      rules: {
        book: { threshold: 0.6, enterMs: 700, cooldownMs: defaultRules.book.cooldownMs },
        'second-screen': defaultRules['second-screen']
      }
    }
  })
  expect(problems(old.replace('nobody', 'second-screen'))).toContain(
    'line 3: rules.second-screen: this field is not known; is it spelled right?'
  )
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
    openEnvelope(document, soleKey(root), 'Demo Care', null, verifyEd25519)
  expect(open(envelope)).toMatchObject({ ok: true, value: { policy: policy.value } })
  expect(open(envelope, other.root)).toMatchObject({ ok: false, error: { kind: 'not-signed' } })
  const bytes = Buffer.from(envelope.payload, 'base64url')
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(open({ ...envelope, payload: changed.toString('base64url') }).ok).toBe(false)
  }
})
