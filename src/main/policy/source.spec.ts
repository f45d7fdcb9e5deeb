import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { demoPolicy } from '../../../test/policy/demo-policy'
import { refusalLabel } from '../../core/trust/refusal'
import type { PolicyEnvelope, PolicyRoot } from '../../core/policy/envelope'
import { PolicySource, type Pinned } from './source'
import { DAY, key, Repository, START } from '../../../test/trust/repository'
import type { RootEnvelope } from '../../core/trust/root'
import type { SnapshotEnvelope } from '../../core/trust/snapshot'
import { verifyEd25519 } from './verify'

function authority() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')
  const keyId = createHash('sha256').update(raw).digest('hex')
  const publish = (version: number, change: object = {}): PolicyEnvelope => {
    const policy = {
      ...demoPolicy({
        version,
        expiresAt: '2036-01-01T00:00:00Z',
        sensor: { maxGapMs: 2000 },
        hubGraceMs: 1000
      }),
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

  describe('F8 under roots', () => {
    const begun = (root: RootEnvelope | null = null, snapshot: SnapshotEnvelope | null = null) => {
      const repository = Repository.begun()
      const time = { wall: START, monotonic: 0 }
      const source = new PolicySource(verifyEd25519, {
        now: () => time.monotonic,
        label: () => new Date(time.wall).toISOString()
      })
      const problem = source.pin({
        ...pinned(key(0).root),
        root: root ?? repository.anchor,
        snapshot: snapshot ?? repository.currentSnapshot
      })
      return { repository, time, source, problem }
    }

    it('F8 pins a root that signed itself, and nothing in its place', () => {
      const { repository, source, problem } = begun()
      expect(problem).toBeNull()
      expect(source.offer(repository.currentPolicy).kind).toBe('in-force')
      const unsigned = { ...repository.anchor, signatures: [{ keyId: '0'.repeat(64), signature: '' }] }
      const bad = begun(unsigned)
      expect(bad.problem).toBe('root: not signed by the pinned key')
      expect(bad.source.root).toBeNull()
      expect(bad.source.offer(bad.repository.currentPolicy).kind).toBe('refused')
    })

    it('F8 follows roots one by one, also from a courier that was started anew', () => {
      const { repository, source } = begun()
      const second = repository.publishRoot()
      const third = repository.publishRoot()
      expect(source.offerRoot(third)).toBe('root: root 3 does not follow root 1')
      const again = { ...pinned(key(0).root), snapshot: null }
      expect(source.pin({ ...again, root: second })).toBeNull()
      expect(source.pin({ ...again, root: second })).toBeNull()
      expect(source.root?.version).toBe(2)
      expect(source.offerRoot(third)).toBeNull()
      expect(source.root?.version).toBe(3)
    })

    it('F8 takes back an expired policy, and takes no new one that expired', () => {
      const { repository, source } = begun()
      const old = repository.publishPolicy({ expiresAt: START - DAY })
      expect(source.offer(old)).toMatchObject({
        kind: 'refused',
        refusal: { kind: 'expired', what: 'policy' }
      })
      expect(source.restore(old).kind).toBe('in-force')
      expect(source.standing()).toMatchObject({ kind: 'lapsed', why: 'policy-expired' })
    })

    it('F8 a clock that is set back brings nothing back that expired', () => {
      const { repository, source, time } = begun()
      source.restore(repository.currentPolicy)
      expect(source.standing()).toEqual({ kind: 'current' })
      time.wall = START + 8 * DAY
      expect(source.standing()).toMatchObject({ why: 'snapshot-expired', graceOver: true })
      time.wall = START - 400 * DAY
      time.monotonic += 1000
      expect(source.standing()).toMatchObject({ why: 'snapshot-expired', graceOver: true })
    })

    it('F8 a policy that the newest root’s keys did not sign stays in force and is out of date', () => {
      const { repository, source } = begun()
      source.restore(repository.currentPolicy)
      repository.roles.policy = { keys: [6], threshold: 1 }
      expect(source.offerRoot(repository.publishRoot())).toBeNull()
      expect(source.current?.version).toBe(1)
      expect(source.standing()).toMatchObject({ kind: 'lapsed', why: 'policy-disowned' })
      const again = repository.publishPolicy({ version: 1 })
      expect(source.offerSnapshot(repository.publishSnapshot())).toBeNull()
      expect(source.offer(again).kind).toBe('unchanged')
      expect(source.standing()).toEqual({ kind: 'current' })
    })
  })
})
