import { judgeClock } from '../../../core/check/judge/clock'
import type { Check } from '../../contract/check'
import { garbled } from '../../contract/sources'
import { propertyList, valueOf } from '../tools'

/** Whether the time daemon sets the clock by itself, by its own settings. Where they may not be read, nobody can tell. */
export const clock: Check = {
  name: 'clock',
  pace: 'often',
  look: async (sources) => {
    const value = valueOf(
      await propertyList(sources, '/private/var/db/timed/Library/Preferences/com.apple.timed.plist'),
      'TMAutomaticTimeOnlyEnabled'
    )
    if (value?.kind !== 'true' && value?.kind !== 'false') throw garbled('timed')
    return judgeClock(value.kind === 'true')
  }
}
