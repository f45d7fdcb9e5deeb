import type { FromCourier } from '../../contract/helper/courier'
import type { Flavour } from '../../core/flavour'
import type { KeyStore } from '../../device/contract/device-key'
import type { Clock } from './hub/clock'
import type { Line } from './hub/line'
import type { Keychain } from './keys/keychain'

/** Everything the courier takes from its surroundings. */
export interface CourierParts {
  readonly post: (message: FromCourier) => void
  readonly keychain: (service: string) => Keychain
  readonly openLine: (hubCa: string) => Line
  readonly clock: Clock
  /** In [0, 1). */
  readonly random: () => number
  readonly flavour: Flavour
  readonly keychainLimitMs?: number
  /** Where keys can be made in hardware; null without one. */
  readonly hardwareKeys: () => Promise<KeyStore | null>
  /** SHA-256 over the running program, hex. Rejects when it cannot be measured. */
  readonly measureProgram: (path: string) => Promise<string>
}

/** What every request says of its sender. */
export interface Sender {
  readonly flavour: Flavour
  readonly build: string
}
