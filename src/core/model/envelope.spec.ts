import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyManifest } from '../../../test/model/manifest'
import { demoPolicy } from '../../../test/hub/support/policy'
import { verifyEd25519 } from '../../main/policy/verify'
import { createPolicyKey, signBytes } from '../../provision/keys/policy-key'
import { signModel } from '../../provision/model/sign'
import { signPolicy } from '../../provision/policy/sign'
import { openEnvelope } from '../policy/envelope'
import { refusalLabel } from '../trust/refusal'
import { toBase64url } from '../trust/base64url'
import { modelMessage, openModelEnvelope } from './envelope'
import { soleKey } from '../trust/signed'
import type { ModelManifest } from './manifest'

const key = createPolicyKey()
const nothing = () => null
const open = (document: unknown, trusted: Parameters<typeof openModelEnvelope>[3] = nothing) =>
  openModelEnvelope(document, soleKey(key.root), 'Demo Care', trusted, verifyEd25519)
const kindOf = (outcome: ReturnType<typeof open>) => (outcome.ok ? 'ok' : outcome.error.kind)

describe('openModelEnvelope', () => {
  it('opens what the pinned key signed', () => {
    expect(open(signModel(anyManifest(), key))).toMatchObject({
      ok: true,
      value: { manifest: { version: 3 } }
    })
  })

  it('refuses another key, also one that claims the pinned id, and an envelope without the pinned one’s signature', () => {
    const other = createPolicyKey()
    expect(kindOf(open(signModel(anyManifest(), other)))).toBe('not-signed')
    expect(kindOf(open(signModel(anyManifest(), { ...other, root: key.root })))).toBe('not-signed')
    expect(kindOf(open({ ...signModel(anyManifest(), key), signatures: [] }))).toBe('unreadable')
  })

  it('takes no policy for a model, whatever its envelope calls itself', () => {
    const policy = signPolicy(demoPolicy('Demo Care', 1), key)
    expect(kindOf(open(policy))).toBe('unreadable')
    expect(kindOf(open({ ...policy, type: 'havendesk-model' }))).toBe('not-signed')
    // Even a manifest, signed as policies are, is none.
    const { payload } = signModel(anyManifest(), key)
    const asPolicies = toBase64url(signBytes(key, Buffer.from(payload, 'base64url')))
    const signatures = [{ keyId: key.root.keyId, signature: asPolicies }]
    expect(kindOf(open({ v: 1, type: 'havendesk-model', payload, signatures }))).toBe('not-signed')
  })

  it('gives no model that passes for a policy', () => {
    const model = signModel(anyManifest(), key)
    const asPolicy = (document: unknown) =>
      openEnvelope(document, soleKey(key.root), 'Demo Care', null, verifyEd25519)
    expect(asPolicy(model).ok).toBe(false)
    expect(asPolicy({ ...model, type: 'havendesk-policy' })).toMatchObject({ error: { kind: 'not-signed' } })
    const message = toBase64url(modelMessage(Buffer.from(model.payload, 'base64url')))
    expect(asPolicy({ ...model, type: 'havendesk-policy', payload: message })).toMatchObject({
      error: { kind: 'unreadable', field: 'payload' }
    })
  })

  it('refuses another organisation, an older version of the name and the same one with other bytes', () => {
    const signed = (change: Partial<ModelManifest>) => signModel(anyManifest(change), key)
    const trusted = (name: string) =>
      name === 'desk-eyes' ? { version: 3, payload: signed({}).payload } : null
    expect(kindOf(open(signed({ organisation: 'Other Care' })))).toBe('other-organisation')
    expect(kindOf(open(signed({ version: 2 }), trusted))).toBe('rolled-back')
    expect(kindOf(open(signed({ description: 'else' }), trusted))).toBe('same-version-other-bytes')
    expect(kindOf(open(signed({}), trusted))).toBe('ok')
    expect(kindOf(open(signed({ version: 4 }), trusted))).toBe('ok')
    expect(kindOf(open(signed({ name: 'other-eyes', version: 1 }), trusted))).toBe('ok')
  })

  it('refuses one with any single byte changed', () => {
    const envelope = signModel(anyManifest(), key)
    const bytes = Buffer.from(envelope.payload, 'base64url')
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = Buffer.from(bytes)
        changed[at] = (changed[at] ?? 0) ^ flip
        return kindOf(open({ ...envelope, payload: changed.toString('base64url') })) === 'not-signed'
      })
    )
  })

  it('answers a refusal, and a label for it, to whatever it is handed', () => {
    fc.assert(
      fc.property(fc.anything(), (document) => {
        const outcome = open(document)
        return !outcome.ok && refusalLabel(outcome.error).length > 0
      })
    )
  })
})
