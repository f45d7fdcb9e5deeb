import { join } from 'node:path'
import { z } from 'zod'
import { envelopeSchema, policyRootSchema } from '../../../core/policy/envelope'
import { err, ok, type Result } from '../../../core/result'
import { rootEnvelopeSchema } from '../../../core/trust/root'
import { snapshotEnvelopeSchema } from '../../../core/trust/snapshot'
import { readSmall, writeDurably } from '../durable-file'
import { deriveKey, seal, unseal } from '../seal'

/** What this workstation is, as enrolment settled it. */
export const factsSchema = z.strictObject({
  v: z.literal(1),
  hubUrl: z.url({ protocol: /^https$/ }),
  /** PEM of the hub's own authority: the only one trusted for the hub. */
  hubCa: z.string().max(8000),
  device: z.uuid(),
  organisation: z.string(),
  team: z.string(),
  policyRoot: policyRootSchema,
  /** The newest policy that carried a valid signature; at first the one of the enrolment. */
  policy: envelopeSchema,
  /** What is trusted beyond the pinned key. A workstation that an older program enrolled has none yet. */
  trust: z
    .strictObject({
      /** The newest root; null while the pinned key stands for it. */
      root: rootEnvelopeSchema.nullable(),
      snapshot: snapshotEnvelopeSchema.nullable(),
      /** Whether `policy` was ever in force. What came with the enrolment is looked at first. */
      inForce: z.boolean(),
      /** The latest time that was ever seen, milliseconds since 1970. It never goes back. */
      timeSeen: z.number().nonnegative()
    })
    .optional(),
  /** SHA-256 of the token that was used, hex: tells a used ticket from a new one. */
  tokenDigest: z.string().length(64),
  /** Thumbprint of the device key that the hub knows. */
  keyThumbprint: z.string().length(43)
})
export type EnrolmentFacts = z.infer<typeof factsSchema>

const MAX_BYTES = 1024 * 1024
const context = ['enrolment'] as const
const pathOf = (dataFolder: string): string => join(dataFolder, 'enrolment.sealed')

/** True when the folder belongs to an enrolled workstation, whether or not its facts can be opened. */
export async function hasFacts(dataFolder: string): Promise<boolean> {
  return (await readSmall(pathOf(dataFolder), MAX_BYTES)) !== null
}

/** Opens the facts; null when there are none. */
export async function readFacts(
  dataFolder: string,
  sealing: Uint8Array
): Promise<Result<EnrolmentFacts | null, string>> {
  let bytes: Uint8Array | null
  try {
    bytes = await readSmall(pathOf(dataFolder), MAX_BYTES)
  } catch (error) {
    return err(`enrolment.sealed cannot be read: ${error instanceof Error ? error.message : ''}`)
  }
  if (bytes === null) return ok(null)
  const plain = unseal(deriveKey(sealing, 'enrolment'), bytes, context)
  if (plain === null)
    return err('enrolment.sealed was altered, or sealed with another key than the keychain holds')
  let json: unknown
  try {
    json = JSON.parse(Buffer.from(plain).toString('utf8'))
  } catch {
    return err('enrolment.sealed does not hold JSON')
  }
  const facts = factsSchema.safeParse(json)
  if (facts.success) return ok(facts.data)
  return err(`enrolment.sealed, ${facts.error.issues[0]?.path.join('.') ?? ''}: not as this version expects`)
}

/** Seals the facts and replaces the file as a whole. */
export async function writeFacts(
  dataFolder: string,
  sealing: Uint8Array,
  facts: EnrolmentFacts
): Promise<void> {
  const plain = Buffer.from(JSON.stringify(factsSchema.parse(facts)), 'utf8')
  await writeDurably(pathOf(dataFolder), seal(deriveKey(sealing, 'enrolment'), plain, context))
}
