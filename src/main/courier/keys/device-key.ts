import { createPrivateKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import { err, ok, type Result } from '../../../core/result'
import { deviceJwkSchema, type DeviceJwk } from '../../../contract/wire/v1/device'
import type { DeviceKey, KeyStore } from '../../../device/contract/device-key'
import { thumbprintOf } from '../../../device/contract/thumbprint'

/** What the keychain holds: the private P-256 key as a JWK. */
const privateJwkSchema = z.strictObject({ ...deviceJwkSchema.shape, d: z.string().length(43) })

/** Device keys in software. The keychain keeps the private half itself; in this process it lies in Node's own memory. */
export const keychainKeyStore: KeyStore = {
  keyClass: 'keychain',
  make: () => Promise.resolve(newPrivateJwk()),
  open: (text) => Promise.resolve(readPrivateJwk(text)),
  close: () => Promise.resolve()
}

function newPrivateJwk(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { kty, crv, x, y, d } = privateKey.export({ format: 'jwk' })
  return JSON.stringify(privateJwkSchema.parse({ kty, crv, x, y, d }))
}

function readPrivateJwk(text: string): Result<DeviceKey, string> | null {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return err('the device key in the keychain is not JSON')
  }
  // A key of another store says of which kind it is.
  if (typeof json === 'object' && json !== null && 'kind' in json) return null
  const parsed = privateJwkSchema.safeParse(json)
  if (!parsed.success) {
    return err(
      `the device key in the keychain has a wrong field: ${parsed.error.issues[0]?.path.join('.') ?? ''}`
    )
  }
  const { kty, crv, x, y } = parsed.data
  let key: KeyObject
  try {
    key = createPrivateKey({ format: 'jwk', key: parsed.data })
  } catch (error) {
    return err(
      `the device key in the keychain is not a P-256 key: ${error instanceof Error ? error.message : ''}`
    )
  }
  const publicJwk: DeviceJwk = { kty, crv, x, y }
  return ok({
    keyClass: 'keychain',
    publicJwk,
    thumbprint: thumbprintOf(publicJwk),
    sign: (message) => Promise.resolve(sign('sha256', message, { key, dsaEncoding: 'ieee-p1363' })),
    tpm: null
  })
}
