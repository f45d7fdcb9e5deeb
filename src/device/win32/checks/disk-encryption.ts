import { judgeEncryption } from '../../../core/check/judge/disk-encryption'
import type { Check } from '../../contract/check'

/** BitLocker, through the service: only an administrator may ask. */
export const diskEncryption: Check = {
  name: 'disk-encryption',
  pace: 'often',
  look: async (sources) => judgeEncryption((await sources.service('volumes')).volumes)
}
