import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deriveKey, seal, unseal } from './seal'

const key = randomBytes(32)

describe('sealing', () => {
  it('gives back exactly what was sealed, under its own context alone', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), fc.string(), fc.nat(), (plain, name, seq) => {
        const sealed = seal(key, plain, [name, seq])
        expect(unseal(key, sealed, [name, seq])).toEqual(Buffer.from(plain))
        expect(unseal(key, sealed, [name, seq + 1])).toBeNull()
        expect(unseal(key, sealed, [`${name}${seq}`])).toBeNull()
        expect(unseal(deriveKey(key, 'other'), sealed, [name, seq])).toBeNull()
      })
    )
  })

  it('notices any single changed bit', () => {
    const sealed = Buffer.from(seal(key, Buffer.from('a record'), ['x', 1]))
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const altered = Buffer.from(sealed)
      altered[bit >> 3] = altered[bit >> 3]! ^ (1 << (bit & 7))
      expect(unseal(key, altered, ['x', 1])).toBeNull()
    }
    for (let length = 0; length < sealed.length; length += 1) {
      expect(unseal(key, sealed.subarray(0, length), ['x', 1])).toBeNull()
    }
  })

  it('uses a fresh nonce every time', () => {
    const nonces = new Set<string>()
    for (let n = 0; n < 2000; n += 1) {
      nonces.add(
        Buffer.from(seal(key, Buffer.from('same'), []))
          .subarray(1, 13)
          .toString('hex')
      )
    }
    expect(nonces.size).toBe(2000)
  })
})
