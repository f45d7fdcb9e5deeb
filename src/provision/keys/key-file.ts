import { createCipheriv, createDecipheriv, createPublicKey, randomBytes, scrypt } from 'node:crypto'
import { open, readFile } from 'node:fs/promises'
import { z } from 'zod'
import { policyRootSchema } from '../../core/policy/envelope'
import { keyIdOf } from '../../core/trust/root'
import { ProvisionError } from '../problem'
import type { PolicyKey } from './policy-key'

/** Shortest passphrase that is taken for a policy key. */
export const MIN_PASSPHRASE = 12

const base64url = z.string().regex(/^[A-Za-z0-9_-]+$/)

/** A policy key on disk: the private half sealed under a passphrase, the public half bound to it. */
const keyFileSchema = z.strictObject({
  v: z.literal(1),
  type: z.literal('havendesk-policy-key'),
  root: policyRootSchema,
  kdf: z.strictObject({
    name: z.literal('scrypt'),
    // Bounded, so that a crafted file cannot ask for all memory.
    n: z.number().int().min(16_384).max(1_048_576),
    r: z.number().int().min(8).max(16),
    p: z.number().int().min(1).max(4),
    salt: base64url.length(22)
  }),
  iv: base64url.length(16),
  sealed: base64url.length(43),
  tag: base64url.length(22)
})
/** The public half of a key alone. */
const publicKeyFileSchema = z.strictObject({
  v: z.literal(1),
  type: z.literal('havendesk-public-key'),
  ...policyRootSchema.shape
})
type KeyFile = z.infer<typeof keyFileSchema>

const cost = { n: 131_072, r: 8, p: 1 } as const

/** Seals a key and writes it to a new file that only its owner can read. An existing file is never overwritten. */
export async function writeKeyFile(path: string, key: PolicyKey, passphrase: string): Promise<void> {
  if (passphrase.length < MIN_PASSPHRASE) {
    throw new ProvisionError(`The passphrase needs at least ${MIN_PASSPHRASE} characters.`)
  }
  const salt = randomBytes(16)
  const iv = randomBytes(12)
  const kdf = { name: 'scrypt', ...cost, salt: salt.toString('base64url') } as const
  const cipher = createCipheriv('aes-256-gcm', await derive(passphrase, kdf), iv)
  cipher.setAAD(boundTo({ root: key.root, kdf }))
  const sealed = Buffer.concat([cipher.update(key.seed), cipher.final()])
  const file: KeyFile = {
    v: 1,
    type: 'havendesk-policy-key',
    root: key.root,
    kdf,
    iv: iv.toString('base64url'),
    sealed: sealed.toString('base64url'),
    tag: cipher.getAuthTag().toString('base64url')
  }
  await writeNew(path, file)
}

/** Opens a key file. Throws `ProvisionError` for a wrong passphrase, and for a file that was changed. */
export async function readKeyFile(path: string, passphrase: string): Promise<PolicyKey> {
  const file = await parseKeyFile(path)
  const decipher = createDecipheriv(
    'aes-256-gcm',
    await derive(passphrase, file.kdf),
    Buffer.from(file.iv, 'base64url')
  )
  decipher.setAAD(boundTo(file))
  decipher.setAuthTag(Buffer.from(file.tag, 'base64url'))
  try {
    const seed = Buffer.concat([decipher.update(Buffer.from(file.sealed, 'base64url')), decipher.final()])
    return { root: file.root, seed }
  } catch {
    throw new ProvisionError(`${path} does not open: the passphrase is wrong, or the file was changed.`)
  }
}

/** The public half of a key, from a key file or from a file of the public half alone; needs no passphrase. */
export async function readKeyRoot(path: string): Promise<PolicyKey['root']> {
  const publicHalf = publicKeyFileSchema.safeParse(await readJson(path))
  if (!publicHalf.success) return (await parseKeyFile(path)).root
  const { keyId, publicKey } = publicHalf.data
  if (keyIdOf(publicKey) !== keyId)
    throw new ProvisionError(`${path}: keyId is not the SHA-256 of the key. Export it again.`)
  return { keyId, publicKey }
}

/** Writes the public half alone, to be handed to whoever makes the root. */
export async function writePublicKeyFile(path: string, root: PolicyKey['root']): Promise<void> {
  const file = { v: 1, type: 'havendesk-public-key', ...root } satisfies z.infer<typeof publicKeyFileSchema>
  await writeNew(path, file)
}

/** A raw public key of another maker's (a token, OpenSSL) under our name for it. Throws for what is no Ed25519 key. */
export function publicKeyOf(pem: string, path: string): PolicyKey['root'] {
  try {
    const { kty, crv, x } = createPublicKey(pem).export({ format: 'jwk' })
    if (kty === 'OKP' && crv === 'Ed25519' && x !== undefined) return { keyId: keyIdOf(x), publicKey: x }
  } catch {
    throw new ProvisionError(`${path} is no public key in PEM.`)
  }
  throw new ProvisionError(`${path} is not an Ed25519 key; no other kind is taken.`)
}

async function writeNew(path: string, file: object): Promise<void> {
  const handle = await open(path, 'wx', 0o600).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      throw new ProvisionError(`${path} exists already. Name another file: a key is never overwritten.`)
    }
    throw error
  })
  try {
    await handle.writeFile(`${JSON.stringify(file, null, 2)}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function parseKeyFile(path: string): Promise<KeyFile> {
  const json = await readJson(path)
  const parsed = keyFileSchema.safeParse(json)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new ProvisionError(
    `${path} is not a policy key file: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unknown form'}.`
  )
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new ProvisionError(
      `${path} cannot be read: ${error instanceof Error ? error.message : 'no reason given'}`
    )
  })
  try {
    return JSON.parse(text)
  } catch {
    throw new ProvisionError(`${path} is not a policy key file: it is not JSON.`)
  }
}

const boundTo = (file: Pick<KeyFile, 'root' | 'kdf'>): Buffer =>
  Buffer.from(
    JSON.stringify([
      'havendesk-policy-key',
      1,
      file.root.keyId,
      file.root.publicKey,
      file.kdf.n,
      file.kdf.r,
      file.kdf.p,
      file.kdf.salt
    ])
  )

function derive(passphrase: string, kdf: KeyFile['kdf']): Promise<Buffer> {
  const options = { N: kdf.n, r: kdf.r, p: kdf.p, maxmem: 256 * kdf.n * kdf.r }
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFKC'), Buffer.from(kdf.salt, 'base64url'), 32, options, (error, key) => {
      if (error === null) resolve(key)
      else reject(error)
    })
  })
}
