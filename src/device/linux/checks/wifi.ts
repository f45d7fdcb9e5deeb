import { judgeWifi, type WifiNetwork, type WifiProtection } from '../../../core/check/judge/wifi'
import { pass } from '../../../core/check/finding'
import type { Check } from '../../contract/check'
import { garbled, ifThere, type Sources } from '../../contract/sources'

const NET = '/sys/class/net'

/** How the Wi-Fi in use is protected, as NetworkManager says. Without a radio that is up there is none to ask about. */
export const wifi: Check = {
  name: 'wifi',
  pace: 'often',
  look: async (sources, rules) => {
    if (!(await hasRadioUp(sources))) return pass('no Wi-Fi in use')
    const args = ['-t', '-f', 'IN-USE,SECURITY,SSID', 'device', 'wifi', 'list', '--rescan', 'no']
    const networks = networksIn(await sources.tool('/usr/bin/nmcli', args))
    // A radio that is up and a manager that knows of no network: somebody else manages it.
    if (networks.length === 0) throw garbled('nmcli')
    return judgeWifi(networks, rules.wifi)
  }
}

async function hasRadioUp(sources: Sources): Promise<boolean> {
  const names = await sources.folder(NET)
  // Every Linux has its loopback: a list without it is not the list of interfaces.
  if (!names.includes('lo')) throw garbled(NET)
  const up = await Promise.all(
    names.map(async (name) => {
      // bonding_masters is a file among the folders.
      const inside = await ifThere(sources.folder(`${NET}/${name}`))
      if (inside === null || !(inside.includes('wireless') || inside.includes('phy80211'))) return false
      const state = (await sources.file(`${NET}/${name}/operstate`)).text.trim()
      if (!/^(up|down|dormant|unknown|lowerlayerdown|testing|notpresent)$/.test(state))
        throw garbled('operstate')
      return state !== 'down' && state !== 'notpresent'
    })
  )
  return up.some(Boolean)
}

/** Terse output of nmcli: fields with colons between them, colons inside a field after a backslash. */
function networksIn(text: string): readonly WifiNetwork[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line): readonly WifiNetwork[] => {
      const fields = /^([* ]):([^:]*):((?:[^\\:]|\\.)*)$/.exec(line)
      if (fields === null) throw garbled('nmcli')
      const [, inUse, security = '', name = ''] = fields
      return inUse === '*'
        ? [{ name: name.replaceAll(/\\(.)/g, '$1'), protection: protectionOf(security) }]
        : []
    })
}

function protectionOf(security: string): WifiProtection {
  const words = security.split(' ')
  if (words.includes('WPA3')) return 'wpa3'
  if (words.includes('WPA2')) return 'wpa2'
  if (words.includes('WPA1') || words.includes('WPA')) return 'wpa'
  if (words.includes('WEP')) return 'wep'
  return security === '' || security === '--' ? 'open' : 'unknown'
}
