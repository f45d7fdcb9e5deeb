import { describe, expect, it } from 'vitest'
import { MemoryKeychain } from '../../../../test/courier/memory-keychain'
import { fakeKeyStore } from '../../../device/fake/key-store'
import { DEVICE_KEY_ACCOUNT, KeyRing, NEXT_KEY_ACCOUNT, OUTBOX_KEY_ACCOUNT } from './open-keys'

const ring = (keychain = new MemoryKeychain()) => ({ keychain, keys: new KeyRing(keychain, 50) })

describe('the keys in the keychain', () => {
  it('makes 32 random bytes once and finds them again', async () => {
    const { keychain, keys } = ring()
    const made = await keys.sealing(true)
    const found = await keys.sealing(false)
    expect(made.ok && found.ok && Buffer.from(made.value).equals(Buffer.from(found.value))).toBe(true)
    expect(made.ok && made.value.length).toBe(32)
    expect(keychain.secrets.size).toBe(1)
  })

  it('does not make a lost key anew behind the back of an enrolment', async () => {
    const { keys } = ring()
    expect(await keys.sealing(false)).toMatchObject({ ok: false, error: { kind: 'missing' } })
  })

  it.each([
    ['hangs', /did not answer within/],
    ['fails', /D-Bus/],
    ['forgets', /did not give back/]
  ] as const)('is unusable when the keychain %s', async (behaviour, detail) => {
    const { keychain, keys } = ring()
    keychain.behaviour = behaviour
    const sealing = await keys.sealing(true)
    expect(sealing).toMatchObject({ ok: false, error: { kind: 'unusable' } })
    if (!sealing.ok) expect(sealing.error.detail).toMatch(detail)
    expect(await keys.candidate(false)).toMatchObject({ ok: false, error: { kind: 'unusable' } })
  })

  it.each(['', 'short', 'A'.repeat(43) + '=', `${'A'.repeat(42)}B`])(
    'refuses %j as an outbox key',
    async (text) => {
      const { keychain, keys } = ring()
      keychain.secrets.set(OUTBOX_KEY_ACCOUNT, text)
      expect(await keys.sealing(true)).toMatchObject({ ok: false, error: { kind: 'unreadable' } })
    }
  )

  it('keeps the candidate of an unfinished enrolment, and makes it the device key when it is the one', async () => {
    const { keychain, keys } = ring()
    const first = await keys.candidate(false)
    const again = await keys.candidate(false)
    if (!first.ok || !again.ok) throw new Error('no candidate')
    expect(again.value.thumbprint).toBe(first.value.thumbprint)
    expect(keychain.secrets.has(DEVICE_KEY_ACCOUNT)).toBe(false)
    expect((await keys.device(first.value.thumbprint)).ok).toBe(true)
    const fresh = await keys.candidate(true)
    expect(fresh.ok && fresh.value.thumbprint).not.toBe(first.value.thumbprint)
    expect((await keys.device(first.value.thumbprint)).ok).toBe(true)
    expect(await keys.device('someone else')).toMatchObject({ ok: false, error: { kind: 'missing' } })
  })

  it.each(['not json', '{}', '{"kty":"EC"}', 'null'])('refuses %j as a device key', async (text) => {
    const { keychain, keys } = ring()
    keychain.secrets.set(NEXT_KEY_ACCOUNT, text)
    expect(await keys.candidate(false)).toMatchObject({ ok: false, error: { kind: 'unreadable' } })
  })

  it('F7: makes keys in hardware where there is some, and in software where that fails or is asked for', async () => {
    const keychain = new MemoryKeychain()
    const hardware = fakeKeyStore()
    const keys = new KeyRing(keychain, 50, hardware)
    const made = await keys.candidate(false)
    expect(keychain.secrets.get(NEXT_KEY_ACCOUNT)).toMatch(/"kind":"fake"/)
    expect(made.ok && (await keys.device(made.value.thumbprint)).ok).toBe(true)
    // The same keychain on a machine without it: nothing is made anew behind the enrolment's back.
    const without = new KeyRing(keychain, 50)
    expect(await without.device('x')).toMatchObject({ ok: false, error: { kind: 'unreadable' } })
    expect((await keys.candidate(true, true)).ok).toBe(true)
    expect(keychain.secrets.get(NEXT_KEY_ACCOUNT)).toMatch(/"d":/)
    const broken = { ...hardware, make: () => Promise.reject(new Error('no answer')) }
    expect((await new KeyRing(keychain, 50, broken).candidate(true)).ok).toBe(true)
    expect(keychain.secrets.get(NEXT_KEY_ACCOUNT)).toMatch(/"d":/)
  })

  it('cannot give its private half away', async () => {
    const { keychain, keys } = ring()
    const key = await keys.candidate(false)
    if (!key.ok) throw new Error('no candidate')
    const secret = (JSON.parse(keychain.secrets.get(NEXT_KEY_ACCOUNT) ?? '') as { d: string }).d
    expect(JSON.stringify(key.value)).not.toContain(secret)
    expect(Object.keys(key.value.publicJwk).sort()).toEqual(['crv', 'kty', 'x', 'y'])
  })
})
