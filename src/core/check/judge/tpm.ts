import { fail, pass, type Finding } from '../finding'

export interface TpmFacts {
  readonly present: boolean
  /** The version of the specification: 2 or 1; null when there is none. */
  readonly major: number | null
  /** False when the system has it switched off. */
  readonly ready: boolean
}

/** A TPM of version 2 is there and may be used. */
export function judgeTpm({ present, major, ready }: TpmFacts): Finding {
  if (!present || major === null) return fail('no TPM', 'remedy.tpm.missing')
  if (major < 2) return fail(`a TPM of version ${major}`, 'remedy.tpm.old')
  return ready ? pass('a TPM of version 2') : fail('the TPM is switched off', 'remedy.tpm.off')
}
