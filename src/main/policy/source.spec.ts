import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { refusalLabel } from '../../core/trust/refusal'
import type { PolicyEnvelope, PolicyRoot } from '../../core/policy/envelope'
import { defaultRules } from '../../core/policy/defaults'
import { PolicySource, type Pinned } from './source'
import { verifyEd25519 } from './verify'

function authority() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')
  const keyId = createHash('sha256').update(raw).digest('hex')
  const publish = (version: number, change: object = {}): PolicyEnvelope => {
    const policy = {
      schema: 2,
      organisation: 'Demo Care',
      version,
      issuedAt: '2026-01-01T00:00:00Z',
      expiresAt: '2036-01-01T00:00:00Z',
      sensor: { maxGapMs: 2000 },
      rules: defaultRules,
      workspace: { applications: [{ id: 'records', title: 'Records', url: 'https://records.example/' }] },
      hubGraceMs: 1000,
      ...change
    }
    const bytes = Buffer.from(JSON.stringify(policy))
    return {
      v: 1,
      type: 'havendesk-policy',
      payload: bytes.toString('base64url'),
      signatures: [{ keyId, signature: sign(null, bytes, privateKey).toString('base64url') }]
    }
  }
  return { root: { keyId, publicKey: raw.toString('base64url') }, publish }
}

const clock = { now: () => 0, label: () => '2026-06-01T00:00:00.000Z' }
const pinned = (key: PolicyRoot): Pinned => ({
  key,
  organisation: 'Demo Care',
  team: 'Members',
  root: null,
  snapshot: null,
  timeSeen: 0
})

describe('PolicySource', () => {
  it('takes what the pinned key signed, and the next version of it', () => {
    const it_ = authority()
    const source = new PolicySource(verifyEd25519, clock)
    source.pin(pinned(it_.root))
    expect(source.offer(it_.publish(1)).kind).toBe('in-force')
    expect(source.offer(it_.publish(1)).kind).toBe('unchanged')
    expect(source.offer(it_.publish(2)).kind).toBe('in-force')
    expect(source.current?.version).toBe(2)
  })

  it('keeps the last good one whatever else is offered', () => {
    const good = authority()
    const other = authority()
    const source = new PolicySource(verifyEd25519, clock)
    source.pin(pinned(good.root))
    source.offer(good.publish(5))
    const altered = good.publish(6)
    const bad: [unknown, string][] = [
      [other.publish(6), 'not signed'],
      [{ ...altered, payload: `A${altered.payload.slice(1)}` }, 'not signed'],
      [{ ...altered, signatures: other.publish(6).signatures }, 'not signed'],
      [good.publish(4), 'rolled back'],
      [good.publish(5, { hubGraceMs: 2 }), 'other bytes'],
      [good.publish(6, { organisation: 'Other Care' }), 'another organisation'],
      [good.publish(6, { surprise: true }), 'unreadable'],
      [{}, 'unreadable'],
      [null, 'unreadable']
    ]
    for (const [document, label] of bad) {
      const offer = source.offer(document)
      expect(offer.kind).toBe('refused')
      if (offer.kind === 'refused') expect(refusalLabel(offer.refusal)).toContain(label)
      expect(source.current?.version).toBe(5)
    }
  })

  it('trusts nothing before a key is pinned, and no second pin', () => {
    const first = authority()
    const second = authority()
    const source = new PolicySource(verifyEd25519, clock)
    expect(source.offer(first.publish(1)).kind).toBe('refused')
    source.pin(pinned(first.root))
    source.pin(pinned(second.root))
    expect(source.offer(second.publish(1)).kind).toBe('refused')
    expect(source.offer(first.publish(1)).kind).toBe('in-force')
  })
})
