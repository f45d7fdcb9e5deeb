import { z } from 'zod'
import { judgeWifi, type WifiNetwork, type WifiProtection } from '../../../core/check/judge/wifi'
import type { Check } from '../../contract/check'
import { profile } from '../tools'

const networkSchema = z.looseObject({ _name: z.string(), spairport_security_mode: z.string().optional() })

/** SPAirPortDataType. Newer systems hide the network's name from programs without leave to know the place: `<redacted>`. */
export const wifi: Check = {
  name: 'wifi',
  pace: 'often',
  look: async (sources, rules) => {
    const card = z.looseObject({
      spairport_current_network_information: networkSchema.optional(),
      spairport_status_information: z.string().optional()
    })
    const group = z.looseObject({ spairport_airport_interfaces: z.array(card) })
    const groups = await profile(sources, 'SPAirPortDataType', z.array(group).min(1).max(4))
    const networks = groups
      .flatMap(({ spairport_airport_interfaces: own }) => own)
      .flatMap((one): readonly WifiNetwork[] => {
        const network = one.spairport_current_network_information
        if (network === undefined) return []
        return [{ name: network._name, protection: protectionOf(network.spairport_security_mode ?? '') }]
      })
    return judgeWifi(networks, rules.wifi)
  }
}

function protectionOf(mode: string): WifiProtection {
  if (/wpa3/.test(mode)) return 'wpa3'
  if (/wpa2/.test(mode)) return 'wpa2'
  if (/wpa/.test(mode)) return 'wpa'
  if (/wep/.test(mode)) return 'wep'
  return /none|open/.test(mode) ? 'open' : 'unknown'
}
