import { judgeEncryption } from '../../../core/check/judge/disk-encryption'
import type { Check } from '../../contract/check'
import { volumesOf } from '../privileged'

/** Everybody may ask fdesetup how FileVault is. */
export const diskEncryption: Check = {
  name: 'disk-encryption',
  pace: 'seldom',
  look: async (sources) => judgeEncryption(await volumesOf(sources))
}
