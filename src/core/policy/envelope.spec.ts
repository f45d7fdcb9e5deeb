import { createHash, generateKeyPairSync, sign, verify, createPublicKey } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { demoPolicy } from '../../../test/policy/demo-policy'
import { fromBase64url, toBase64url } from '../trust/base64url'
import { openEnvelope, type PolicyRoot } from './envelope'
import { soleKey, type VerifySignature } from '../trust/signed'

function newKey() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
  const root: PolicyRoot = {
    keyId: createHash('sha256').update(raw).digest('hex'),
    publicKey: toBase64url(raw)
  }
  return { privateKey, root }
}

const ed25519: VerifySignature = (root, message, signature) => {
  const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: root.publicKey } })
  return verify(null, message, key, signature)
}

const policy = demoPolicy({ version: 7, hubGraceMs: 60_000 })

const it7 = newKey()
const seal = (document: unknown, { privateKey, root } = it7) => {
  const bytes = new TextEncoder().encode(typeof document === 'string' ? document : JSON.stringify(document))
  return {
    v: 1,
    type: 'havendesk-policy',
    payload: toBase64url(bytes),
    signatures: [{ keyId: root.keyId, signature: toBase64url(sign(null, bytes, privateKey)) }]
  }
}
const open = (document: unknown, trusted: { version: number; payload: string } | null = null) =>
  openEnvelope(document, soleKey(it7.root), 'Demo Care', trusted, ed25519)

describe('openEnvelope', () => {
  it('opens what the pinned key signed', () => {
    expect(open(seal(policy))).toMatchObject({ ok: true, value: { policy } })
  })

  it('refuses another key, also one that claims the pinned id', () => {
    const other = newKey()
    expect(open(seal(policy, other))).toMatchObject({ ok: false, error: { kind: 'not-signed' } })
    const posing = { privateKey: other.privateKey, root: it7.root }
    expect(open(seal(policy, posing))).toMatchObject({ ok: false, error: { kind: 'not-signed' } })
  })

  it('names the field that is wrong and uses nothing of the document', () => {
    const wrong = { ...policy, rules: { ...policy.rules, phone: { ...policy.rules.phone, enterMs: -1 } } }
    expect(open(seal(wrong))).toMatchObject({
      ok: false,
      error: { kind: 'unreadable', field: 'rules.phone.enterMs' }
    })
    expect(open(seal({ ...policy, loosen: true }))).toMatchObject({
      ok: false,
      error: { kind: 'unreadable' }
    })
    expect(open(seal('not json'))).toMatchObject({
      ok: false,
      error: { kind: 'unreadable', field: 'payload' }
    })
  })

  it('refuses a rule for a class that there is none for, and one left out, by name: neither is taken for a pass', () => {
    const dog = { ...policy, rules: { ...policy.rules, dog: policy.rules.phone } }
    expect(open(seal(dog))).toMatchObject({ ok: false, error: { kind: 'unreadable', field: 'rules.dog' } })
    const without = Object.fromEntries(Object.entries(policy.rules).filter(([id]) => id !== 'phone'))
    expect(open(seal({ ...policy, rules: without }))).toMatchObject({
      ok: false,
      error: { kind: 'unreadable', field: 'rules.phone' }
    })
  })

  it('a sensor gap beyond three seconds cannot be signed into a desk', () => {
    expect(open(seal({ ...policy, sensor: { maxGapMs: 3001 } }))).toMatchObject({
      error: { kind: 'unreadable', field: 'sensor.maxGapMs' }
    })
  })

  it('refuses another organisation, an older version and a same version with other bytes', () => {
    expect(open(seal({ ...policy, organisation: 'Other' }))).toMatchObject({
      error: { kind: 'other-organisation' }
    })
    const trusted = { version: 7, payload: seal(policy).payload }
    expect(open(seal(policy), trusted).ok).toBe(true)
    expect(open(seal({ ...policy, version: 6 }), trusted)).toMatchObject({ error: { kind: 'rolled-back' } })
    const rewritten = { ...policy, hubGraceMs: 1 }
    expect(open(seal(rewritten), trusted)).toMatchObject({ error: { kind: 'same-version-other-bytes' } })
  })

  it('accepts no envelope with one changed character', () => {
    const envelope = seal(policy)
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(...letters.split('')), fc.boolean(), (at, letter, inPayload) => {
        const entry = envelope.signatures[0]!
        const text = inPayload ? envelope.payload : entry.signature
        const i = at % text.length
        fc.pre(text[i] !== letter)
        const changed = text.slice(0, i) + letter + text.slice(i + 1)
        const mutant = inPayload
          ? { ...envelope, payload: changed }
          : { ...envelope, signatures: [{ ...entry, signature: changed }] }
        expect(open(mutant).ok).toBe(false)
      }),
      { numRuns: 2000 }
    )
  })

  it('survives any value without throwing', () => {
    fc.assert(fc.property(fc.anything(), (value) => !open(value).ok))
  })
})

describe('base64url', () => {
  it('reads back what it wrote, in one spelling only', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(fromBase64url(toBase64url(bytes))).toEqual(new Uint8Array(bytes))
      })
    )
    expect(fromBase64url('AB==')).toBeNull()
    expect(fromBase64url('AB')).toBeNull() // two spellings of one byte: only 'AA' is its own
    expect(fromBase64url('*')).toBeNull()
  })
})
