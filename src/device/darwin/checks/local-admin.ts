import { judgeLocalAdmin } from '../../../core/check/judge/local-admin'
import type { Check } from '../../contract/check'
import { garbled } from '../../contract/sources'

/** Groups that make an administrator: their numbers are the same on every Mac. */
const powerful: ReadonlyMap<string, string> = new Map([
  ['0', 'group wheel'],
  ['80', 'group admin']
])

export const localAdmin: Check = {
  name: 'local-admin',
  pace: 'often',
  look: async (sources) => {
    const groups = (await sources.tool('/usr/bin/id', ['-G'])).trim().split(' ')
    // Everybody is in `everyone` (12).
    if (!groups.every((group) => /^\d{1,10}$/.test(group)) || !groups.includes('12')) throw garbled('id')
    return judgeLocalAdmin(groups.flatMap((group) => powerful.get(group) ?? []))
  }
}
