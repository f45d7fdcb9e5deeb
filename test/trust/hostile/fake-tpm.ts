import { randomBytes } from 'node:crypto'
import { err, ok } from '../../../src/core/result'
import {
  UnfitCredential,
  type DeviceKey,
  type KeyStore,
  type TpmWitness
} from '../../../src/device/contract/device-key'
import { fakeKeyStore } from '../../../src/device/fake/key-store'

/** Keys as in a TPM, that shows what it is asked to show and uncovers nothing that was not hidden for it. */
export function fakeTpmStore(): KeyStore {
  const keys = fakeKeyStore()
  const bytes = (length = 64): Uint8Array => randomBytes(length)
  const tpm: TpmWitness = {
    evidence: () =>
      Promise.resolve({
        endorsement: [bytes()],
        attestationKey: bytes(),
        deviceKey: bytes(),
        certify: { attest: bytes(), signature: bytes() }
      }),
    activate: () => Promise.reject(new UnfitCredential('the credential was not made for this TPM')),
    quote: () => Promise.reject(new Error('no answer'))
  }
  return {
    keyClass: 'tpm',
    make: () => keys.make(),
    open: async (text) => {
      const opened = await keys.open(text)
      if (opened === null) return null
      if (!opened.ok) return err(opened.error)
      const key: DeviceKey = { ...opened.value, keyClass: 'tpm', tpm }
      return ok(key)
    },
    close: () => Promise.resolve() // a chip keeps its keys
  }
}
