import { z } from 'zod'
import { judgeSecureBoot } from '../../../core/check/judge/secure-boot'
import type { Check } from '../../contract/check'
import { garbled } from '../../contract/sources'
import { profile } from '../tools'

/** The other levels. On a Mac in another language the words are others: then nobody can tell. */
const weaker = /^(Reduced|Permissive|Medium|No) Security$/

/** System integrity protection by csrutil, and the start's own setting by what the T2 chip or Apple silicon tells. */
export const secureBoot: Check = {
  name: 'secure-boot',
  pace: 'seldom',
  look: async (sources) => {
    const said = (await sources.tool('/usr/bin/csrutil', ['status'])).trim()
    const word = /^System Integrity Protection status: (enabled|disabled|unknown)/.exec(said)?.[1]
    if (word === undefined) throw garbled('csrutil')
    const schema = z.array(z.looseObject({ ibridge_secure_boot: z.string().optional() })).max(4)
    const [bridge] = await profile(sources, 'SPiBridgeDataType', schema)
    if (word !== 'enabled') return judgeSecureBoot(word === 'disabled' ? 'off' : 'unknown')
    if (bridge === undefined) return judgeSecureBoot('legacy')
    const level = bridge.ibridge_secure_boot ?? ''
    if (level === 'Full Security') return judgeSecureBoot('on')
    return judgeSecureBoot(weaker.test(level) ? 'off' : 'unknown')
  }
}
