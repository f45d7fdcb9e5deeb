import { judgeEncryption } from '../../../core/check/judge/disk-encryption'
import type { Check } from '../../contract/check'
import { volumesOf } from './volumes'

/** Whether root, data and swap lie on encrypted devices. The kernel tells it to everybody: no service is needed. */
export const diskEncryption: Check = {
  name: 'disk-encryption',
  pace: 'seldom',
  look: async (sources) => judgeEncryption(await volumesOf(sources))
}
