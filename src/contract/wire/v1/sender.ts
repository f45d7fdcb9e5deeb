import { z } from 'zod'

export const flavourSchema = z.enum(['release', 'test', 'demo'])
export const keyClassSchema = z.enum(['keychain', 'tpm'])

/** What every request says of its sender. */
export const senderSchema = z.strictObject({
  flavour: flavourSchema,
  /** `version+commit` or the version alone. */
  build: z.string().min(1).max(80)
})
