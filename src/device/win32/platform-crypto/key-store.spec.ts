import { createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto'
import koffi from 'koffi'
import { describe, expect, test } from 'vitest'
import { publicJwkOf } from './ecc-blob'
import { openPlatformCrypto, platformCryptoKeyStore } from './key-store'
import { bindNCrypt, NCryptError, prototypes, type Handle, type NCrypt } from './ncrypt'

const NTE_BAD_KEYSET = 0x80090016 | 0

/** CNG's tables in memory; its blobs are built after bcrypt.h. The same keys for every provider that is opened. */
function fakeNCrypt({ hardware = true } = {}) {
  const kept = new Map<string, KeyObject>()
  const handles = new Map<Handle, KeyObject | 'provider'>()
  let next = 1
  const held = (what: KeyObject | 'provider'): Handle => {
    handles.set(next, what)
    next += 1
    return next - 1
  }
  const keyOf = (handle: Handle): KeyObject => {
    const key = handles.get(handle)
    if (key === undefined || key === 'provider') throw new NCryptError('a call', 0x80090026)
    return key
  }
  const ncrypt: NCrypt = {
    openProvider: () => held('provider'),
    isHardware: () => hardware,
    createKey: (_, name) => {
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      kept.set(name, privateKey)
      return held(privateKey)
    },
    openKey: (_, name) => {
      const key = kept.get(name)
      if (key === undefined) throw new NCryptError('NCryptOpenKey', NTE_BAD_KEYSET)
      return held(key)
    },
    exportPublic: (handle) => blobOf(keyOf(handle)),
    // The digest is signed as it is: Node would hash it again, so the test verifies over the digest.
    signHash: (handle, digest) => sign('sha256', digest, { key: keyOf(handle), dsaEncoding: 'ieee-p1363' }),
    free: (handle) => void handles.delete(handle)
  }
  return { ncrypt, handles, kept }
}

function blobOf(key: KeyObject): Buffer {
  const { x = '', y = '' } = createPublicKey(key).export({ format: 'jwk' })
  const header = Buffer.from([0x45, 0x43, 0x53, 0x31, 32, 0, 0, 0])
  return Buffer.concat([header, Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
}

describe('F7 keys in the Platform Crypto Provider', () => {
  test('F7 makes a key, finds it again under its name alone, and signs with it', async () => {
    const { ncrypt, kept } = fakeNCrypt()
    const text = await platformCryptoKeyStore(ncrypt).make()
    const again = platformCryptoKeyStore(ncrypt)
    const opened = await again.open(text)
    if (opened?.ok !== true) throw new Error('not opened')
    const key = opened.value
    const message = Buffer.from('a proof')
    const signature = await key.sign(message)
    const digest = await crypto.subtle.digest('SHA-256', message)
    const publicKey = createPublicKey({ key: { ...key.publicJwk }, format: 'jwk' })
    expect(
      verify('sha256', Buffer.from(digest), { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature)
    ).toBe(true)
    expect(signature).toHaveLength(64)
    // What the keychain keeps, and whoever copies it, has the name and nothing of the key.
    const { d = '' } = [...kept.values()][0]?.export({ format: 'jwk' }) ?? {}
    expect(d).toHaveLength(43)
    expect(JSON.stringify([text, key])).not.toContain(d)
  })

  test('F7 claims no class that nobody proved', async () => {
    const store = platformCryptoKeyStore(fakeNCrypt().ncrypt)
    const opened = await store.open(await store.make())
    expect(store.keyClass).toBe('keychain')
    expect(opened).toMatchObject({ ok: true, value: { keyClass: 'keychain', tpm: null } })
  })

  test('F7 is not used where the provider is none of hardware, or there is none', () => {
    expect(openPlatformCrypto(() => fakeNCrypt({ hardware: false }).ncrypt)).toBeNull()
    expect(openPlatformCrypto(() => bindNCrypt())).toBeNull() // no ncrypt.dll here
    const { ncrypt, handles } = fakeNCrypt()
    expect(openPlatformCrypto(() => ncrypt)).not.toBeNull()
    expect(handles.size).toBe(0)
  })

  test('F7 a TPM that was cleared says so; other stores’ keys are left alone', async () => {
    const { ncrypt, kept } = fakeNCrypt()
    const store = platformCryptoKeyStore(ncrypt)
    const text = await store.make()
    kept.clear()
    expect(await store.open(text)).toEqual({
      ok: false,
      error: 'the TPM does not open the device key: NCryptOpenKey failed (0x80090016)'
    })
    for (const other of ['', '{}', '{"v":1,"kind":"tpm"}', text.replace('havendesk', '../evil')])
      expect(await store.open(other)).toBeNull()
  })

  test('F7 gives back every handle, and signs no more after', async () => {
    const { ncrypt, handles } = fakeNCrypt()
    const store = platformCryptoKeyStore(ncrypt)
    const opened = await store.open(await store.make())
    if (opened?.ok !== true) throw new Error('not opened')
    await store.close()
    expect(handles.size).toBe(0)
    await expect(opened.value.sign(Buffer.from('x'))).rejects.toThrow('closed')
  })
})

describe('a blob of CNG', () => {
  const good = blobOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey)
  test('is read as the key that it is', () => {
    expect(publicJwkOf(good)).toMatchObject({ kty: 'EC', crv: 'P-256' })
  })
  test.each([
    ['cut', good.subarray(0, 71)],
    ['longer', Buffer.concat([good, Buffer.alloc(1)])],
    ['of another curve', Buffer.concat([Buffer.from('ECS3'), good.subarray(4)])],
    ['a private one', Buffer.concat([Buffer.from('ECS2'), good.subarray(4)])],
    ['nothing', Buffer.alloc(0)]
  ])('that is %s is none', (_, blob) => {
    expect(() => publicJwkOf(blob)).toThrow('no P-256 key')
  })
})

describe('the calls of ncrypt.dll', () => {
  type Calls = NonNullable<Parameters<typeof bindNCrypt>[0]>
  const calls = (change: Partial<Calls> = {}): { readonly calls: Calls; readonly made: string[] } => {
    const made: string[] = []
    const out = (handles: Handle[]): number => {
      handles[0] = 7
      return 0
    }
    return {
      made,
      calls: {
        open: (handles, name) => (made.push(`open ${name}`), out(handles)),
        create: (_, handles, algorithm, name) => (made.push(`create ${algorithm} ${name}`), out(handles)),
        openKey: (_, handles, name) => (made.push(`open key ${name}`), out(handles)),
        set: (_, property, value, size) => (made.push(`set ${property} ${value.readUInt32LE(0)} ${size}`), 0),
        get: (_, __, buffer, ___, used) => {
          buffer.writeUInt32LE(1)
          used[0] = 4
          return 0
        },
        finalize: (_, flags) => (made.push(`finalize ${flags}`), 0),
        exportKey: () => 0,
        sign: (_, __, digest, length, buffer, ___, used) => {
          buffer.set(digest)
          used[0] = length
          return 0
        },
        free: () => (made.push('free'), 0),
        ...change
      }
    }
  }

  test.each(Object.entries(prototypes))('%s can be read by what calls it', (_, prototype) => {
    expect(() => koffi.proto(prototype)).not.toThrow()
  })

  test('make a key that is never exported and only signs, and asks nobody', () => {
    const { calls: given, made } = calls()
    const ncrypt = bindNCrypt(given)
    ncrypt.createKey(ncrypt.openProvider(), 'name')
    expect(made).toEqual([
      'open Microsoft Platform Crypto Provider',
      'create ECDSA_P256 name',
      'set Export Policy 0 4',
      'set Key Usage 2 4',
      'finalize 64'
    ])
  })

  test('a key that cannot be finished is let go of, and the status is told', () => {
    const { calls: given, made } = calls({ finalize: () => 0x80280095 | 0 })
    expect(() => bindNCrypt(given).createKey(1, 'name')).toThrow('NCryptFinalizeKey failed (0x80280095)')
    expect(made.at(-1)).toBe('free')
  })

  test('a handle of nothing is a failure', () => {
    const { calls: given } = calls({ openKey: () => 0 })
    expect(() => bindNCrypt(given).openKey(1, 'name')).toThrow('NCryptOpenKey failed')
  })
})
