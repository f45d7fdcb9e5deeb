import type * as keytar from 'keytar'
import type { Keychain } from './keychain'

/**
 * The keychain of this OS through keytar: Secret Service, macOS Keychain or Windows Credential Manager.
 * Loaded on first use, so that a system without the library ends in a refusal with its reason, not in a dead process.
 */
export function keytarKeychain(service: string): Keychain {
  return {
    get: async (account) => (await loadKeytar()).getPassword(service, account),
    set: async (account, secret) => (await loadKeytar()).setPassword(service, account, secret)
  }
}

type Keytar = typeof keytar

async function loadKeytar(): Promise<Keytar> {
  const loaded: Keytar & { readonly default?: Keytar } = await import('keytar')
  // keytar is a CommonJS module: where it is imported as one, its functions stand under `default`.
  return loaded.default ?? loaded
}
