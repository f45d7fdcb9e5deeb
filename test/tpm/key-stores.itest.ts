import { createPublicKey, verify } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { calculateJwkThumbprint } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { DeviceKey, KeyStore } from '../../src/device/contract/device-key'
import { fakeKeyStore } from '../../src/device/fake/key-store'
import { tpmKeyStore } from '../../src/device/linux/tpm/key-store'
import { TpmTools } from '../../src/device/linux/tpm/tools'
import { keychainKeyStore } from '../../src/main/courier/keys/device-key'
import { requires, whyMissing, type Need } from '../requires'
import { makeTpmMaker, SoftTpm, type TpmMaker } from './soft-tpm'

let maker: TpmMaker
let tpm: SoftTpm | null = null
let tools: TpmTools | null = null
beforeAll(async () => {
  if (whyMissing('tpm') !== null) return
  maker = await makeTpmMaker()
  tpm = await SoftTpm.start(maker)
  tools = new TpmTools({ tcti: tpm.tcti })
})
afterAll(async () => {
  await tools?.close()
  await tpm?.remove()
  if (tpm !== null) await rm(maker.folder, { recursive: true, force: true })
})

const fake = fakeKeyStore()
const stores: readonly [name: string, store: () => KeyStore, keyClass: string, needs: readonly Need[]][] = [
  ['keychain', () => keychainKeyStore, 'keychain', []],
  ['tpm', () => tpmKeyStore(tools!), 'tpm', ['tpm']],
  ['fake', () => fake, 'keychain', []]
]

/** What every place for device keys does, whatever is beneath it. */
describe.each(stores)('the key store %s', (name, storeOf, keyClass, needs) => {
  let store: KeyStore
  beforeEach((context) => {
    requires(context, ...needs)
    store = storeOf()
  })

  const opened = async (text: string): Promise<DeviceKey> => {
    const key = await store.open(text)
    if (key?.ok !== true) throw new Error(key?.error ?? 'not of this store')
    return key.value
  }
  const isBy = (key: DeviceKey, message: Uint8Array, signature: Uint8Array): boolean =>
    verify(
      'sha256',
      message,
      { key: createPublicKey({ format: 'jwk', key: { ...key.publicJwk } }), dsaEncoding: 'ieee-p1363' },
      signature
    )

  test('F7: makes a P-256 key that signs ES256, and says of which class it is', async () => {
    const key = await opened(await store.make())
    const message = Buffer.from('a request')
    const signature = await key.sign(message)
    expect([key.keyClass, signature.length]).toEqual([keyClass, 64])
    expect(isBy(key, message, signature)).toBe(true)
    expect(isBy(key, Buffer.from('another'), signature)).toBe(false)
    expect(key.thumbprint).toBe(await calculateJwkThumbprint({ ...key.publicJwk }))
    expect(key.tpm === null).toBe(name !== 'tpm')
  })

  test('F7: finds the same key again, and makes another each time', async () => {
    const text = await store.make()
    const [first, again, other] = [await opened(text), await opened(text), await opened(await store.make())]
    expect(again.thumbprint).toBe(first.thumbprint)
    expect(other.thumbprint).not.toBe(first.thumbprint)
    const message = Buffer.from('x')
    expect(isBy(first, message, await again.sign(message))).toBe(true)
    expect(isBy(first, message, await other.sign(message))).toBe(false)
  })

  test('F7: signs many at once without mixing them up', async () => {
    const key = await opened(await store.make())
    const messages = Array.from({ length: 5 }, (_, n) => Buffer.from(`message ${n}`))
    const signatures = await Promise.all(messages.map((message) => key.sign(message)))
    messages.forEach((message, n) => expect(isBy(key, message, signatures[n]!)).toBe(true))
  })

  test('F7: leaves the keys of other stores alone', async () => {
    for (const [other, otherOf, , wants] of stores) {
      if (other === name || wants.some((need) => whyMissing(need) !== null)) continue
      expect([other, await store.open(await otherOf().make())]).toEqual([other, null])
    }
  })

  test('F6: the private half is in nothing that the key shows', async () => {
    const text = await store.make()
    const key = await opened(text)
    expect(Object.keys(key.publicJwk).sort()).toEqual(['crv', 'kty', 'x', 'y'])
    const shown = JSON.stringify(key)
    for (const word of text.match(/[\w+/-]{43,}/g) ?? []) {
      if (word !== key.publicJwk.x && word !== key.publicJwk.y) expect(shown).not.toContain(word)
    }
  })
})
