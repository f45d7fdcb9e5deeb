import { judgeUpdates } from '../../../core/check/judge/os-updates'
import type { Check } from '../../contract/check'
import { garbled } from '../../contract/sources'
import { propertyList, valueOf } from '../tools'

const UPDATES = '/Library/Preferences/com.apple.SoftwareUpdate.plist'

/** What Software Update wrote down of its last look. It does not say which updates are for security: all of them count. */
export const osUpdates: Check = {
  name: 'os-updates',
  pace: 'seldom',
  look: async (sources, rules) => {
    const version = (await sources.tool('/usr/bin/sw_vers', ['-productVersion'])).trim()
    if (!/^\d+(\.\d+){0,2}$/.test(version)) throw garbled('sw_vers')
    const plist = await propertyList(sources, UPDATES)
    const date = valueOf(plist, 'LastSuccessfulDate')
    const looked = date?.kind === 'date' ? Date.parse(date.text) : Number.NaN
    const listed = /<key>RecommendedUpdates<\/key>\s*<array>([\s\S]*?)<\/array>/.exec(plist)
    const none = /<key>RecommendedUpdates<\/key>\s*<array\/>/.test(plist)
    const security = none ? 0 : listed === null ? null : [...(listed[1] ?? '').matchAll(/<dict>/g)].length
    const listAgeMs = Number.isNaN(looked) ? null : sources.wallMs() - looked
    return judgeUpdates({ system: 'macos', version, security, listAgeMs }, rules['os-updates'])
  }
}
