import { fail, pass, unknown, type Finding } from '../finding'

/**
 * How one volume is kept. `suspended`: encrypted, with its key open beside it; `converting`: only a part is encrypted
 * as yet, or still; `locked`: encrypted, and not open now.
 */
export type VolumeState = 'encrypted' | 'plain' | 'suspended' | 'converting' | 'locked' | 'unknown'

export interface Volume {
  /** What it is for: `root`, `data`, `swap`, `C:`. Never a label that a person gave. */
  readonly use: string
  readonly state: VolumeState
}

/** Every volume that can hold data is encrypted, and its protection is on. */
export function judgeEncryption(volumes: readonly Volume[]): Finding {
  if (volumes.length === 0) return unknown('no volume is told of', 'remedy.disk-encryption.unknown')
  const evidence = volumes.map(({ use, state }) => `${use}: ${state}`).join('; ')
  const is = (wanted: VolumeState): boolean => volumes.some(({ state }) => state === wanted)
  if (is('plain')) return fail(evidence, 'remedy.disk-encryption.plain')
  if (is('suspended')) return fail(evidence, 'remedy.disk-encryption.suspended')
  if (is('converting')) return fail(evidence, 'remedy.disk-encryption.converting')
  if (is('unknown')) return unknown(evidence, 'remedy.disk-encryption.unknown')
  // Volumes that are all locked hold none of what runs: nothing was learnt of the one that does.
  if (!is('encrypted')) return unknown(evidence, 'remedy.disk-encryption.unknown')
  return pass(evidence)
}
