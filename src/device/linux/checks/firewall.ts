import { judgeFirewall } from '../../../core/check/judge/firewall'
import type { Check } from '../../contract/check'

/** What the privileged service sees of the rules in force: only root may read them. */
export const firewall: Check = {
  name: 'firewall',
  pace: 'often',
  look: async (sources) => judgeFirewall((await sources.service('firewall')).profiles)
}
