import { z } from 'zod'

/** The least share of one core that a policy may leave to looking: below it a busy scene is looked at too rarely. */
const leastShare = 0.2

/** The field of a policy's `sensor` for the share of one core that looks may take in the long run; may be left out. */
export const coreShareField = z.number().min(leastShare).max(1).optional()

/** Half a core for a person at work leaves the rest of the promise of 60 % to reading frames. */
export const defaultCoreShare = 0.5

export const coreShareOf = (sensor: { readonly coreShare?: number | undefined }): number =>
  sensor.coreShare ?? defaultCoreShare
