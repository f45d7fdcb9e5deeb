import { generateKeyPairSync, sign } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { verifyEd25519 as atHub } from '../../src/hub/store/admin/verify'
import { verifyEd25519 as atDesk } from '../../src/main/policy/verify'

/**
 * Hub and desk verify Ed25519 with Node's own cryptography, each in its own layer, which share none that may use it.
 * What one takes, the other takes.
 */
const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const { x = '' } = publicKey.export({ format: 'jwk' })
const root = { keyId: 'a'.repeat(64), publicKey: x }

test('F8 hub and desk take the same signatures, and no bent one', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(511), fc.boolean(), (message, bit, bend) => {
      const signature = sign(null, message, privateKey)
      if (bend) signature[bit >> 3] = (signature[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect([atHub(root, message, signature), atDesk(root, message, signature)]).toEqual([!bend, !bend])
    })
  )
})

test.each([
  ['a key that is none', { ...root, publicKey: 'A'.repeat(42) }, 64],
  ['a key of small order', { ...root, publicKey: 'A'.repeat(43) }, 64],
  ['a short signature', root, 63],
  ['a long signature', root, 65],
  ['no signature', root, 0]
])('F8 hub and desk answer %s alike', (_, key, length) => {
  const signature = new Uint8Array(length)
  expect(atHub(key, new Uint8Array(3), signature)).toBe(atDesk(key, new Uint8Array(3), signature))
  if (length !== 64) expect(atDesk(key, new Uint8Array(3), signature)).toBe(false)
})
