import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { err, ok } from '../../core/result'
import type { DeviceKey, KeyStore, PublicJwk } from '../contract/device-key'
import { thumbprintOf } from '../contract/thumbprint'

/** A key store of this process's memory, for tests. What `make` returns is only the key's name. */
export function fakeKeyStore(): KeyStore {
  const keys = new Map<string, KeyObject>()
  return {
    keyClass: 'keychain',
    make: () => {
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const name = JSON.stringify({ kind: 'fake', number: keys.size })
      keys.set(name, privateKey)
      return Promise.resolve(name)
    },
    open: (text) => {
      if (!text.includes('"kind":"fake"')) return Promise.resolve(null)
      const key = keys.get(text)
      return Promise.resolve(key === undefined ? err('this process has no such key') : ok(deviceKey(key)))
    },
    close: () => {
      keys.clear()
      return Promise.resolve()
    }
  }
}

function deviceKey(key: KeyObject): DeviceKey {
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  const publicJwk: PublicJwk = { kty: 'EC', crv: 'P-256', x, y }
  return {
    keyClass: 'keychain',
    publicJwk,
    thumbprint: thumbprintOf(publicJwk),
    sign: (message) => Promise.resolve(sign('sha256', message, { key, dsaEncoding: 'ieee-p1363' })),
    tpm: null
  }
}
