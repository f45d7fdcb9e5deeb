import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { goodGrant, SoftPasskey, type Bent } from '../../../test/break-glass/passkey'
import { verifyEd25519, verifyEs256 } from '../../main/policy/verify'
import { createPolicyKey, signBytes } from '../../provision/keys/policy-key'
import type { BreakGlassPolicy } from '../policy/break-glass'
import { breakGlassPolicySchema } from '../policy/break-glass'
import { grantMessage, openGrant, readGrantText, type GrantCase } from './grant'

const verify = { ed25519: verifyEd25519, es256: verifyEs256 }
const passkey = new SoftPasskey()
const it = createPolicyKey()
const policy: BreakGlassPolicy = {
  approvers: [
    { email: 'supervisor1@demo.example', key: passkey.key },
    { email: 'it@demo.example', key: { kind: 'ed25519', ...it.root } }
  ],
  checks: ['firewall', 'antivirus'],
  maxMinutes: 60
}
const situation: GrantCase = {
  organisation: goodGrant.organisation,
  device: goodGrant.device,
  policy,
  request: {
    id: goodGrant.request,
    nonce: goodGrant.nonce,
    check: 'firewall',
    reason: 'cannot-mend-now',
    person: null
  },
  atDesk: ['advocate1@demo.example']
}

function judge(text: string, change: Partial<GrantCase> = {}): string {
  const envelope = readGrantText(text)
  if (envelope === null) return 'unreadable'
  const opened = openGrant(envelope, { ...situation, ...change }, verify)
  return opened.ok ? 'granted' : opened.error
}
const signed = (change: object = {}, bent: Bent = {}): string =>
  passkey.grant({ ...goodGrant, ...change }, bent)

function byFile(change: object = {}, key = it, mark = true): string {
  const payload = Buffer.from(JSON.stringify({ ...goodGrant, approver: 'it@demo.example', ...change }))
  const message = mark ? grantMessage(payload) : payload
  const signature = signBytes(key, message).toString('base64url')
  return JSON.stringify({
    v: 1,
    type: 'havendesk-break-glass',
    payload: payload.toString('base64url'),
    signature
  })
}

describe('G5 a grant', () => {
  test('G5 by an approver’s passkey, or by a key file that the policy names, is taken', () => {
    expect(judge(signed())).toBe('granted')
    expect(judge(byFile())).toBe('granted')
  })

  const other = 'b3f0c7a6-0000-4000-8000-0000000000cc'
  test.each([
    ['for another organisation', { organisation: 'Other Care' }, 'other-organisation'],
    ['for another desk', { device: other }, 'other-desk'],
    ['of another request', { request: other }, 'other-request'],
    ['of an earlier request with the same name', { nonce: 'm'.repeat(43) }, 'other-request'],
    ['for another person', { person: other }, 'other-person'],
    ['for another check', { check: 'antivirus' }, 'other-check'],
    ['for 61 minutes', { minutes: 61 }, 'unreadable'],
    ['for no time', { minutes: 0 }, 'unreadable'],
    ['for ever', { minutes: 1e9 }, 'unreadable'],
    ['with a field more', { forEver: true }, 'unreadable'],
    ['by somebody the policy does not name', { approver: 'advocate1@demo.example' }, 'not-an-approver'],
    ['in the name of another approver', { approver: 'it@demo.example' }, 'not-signed']
  ])('G5 %s is refused', (_, change, why) => {
    expect(judge(signed(change))).toBe(why)
  })

  test('G5 by the one who is at the desk is refused', () => {
    expect(judge(signed(), { atDesk: ['supervisor1@demo.example'] })).toBe('same-person')
  })

  test('G5 for longer than the policy lets, or for a check that it does not, is refused', () => {
    expect(judge(signed(), { policy: { ...policy, maxMinutes: 15 } })).toBe('too-long')
    expect(judge(signed(), { policy: { ...policy, checks: ['antivirus'] } })).toBe('not-waivable')
    expect(judge(signed(), { policy: undefined })).toBe('nobody-may')
  })

  test.each<[string, Bent]>([
    ['without a touch', { flags: 0x04 }],
    ['without proof of who touched', { flags: 0x01 }],
    ['given to another site', { origin: 'https://evil.example' }],
    ['given to a site whose name ends alike', { origin: 'https://evillocalhost' }],
    ['given in another site’s frame', { crossOrigin: true }],
    ['given for another host', { host: 'evil.example' }],
    ['given for another challenge', { challenge: 'A'.repeat(43) }],
    ['given when a key was made', { type: 'webauthn.create' }]
  ])('G5 with a passkey’s signature %s is refused', (_, bent) => {
    expect(judge(signed({}, bent))).toBe('not-signed')
  })

  test('G5 signed by another key, or over the bytes of another kind of document, is refused', () => {
    expect(judge(new SoftPasskey().grant(goodGrant))).toBe('not-signed')
    expect(judge(byFile({}, createPolicyKey()))).toBe('not-signed')
    expect(judge(byFile({}, it, false))).toBe('not-signed')
    const bare = JSON.parse(signed()) as Record<string, unknown>
    expect(judge(JSON.stringify({ ...bare, assertion: undefined }))).toBe('not-signed')
    const mixed = { ...(JSON.parse(byFile()) as object), assertion: bare['assertion'] }
    expect(judge(JSON.stringify(mixed))).toBe('not-signed')
  })

  test('G5 with any character of it changed is refused', () => {
    const texts = [signed(), byFile()]
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.nat(),
        fc.integer({ min: 33, max: 126 }),
        (text, at, code) => {
          const place = at % text.length
          const bent = text.slice(0, place) + String.fromCharCode(code) + text.slice(place + 1)
          if (bent !== text) expect(judge(bent)).not.toBe('granted')
        }
      ),
      { numRuns: 1000 }
    )
  })
})

describe('G5 a policy', () => {
  const read = (change: object): string =>
    breakGlassPolicySchema
      .safeParse({ ...policy, ...change })
      .error?.issues.map(({ path }) => path.join('.'))
      .join(' ') ?? ''

  test('G5 lets nothing be waived for more than an hour, and each approver have a key of their own', () => {
    expect(read({})).toBe('')
    expect(read({ maxMinutes: 61 })).toBe('maxMinutes')
    expect(read({ approvers: [] })).toBe('approvers')
    expect(read({ checks: ['vpn'] })).toBe('checks.0')
    expect(read({ checks: ['program'] })).toBe('checks.0')
    expect(read({ approvers: [policy.approvers[0], { email: 'b@demo.example', key: passkey.key }] })).toBe(
      'approvers.1.key'
    )
  })
})
