import { judgeTpm } from '../../../core/check/judge/tpm'
import type { Check } from '../../contract/check'
import { enclaveFacts } from '../privileged'

/** The Secure Enclave in the place of a TPM. */
export const tpm: Check = {
  name: 'tpm',
  pace: 'seldom',
  look: async (sources) => judgeTpm(await enclaveFacts(sources))
}
