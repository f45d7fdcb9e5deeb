import { judgeFirewall } from '../../../core/check/judge/firewall'
import type { Check } from '../../contract/check'
import { firewallProfiles } from '../privileged'

/** Every user may ask for the firewall's profiles. */
export const firewall: Check = {
  name: 'firewall',
  pace: 'often',
  look: async (sources) => judgeFirewall(await firewallProfiles(sources))
}
