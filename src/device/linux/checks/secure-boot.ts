import { judgeSecureBoot, type SecureBootState } from '../../../core/check/judge/secure-boot'
import type { Check } from '../../contract/check'
import { garbled, ifThere, type Sources } from '../../contract/sources'

/** The global variables of the UEFI specification, section 3.3. */
const GLOBAL = '8be4df61-93ca-11d2-aa0d-00e098032b8c'
const VARIABLES = '/sys/firmware/efi/efivars'

/** Whether the firmware checks what it starts, from its own variables (efivarfs: four bytes of attributes, then the value). */
export const secureBoot: Check = {
  name: 'secure-boot',
  pace: 'seldom',
  look: async (sources) => judgeSecureBoot(await stateOf(sources))
}

async function stateOf(sources: Sources): Promise<SecureBootState> {
  // The kernel makes this folder on machines that were started by UEFI, and on no other.
  if (!(await sources.folder('/sys/firmware')).includes('efi')) return 'legacy'
  const on = await flag(sources, 'SecureBoot')
  const setup = await flag(sources, 'SetupMode')
  if (on === null || setup === null) return 'unknown'
  if (setup) return 'setup'
  return on ? 'on' : 'off'
}

async function flag(sources: Sources, name: string): Promise<boolean | null> {
  const file = await ifThere(sources.file(`${VARIABLES}/${name}-${GLOBAL}`))
  if (file === null) return null
  const value = file.text.codePointAt(4)
  if (file.text.length !== 5 || (value !== 0 && value !== 1)) throw garbled(name)
  return value === 1
}
