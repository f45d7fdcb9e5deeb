import type { CheckRule } from '../../policy/checks'
import { fail, pass, unknown, type Finding } from '../finding'

/** How a network is protected, strongest first. `wpa` is the first WPA, which is broken. */
export type WifiProtection = 'wpa3' | 'wpa2' | 'wpa' | 'wep' | 'open' | 'unknown'

/** A Wi-Fi network that this computer is on. */
export interface WifiNetwork {
  /** Compared with the policy's list, and never told to anybody. */
  readonly name: string
  readonly protection: WifiProtection
}

/** Every network in use is protected by WPA2 or better and, where the policy lists networks, on its list. */
export function judgeWifi(networks: readonly WifiNetwork[], rule: CheckRule<'wifi'>): Finding {
  if (networks.length === 0) return pass('no Wi-Fi in use')
  const weak = networks.find(({ protection }) => !['wpa3', 'wpa2', 'unknown'].includes(protection))
  if (weak !== undefined) return fail(`a network that is ${weak.protection}`, 'remedy.wifi.weak')
  if (networks.some(({ protection }) => protection === 'unknown'))
    return unknown('not known how the network is protected', 'remedy.wifi.unknown')
  const { networks: listed } = rule
  if (listed !== undefined && networks.some(({ name }) => !listed.includes(name)))
    return fail('a network that is not on the list', 'remedy.wifi.not-listed')
  const kinds = [...new Set(networks.map(({ protection }) => protection.toUpperCase()))].join(', ')
  return pass(`${kinds}${listed === undefined ? '' : ', on the list'}`)
}
