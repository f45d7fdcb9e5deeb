import { judgeTpm } from '../../../core/check/judge/tpm'
import type { Check } from '../../contract/check'

/** The TPM, through the service: only an administrator may ask. */
export const tpm: Check = {
  name: 'tpm',
  pace: 'seldom',
  look: async (sources) => judgeTpm(await sources.service('tpm'))
}
