import { judgeTpm, type TpmFacts } from '../../../core/check/judge/tpm'
import type { Check } from '../../contract/check'
import { garbled, type Sources } from '../../contract/sources'

const CLASS = '/sys/class/tpm'

/** Whether the kernel drives a TPM, and of which version (Documentation/ABI/stable/sysfs-class-tpm). */
export const tpm: Check = {
  name: 'tpm',
  pace: 'seldom',
  look: async (sources) => judgeTpm(await tpmFacts(sources))
}

/** A kernel without the class has no TPM that anybody could use. */
export async function tpmFacts(sources: Sources): Promise<TpmFacts> {
  const none: TpmFacts = { present: false, major: null, ready: false }
  if (!(await sources.folder('/sys/class')).includes('tpm')) return none
  const [first] = (await sources.folder(CLASS)).filter((name) => /^tpm\d{1,3}$/.test(name))
  if (first === undefined) return none
  const { text } = await sources.file(`${CLASS}/${first}/tpm_version_major`)
  const major = Number(/^([12])\n?$/.exec(text)?.[1] ?? Number.NaN)
  if (Number.isNaN(major)) throw garbled('tpm_version_major')
  return { present: true, major, ready: true }
}
