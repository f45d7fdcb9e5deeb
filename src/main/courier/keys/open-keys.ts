import { randomBytes } from 'node:crypto'
import { err, ok, type Result } from '../../../core/result'
import type { DeviceKey, KeyStore } from '../../../device/contract/device-key'
import { keychainKeyStore } from './device-key'
import type { Keychain, KeychainProblem } from './keychain'
import { withTimeLimit } from '../time-limit'

/** The key that the hub knows. */
export const DEVICE_KEY_ACCOUNT = 'device-key'
/** The key of an enrolment that is not finished, or whose end a crash cut off. */
export const NEXT_KEY_ACCOUNT = 'device-key-next'
export const OUTBOX_KEY_ACCOUNT = 'outbox-key'

/** A hung D-Bus, or an unlock prompt that nobody answers, ends here. */
export const KEYCHAIN_LIMIT_MS = 20_000

type Opened<T> = Promise<Result<T, KeychainProblem>>

/**
 * The courier's keys, all of them in the keychain in one form or another: of a key in a TPM it has what the TPM wrapped,
 * and the secret that it asks for. A new key counts only after the keychain gave back exactly what was stored.
 * No call waits longer than the limit and none rejects.
 */
export class KeyRing {
  constructor(
    private readonly keychain: Keychain,
    private readonly limitMs = KEYCHAIN_LIMIT_MS,
    /** Where keys can be made in hardware; null without one. */
    private readonly hardware: KeyStore | null = null
  ) {}

  /** 32 random bytes from which the keys of outbox and enrolment are derived; made when missing and `mayCreate`. */
  async sealing(mayCreate: boolean): Opened<Uint8Array> {
    return this.guard(async () => {
      const found = await this.get(OUTBOX_KEY_ACCOUNT)
      if (found === null && !mayCreate) return err(missing('outbox key'))
      const text = found ?? (await this.store(OUTBOX_KEY_ACCOUNT, randomBytes(32).toString('base64url')))
      const key = Buffer.from(text, 'base64url')
      if (key.length === 32 && key.toString('base64url') === text) return ok(key)
      return err(unreadable('the outbox key in the keychain is not 32 bytes in base64url'))
    })
  }

  /** The device key with this thumbprint. One that a crash left as the next one is made the present one. */
  async device(thumbprint: string): Opened<DeviceKey> {
    return this.guard(async () => {
      for (const account of [DEVICE_KEY_ACCOUNT, NEXT_KEY_ACCOUNT]) {
        const text = await this.get(account)
        if (text === null) continue
        const key = await this.read(text)
        if (!key.ok) return err(unreadable(key.error))
        if (key.value.thumbprint !== thumbprint) continue
        if (account === NEXT_KEY_ACCOUNT) await this.store(DEVICE_KEY_ACCOUNT, text)
        return key
      }
      return err(missing('device key'))
    })
  }

  /**
   * The key to enrol with: the one of an unfinished enrolment, else, or when `fresh`, a new one, in hardware where there
   * is some unless `software` asks otherwise.
   */
  async candidate(fresh: boolean, software = false): Opened<DeviceKey> {
    return this.guard(async () => {
      const found = fresh ? null : await this.get(NEXT_KEY_ACCOUNT)
      const key = await this.read(found ?? (await this.store(NEXT_KEY_ACCOUNT, await this.make(software))))
      return key.ok ? key : err(unreadable(key.error))
    })
  }

  /** A TPM that is there and will not make a key leaves software: the hub hears which it is, and may refuse it. */
  private async make(software: boolean): Promise<string> {
    const { hardware } = this
    if (software || hardware === null) return keychainKeyStore.make()
    return hardware.make().catch(() => keychainKeyStore.make())
  }

  private async read(text: string): Promise<Result<DeviceKey, string>> {
    for (const store of [keychainKeyStore, ...(this.hardware === null ? [] : [this.hardware])]) {
      const opened = await store.open(text)
      if (opened !== null) return opened
    }
    return err('the device key is in a TPM, which does not answer or is not there')
  }

  private async get(account: string): Promise<string | null> {
    return withTimeLimit(this.keychain.get(account), this.limitMs, this.noAnswer())
  }

  private async store(account: string, secret: string): Promise<string> {
    await withTimeLimit(this.keychain.set(account, secret), this.limitMs, this.noAnswer())
    if ((await this.get(account)) === secret) return secret
    throw new Error(`the keychain did not give back the new ${account}`)
  }

  private async guard<T>(work: () => Opened<T>): Opened<T> {
    try {
      return await work()
    } catch (error) {
      const detail = error instanceof Error ? error.message : 'the keychain failed'
      return err({ kind: 'unusable', detail: detail.slice(0, 300) })
    }
  }

  private noAnswer(): string {
    return `the keychain did not answer within ${this.limitMs / 1000} s`
  }
}

const unreadable = (detail: string): KeychainProblem => ({ kind: 'unreadable', detail })
const missing = (what: string): KeychainProblem => ({
  kind: 'missing',
  detail: `the keychain no longer holds the ${what} of this workstation; ask IT for a new ticket`
})
