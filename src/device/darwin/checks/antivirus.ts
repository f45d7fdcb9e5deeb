import { z } from 'zod'
import { judgeAntivirus } from '../../../core/check/judge/antivirus'
import type { Check } from '../../contract/check'
import { garbled } from '../../contract/sources'
import { profile } from '../tools'

const entrySchema = z.looseObject({ _name: z.string(), install_date: z.iso.datetime().optional() })
/** The names under which the system installs its lists of malware. */
const lists: ReadonlySet<string> = new Set([
  'XProtectPlistConfigData',
  'XProtectPayloads',
  'XProtectCloudKitUpdate'
])

/**
 * XProtect: on while Gatekeeper assesses what is opened (spctl), and as fresh as the newest list in the installer's own
 * history. Its lists come every few weeks: a policy for Macs needs more days than one for other systems.
 */
export const antivirus: Check = {
  name: 'antivirus',
  pace: 'seldom',
  look: async (sources, rules) => {
    const { code, output } = await sources.ask('/usr/sbin/spctl', ['--status'])
    const word = /^assessments (enabled|disabled)\s*$/m.exec(output)?.[1]
    if (word === undefined || (word === 'enabled' && code !== 0)) throw garbled('spctl')
    const history = await profile(sources, 'SPInstallHistoryDataType', z.array(entrySchema).min(1))
    const dates = history.flatMap(({ _name, install_date }) =>
      lists.has(_name) && install_date !== undefined ? [Date.parse(install_date)] : []
    )
    const signatureAgeMs = dates.length === 0 ? null : sources.wallMs() - Math.max(...dates)
    return judgeAntivirus(
      [{ name: 'XProtect', running: word === 'enabled', signatureAgeMs, signed: true }],
      rules.antivirus
    )
  }
}
