import { createHash, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { err, ok, type Result } from '../../../core/result'
import type { DeviceKey, KeyStore } from '../../contract/device-key'
import { thumbprintOf } from '../../contract/thumbprint'
import { publicJwkOf } from './ecc-blob'
import { NCryptError, type Handle, type NCrypt } from './ncrypt'

/** What the keychain keeps of a key in the provider: its name there. The key itself is the provider's. */
const keptSchema = z.strictObject({
  v: z.literal(1),
  kind: z.literal('platform-crypto'),
  name: z.string().regex(/^havendesk-device-[0-9a-f-]{36}$/)
})

/**
 * Device keys of a Windows machine, made in its TPM through the Platform Crypto Provider and never exported. Nothing
 * here proves to a hub where they are: their class is that of an unproven key (ADR 50).
 */
export function platformCryptoKeyStore(ncrypt: NCrypt): KeyStore {
  const open = new Map<string, Handle>()
  let provider: Handle | null = null
  const opened = (): Handle => (provider ??= ncrypt.openProvider())
  return {
    keyClass: 'keychain',
    make: () =>
      attempt(() => {
        const name = `havendesk-device-${randomUUID()}`
        ncrypt.free(ncrypt.createKey(opened(), name))
        return JSON.stringify(keptSchema.parse({ v: 1, kind: 'platform-crypto', name }))
      }),
    open: (text) =>
      attempt(() => {
        const name = nameIn(text)
        if (name === null) return null
        try {
          const key = open.get(name) ?? ncrypt.openKey(opened(), name)
          open.set(name, key)
          return ok(deviceKey(ncrypt, () => open.get(name), publicJwkOf(ncrypt.exportPublic(key))))
        } catch (error) {
          return notOpened(error)
        }
      }),
    close: () =>
      attempt(() => {
        for (const key of open.values()) ncrypt.free(key)
        open.clear()
        if (provider !== null) ncrypt.free(provider)
        provider = null
      })
  }
}

/** The store of this machine, null where Windows has no such provider or it is none of hardware. */
export function openPlatformCrypto(bound: () => NCrypt): KeyStore | null {
  try {
    const ncrypt = bound()
    const provider = ncrypt.openProvider()
    try {
      return ncrypt.isHardware(provider) ? platformCryptoKeyStore(ncrypt) : null
    } finally {
      ncrypt.free(provider)
    }
  } catch {
    return null // no such library or provider: keys are in the keychain then, and the policy may refuse that
  }
}

function deviceKey(
  ncrypt: NCrypt,
  handle: () => Handle | undefined,
  publicJwk: DeviceKey['publicJwk']
): DeviceKey {
  return {
    keyClass: 'keychain',
    publicJwk,
    thumbprint: thumbprintOf(publicJwk),
    sign: (message) =>
      attempt(() => {
        const key = handle()
        if (key === undefined) throw new Error('the key store was closed')
        const signature = ncrypt.signHash(key, createHash('sha256').update(message).digest())
        if (signature.length !== 64)
          throw new Error('the platform crypto provider signed otherwise than asked')
        return signature
      }),
    tpm: null
  }
}

function notOpened(error: unknown): Result<never, string> {
  if (error instanceof NCryptError) return err(`the TPM does not open the device key: ${error.message}`)
  return err(error instanceof Error ? error.message : 'the TPM does not open the device key')
}

function nameIn(text: string): string | null {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return null // another store's, or nobody's
  }
  const kept = keptSchema.safeParse(json)
  return kept.success ? kept.data.name : null
}

/** The calls block and throw; the contract answers later and rejects. */
const attempt = <T>(work: () => T): Promise<T> =>
  new Promise((resolve) => {
    resolve(work())
  })
