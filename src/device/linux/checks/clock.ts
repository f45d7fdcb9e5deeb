import { judgeClock } from '../../../core/check/judge/clock'
import type { Check } from '../../contract/check'
import { garbled } from '../../contract/sources'

/** Whether a time server keeps the clock, as the kernel says (the flag that adjtimex(2) has; systemd-timedated passes it on). */
export const clock: Check = {
  name: 'clock',
  pace: 'often',
  look: async (sources) => {
    const args = ['show', '--property=NTPSynchronized', '--value']
    const said = (await sources.tool('/usr/bin/timedatectl', args)).trim()
    if (said !== 'yes' && said !== 'no') throw garbled('timedatectl')
    return judgeClock(said === 'yes')
  }
}
