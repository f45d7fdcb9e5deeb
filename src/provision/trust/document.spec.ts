import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { expect, test } from 'vitest'
import { demoPolicy } from '../../../test/hub/support/policy'
import { nextRoot, openAnchor, rootOfKey } from '../../core/trust/root'
import { verifyEd25519 } from '../../main/policy/verify'
import { publicKeyOf } from '../keys/key-file'
import { createPolicyKey } from '../keys/policy-key'
import { ProvisionError } from '../problem'
import { attachSignature, documentOf, messageOf, readDocument, signDocument } from './document'
import { draftRoot, type WantedRoot } from './root'
import { draftSnapshot } from './snapshot'

const [one, two, three] = [createPolicyKey(), createPolicyKey(), createPolicyKey()]
const now = new Date('2026-06-01T00:00:00.000Z')
const draft = (roles: WantedRoot['roles'], before: WantedRoot['before'] = null) =>
  draftRoot({ organisation: 'Work Care', before, roles, validDays: 365, now })

test('one key for everything is a root of its own, signed by it, and follows the key that was pinned', () => {
  const root = signDocument(draft({ root: { keys: [one.root] } }), one)
  const opened = openAnchor(root, 'Work Care', verifyEd25519)
  expect(opened).toMatchObject({
    ok: true,
    value: { version: 1, roles: { policy: { keys: [one.root], threshold: 1 }, snapshot: null } }
  })
  expect(nextRoot(root, rootOfKey(one.root), 'Work Care', verifyEd25519).ok).toBe(true)
  expect(nextRoot(root, rootOfKey(two.root), 'Work Care', verifyEd25519).ok).toBe(false)
})

test('several holders sign one after the other; who signs again signs in place of the first time', () => {
  const keys = [one.root, two.root, three.root]
  const document = draft({ root: { keys, threshold: 2 }, snapshot: { keys: [three.root] } })
  const once = signDocument(signDocument(document, one), one)
  expect(once.signatures).toHaveLength(1)
  expect(openAnchor(once, 'Work Care', verifyEd25519).ok).toBe(false)
  expect(openAnchor(signDocument(once, three), 'Work Care', verifyEd25519).ok).toBe(true)
})

test('the root that follows keeps what is not said, and needs old and new keys', () => {
  const first = signDocument(draft({ root: { keys: [one.root] }, policy: { keys: [two.root] } }), one)
  const before = JSON.parse(Buffer.from(first.payload, 'base64url').toString('utf8')) as WantedRoot['before']
  const next = draft({ root: { keys: [three.root] } }, before)
  const trusted = openAnchor(first, 'Work Care', verifyEd25519)
  if (!trusted.ok) throw new Error('the first root is refused')
  const follows = (document: unknown) => nextRoot(document, trusted.value, 'Work Care', verifyEd25519)
  expect(follows(signDocument(next, one)).ok).toBe(false)
  expect(follows(signDocument(next, three)).ok).toBe(false)
  expect(follows(signDocument(signDocument(next, one), three))).toMatchObject({
    ok: true,
    value: { version: 2, roles: { policy: { keys: [two.root] }, models: { keys: [one.root] } } }
  })
})

test('a root that nobody could sign is not drafted', () => {
  expect(() => draft({ root: { keys: [one.root], threshold: 2 } })).toThrow(/roles.root.threshold/)
  expect(() => draft({})).toThrow(/--root-key/)
})

test('a signature that was made elsewhere is taken when it fits, for every kind of document', () => {
  const jwk = { kty: 'OKP', crv: 'Ed25519', d: one.seed.toString('base64url'), x: one.root.publicKey }
  const token = createPrivateKey({ format: 'jwk', key: jwk })
  const pem = createPublicKey(token).export({ format: 'pem', type: 'spki' }).toString()
  const publicKey = publicKeyOf(pem, 'token.pem')
  expect(publicKey).toEqual(one.root)
  const policy = documentOf('havendesk-policy', demoPolicy('Work Care', 1))
  const snapshot = draftSnapshot({
    organisation: 'Work Care',
    version: 1,
    policy,
    models: [],
    validDays: 7,
    now
  })
  for (const document of [draft({ root: { keys: [one.root] } }), policy, snapshot]) {
    const signature = sign(null, messageOf(document), token)
    expect(attachSignature(document, publicKey, signature)).toEqual(signDocument(document, one))
    const wrong = sign(null, Buffer.from('something else'), token)
    expect(() => attachSignature(document, publicKey, wrong)).toThrow(ProvisionError)
    expect(() => attachSignature(document, publicKey, signature.subarray(1))).toThrow(/64 raw bytes/)
  }
})

test('what is no document, and no key, is named', () => {
  expect(() => readDocument({ v: 1, type: 'other' }, 'x.json')).toThrow(
    /x\.json is not a document to be signed: type/
  )
  expect(() => publicKeyOf('-----BEGIN nothing', 'x.pem')).toThrow(/x\.pem is no public key/)
})
