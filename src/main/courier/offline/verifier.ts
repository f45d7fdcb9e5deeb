import { randomBytes, timingSafeEqual } from 'node:crypto'
import { argon2idAsync } from '@noble/hashes/argon2.js'
import { z } from 'zod'

/**
 * argon2id with 19 MiB, two passes, one lane: the least that OWASP recommends, as at the hub. The values stand beside
 * each verifier, so that later ones may cost more.
 */
const COST = { memoryKiB: 19_456, passes: 2 } as const
const SALT_BYTES = 16
const HASH_BYTES = 32

export const verifierSchema = z.strictObject({
  kind: z.literal('argon2id'),
  memoryKiB: z.number().int().min(COST.memoryKiB).max(262_144),
  passes: z.number().int().min(COST.passes).max(16),
  /** Base64. */
  salt: z.string().length(24),
  hash: z.string().length(44)
})
export type Verifier = z.infer<typeof verifierSchema>

/** What tells a person's password from others, and does not give it away. */
export async function makeVerifier(password: string): Promise<Verifier> {
  const salt = randomBytes(SALT_BYTES)
  const hash = await derive(password, salt, COST)
  return {
    kind: 'argon2id',
    ...COST,
    salt: salt.toString('base64'),
    hash: Buffer.from(hash).toString('base64')
  }
}

export async function verifies(verifier: Verifier, password: string): Promise<boolean> {
  const hash = await derive(password, Buffer.from(verifier.salt, 'base64'), verifier)
  return timingSafeEqual(hash, Buffer.from(verifier.hash, 'base64'))
}

/** Gives way to other work now and then: the courier has to go on answering. */
const derive = (
  password: string,
  salt: Uint8Array,
  { memoryKiB, passes }: { readonly memoryKiB: number; readonly passes: number }
): Promise<Uint8Array> =>
  argon2idAsync(Buffer.from(password.normalize('NFKC'), 'utf8'), salt, {
    m: memoryKiB,
    t: passes,
    p: 1,
    dkLen: HASH_BYTES,
    asyncTick: 20
  })
