import { createHash, generateKeyPairSync } from 'node:crypto'
import { importJWK, type CryptoKey } from 'jose'
import { z } from 'zod'
import { err, ok, type Result } from '../../../core/result'
import { deviceJwkSchema, type DeviceJwk } from '../../../contract/wire/v1/device'

/** What the keychain holds: the private P-256 key as a JWK. */
const privateJwkSchema = z.strictObject({ ...deviceJwkSchema.shape, d: z.string().length(43) })

/** The key that speaks for this device. The private half cannot be exported from `signingKey`. */
export interface DeviceKey {
  readonly publicJwk: DeviceJwk
  /** RFC 7638 thumbprint of the public half, base64url. */
  readonly thumbprint: string
  readonly signingKey: CryptoKey
}

/** Makes a new private key in the form that the keychain keeps. */
export function newPrivateJwk(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { kty, crv, x, y, d } = privateKey.export({ format: 'jwk' })
  return JSON.stringify(privateJwkSchema.parse({ kty, crv, x, y, d }))
}

/** Reads the private key as the keychain returned it. */
export async function readPrivateJwk(text: string): Promise<Result<DeviceKey, string>> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return err('the device key in the keychain is not JSON')
  }
  const parsed = privateJwkSchema.safeParse(json)
  if (!parsed.success) {
    return err(
      `the device key in the keychain has a wrong field: ${parsed.error.issues[0]?.path.join('.') ?? ''}`
    )
  }
  const { kty, crv, x, y } = parsed.data
  try {
    const signingKey = await importJWK({ ...parsed.data }, 'ES256')
    if (signingKey instanceof Uint8Array) return err('the device key in the keychain is not a P-256 key')
    const publicJwk: DeviceJwk = { kty, crv, x, y }
    return ok({ publicJwk, thumbprint: thumbprintOf(publicJwk), signingKey })
  } catch (error) {
    return err(
      `the device key in the keychain is not a P-256 key: ${error instanceof Error ? error.message : ''}`
    )
  }
}

function thumbprintOf(key: DeviceJwk): string {
  const canonical = JSON.stringify({ crv: key.crv, kty: key.kty, x: key.x, y: key.y })
  return createHash('sha256').update(canonical).digest('base64url')
}
