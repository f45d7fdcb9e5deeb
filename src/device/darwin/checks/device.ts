import { z } from 'zod'
import { judgeAntivirus } from '../../../core/check/judge/antivirus'
import { judgeEncryption } from '../../../core/check/judge/disk-encryption'
import { judgeFirewall } from '../../../core/check/judge/firewall'
import { judgeSecureBoot } from '../../../core/check/judge/secure-boot'
import { judgeTpm } from '../../../core/check/judge/tpm'
import type { Check } from '../../contract/check'
import { garbled } from '../../contract/sources'
import { enclaveFacts, firewallProfiles, volumesOf } from '../privileged'
import { profile } from '../tools'

/** Everybody may ask fdesetup how FileVault is. */
export const diskEncryption: Check = {
  name: 'disk-encryption',
  pace: 'seldom',
  look: async (sources) => judgeEncryption(await volumesOf(sources))
}

export const firewall: Check = {
  name: 'firewall',
  pace: 'often',
  look: async (sources) => judgeFirewall(await firewallProfiles(sources))
}

/** The Secure Enclave in the place of a TPM. */
export const tpm: Check = {
  name: 'tpm',
  pace: 'seldom',
  look: async (sources) => judgeTpm(await enclaveFacts(sources))
}

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
    if (bridge.ibridge_secure_boot === undefined) return judgeSecureBoot('unknown')
    return judgeSecureBoot(bridge.ibridge_secure_boot === 'Full Security' ? 'on' : 'off')
  }
}

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
