import { hash, verify } from '@node-rs/argon2'

/** argon2id with 19 MiB, two passes, one lane: the least that OWASP recommends. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const

/** Shortest password that is taken for a person. */
export const MIN_PASSWORD = 10

/** Hashes a password with a salt of its own, in the PHC form that carries its parameters. */
export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), cost)

/**
 * Compares a password with a person's hash. With no person it does the same work against a hash that nothing
 * matches, so that the time taken does not tell which e-mail addresses exist.
 */
export async function passwordMatches(stored: string | null, password: string): Promise<boolean> {
  const matches = await verify(stored ?? (await nobody()), password.normalize('NFKC'))
  return matches && stored !== null
}

let nobodysHash: Promise<string> | undefined
const nobody = (): Promise<string> => (nobodysHash ??= hashPassword(crypto.randomUUID()))

/** Does the work of the first comparison ahead of time, so that the first unknown e-mail is not the slow one. */
export async function warmPasswords(): Promise<void> {
  await nobody()
}
