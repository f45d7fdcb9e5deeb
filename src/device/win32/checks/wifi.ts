import { judgeWifi, type WifiNetwork, type WifiProtection } from '../../../core/check/judge/wifi'
import type { Check } from '../../contract/check'
import { garbled } from '../../contract/sources'

const NETSH = 'C:\\Windows\\System32\\netsh.exe'

/**
 * `netsh wlan show interfaces`. Its labels follow the system's language, so lines are told by their values: an address
 * (BSSID) is there only while connected, the line before it is the SSID, and `WPA2-Personal` is spelled so everywhere.
 * No service or no radio: exit code 1.
 */
export const wifi: Check = {
  name: 'wifi',
  pace: 'often',
  look: async (sources, rules) => {
    const { code, output } = await sources.ask(NETSH, ['wlan', 'show', 'interfaces'])
    // The list itself begins with a line that ends in a colon; anything else is not this list.
    if (code !== 0 || !/:\s*\r?$/m.test(output)) throw garbled('netsh')
    const blocks = output
      .split(/\r?\n\s*\r?\n/)
      .map(pairsOf)
      .filter((pairs) => pairs.length > 3)
    if (blocks.length === 0) throw garbled('netsh')
    return judgeWifi(blocks.flatMap(networkOf), rules.wifi)
  }
}

/** Windows 10 names the protection third after the address, Windows 11 fifth; the profile comes ninth at the soonest. */
const NEAR = 6

type Pair = readonly [label: string, value: string]

const pairsOf = (block: string): readonly Pair[] =>
  block.split(/\r?\n/).flatMap((line): readonly Pair[] => {
    const [, label, value] = /^\s+(\S.*?)\s*: (.*?)\s*$/.exec(line) ?? []
    return label === undefined || value === undefined ? [] : [[label, value]]
  })

/** The first address is the radio's own; the second, if there is one, is the network's. */
function networkOf(pairs: readonly Pair[]): readonly WifiNetwork[] {
  const addresses = pairs.flatMap(([, value], at) =>
    /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(value) ? [at] : []
  )
  if (addresses.length === 0) throw garbled('netsh')
  const [, network] = addresses
  if (network === undefined) return []
  const name = pairs.slice(0, network).findLast(([label]) => label === 'SSID')?.[1]
  if (name === undefined) throw garbled('netsh')
  // How it is protected stands among the next few lines; far below stands the profile's name, which anybody may choose.
  const words = pairs.slice(network + 1, network + 1 + NEAR).map(([, value]) => value)
  return [{ name, protection: words.map(protectionOf).find((one) => one !== null) ?? 'unknown' }]
}

function protectionOf(value: string): WifiProtection | null {
  if (/^WPA3-\w+/.test(value)) return 'wpa3'
  if (/^WPA2-\w+/.test(value)) return 'wpa2'
  if (/^WPA-\w+/.test(value)) return 'wpa'
  if (/^WEP$/.test(value)) return 'wep'
  return /^(Open|Offen|Ouvert|Abierta|Aperta)$/.test(value) ? 'open' : null
}
