import { createHash, createPrivateKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { lstatSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Flavour } from '../../src/core/flavour'
import {
  programManifestSchema,
  programMessage,
  type ListedFile,
  type ProgramEnvelope
} from '../../src/core/integrity/manifest'
import type { SigningKey } from '../../src/core/trust/signed'
import { filesInArchive } from '../../src/device/program/archive'
import { applicationFolderOf, entriesOf } from '../../src/device/program/application-folder'
import { hashFile } from '../../src/device/program/hash-file'

/** The key of whoever builds: Ed25519. */
export interface BuildKey {
  readonly key: SigningKey
  readonly secret: KeyObject
}

/** A key for this one build; its secret half is gone when the build is done. */
export const temporaryKey = (): BuildKey => buildKeyOf(generateKeyPairSync('ed25519').privateKey)

/** Reads a key: PKCS#8 in PEM, as `openssl genpkey -algorithm ed25519` makes it. Throws with what to do. */
export function readBuildKey(file: string): BuildKey {
  const { mode } = statSync(file)
  if ((mode & 0o077) !== 0) {
    throw new Error(`--sign-key: others may read ${file}. Change that first: chmod 600 ${file}`)
  }
  const secret = privateKeyIn(file)
  if (secret.asymmetricKeyType !== 'ed25519') {
    throw new Error(
      `--sign-key: ${file} is no Ed25519 key. Make one with: openssl genpkey -algorithm ed25519`
    )
  }
  return buildKeyOf(secret)
}

function privateKeyIn(file: string): KeyObject {
  try {
    return createPrivateKey(readFileSync(file))
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unreadable'
    throw new Error(`--sign-key: ${file} is no private key in PEM without a passphrase (${why}).`, {
      cause: error
    })
  }
}

function buildKeyOf(secret: KeyObject): BuildKey {
  const { x } = secret.export({ format: 'jwk' })
  if (typeof x !== 'string') throw new Error('the key has no public half')
  const keyId = createHash('sha256').update(Buffer.from(x, 'base64url')).digest('hex')
  return { key: { keyId, publicKey: x }, secret }
}

export interface SignProgramOptions {
  /** `…/resources/app.asar` of the packaged program. */
  readonly archive: string
  readonly flavour: Flavour
  readonly version: string
  readonly by: BuildKey
}

/** Lists every file of a packaged program and lays the signed list beside its archive. Answers how many there are. */
export async function signProgram({ archive, flavour, version, by }: SignProgramOptions): Promise<number> {
  const folder = applicationFolderOf(archive)
  const atOnce = (): Promise<void> => Promise.resolve()
  const files: ListedFile[] = []
  for (const { path, kind, size } of entriesOf(folder)) {
    if (kind !== 'file') throw new Error(`${path} is a ${kind}: a package has plain files alone`)
    files.push({ path, size, sha256: await hashFile(join(folder.root, path), atOnce) })
  }
  const inside: ListedFile[] = []
  for (const file of await filesInArchive(archive)) {
    inside.push({ path: file.path, size: file.bytes, sha256: await hashFile(archive, atOnce, file) })
  }
  const manifest = programManifestSchema.parse({ schema: 1, version, flavour, files, inside })
  const payload = Buffer.from(JSON.stringify(manifest))
  const envelope: ProgramEnvelope = {
    v: 1,
    type: 'havendesk-program',
    payload: payload.toString('base64url'),
    signatures: [
      {
        keyId: by.key.keyId,
        signature: sign(null, programMessage(payload), by.secret).toString('base64url')
      }
    ]
  }
  if (lstatSync(folder.manifest, { throwIfNoEntry: false }) !== undefined) {
    throw new Error(`${folder.manifest} is there already: package into an empty folder`)
  }
  writeFileSync(folder.manifest, `${JSON.stringify(envelope)}\n`)
  return files.length
}
