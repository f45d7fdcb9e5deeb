import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { MAX_MANIFEST_BYTES, modelEnvelopeSchema, type ModelEnvelope } from '../../../core/model/envelope'
import type { ModelFile, ModelManifest } from '../../../core/model/manifest'
import { fileFolder, manifestFolder, modelFilePath } from '../../model/place'
import { codeOf, readSmall, syncFolder, writeDurably } from '../durable-file'

/** An envelope: its payload in base64, and room for signatures. */
const MAX_ENVELOPE_BYTES = MAX_MANIFEST_BYTES * 2
const manifestName = /^[a-z0-9-]{1,40}@\d{1,10}\.json$/

/**
 * Models on this computer's disk. A manifest is written after all its files are whole and synced, so one that is
 * there was whole once; whether it still is, its hashes say.
 */
export class ModelShelf {
  constructor(private readonly dataFolder: string) {}

  async prepare(): Promise<void> {
    await mkdir(manifestFolder(this.dataFolder), { recursive: true, mode: 0o700 })
    await mkdir(fileFolder(this.dataFolder), { recursive: true, mode: 0o700 })
  }

  /** The envelopes that are kept, unverified. What is not one is left out. */
  async kept(): Promise<readonly ModelEnvelope[]> {
    const folder = manifestFolder(this.dataFolder)
    const names = (await readdir(folder)).filter((name) => manifestName.test(name))
    const read = names.map(async (name) => {
      try {
        const bytes = await readSmall(join(folder, name), MAX_ENVELOPE_BYTES)
        return modelEnvelopeSchema.safeParse(JSON.parse(Buffer.from(bytes ?? []).toString('utf8'))).data
      } catch {
        return undefined // damaged: it is fetched again like one that was never there
      }
    })
    return (await Promise.all(read)).filter((envelope) => envelope !== undefined)
  }

  /** True when the file is there with exactly the bytes that were signed. Reads it from end to end. */
  async holds({ sha256, bytes }: ModelFile): Promise<boolean> {
    const path = modelFilePath(this.dataFolder, sha256)
    try {
      const { size } = await stat(path)
      return size === bytes && (await hashOf(path)) === sha256
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return false
      throw error
    }
  }

  /**
   * Writes a file from pieces, going on where an earlier try ended. `next` answers the bytes from an offset on.
   * False, and nothing is kept, when the whole is not what was signed.
   */
  async write(file: ModelFile, next: (offset: number) => Promise<Uint8Array>): Promise<boolean> {
    const path = modelFilePath(this.dataFolder, file.sha256)
    const draft = `${path}.part`
    const handle = await open(draft, 'a', 0o600)
    try {
      let { size } = await handle.stat()
      if (size > file.bytes) {
        await handle.truncate(0)
        size = 0
      }
      while (size < file.bytes) {
        const piece = await next(size)
        await handle.appendFile(piece)
        size += piece.length
      }
      await handle.sync()
    } finally {
      await handle.close()
    }
    if ((await stat(draft)).size !== file.bytes || (await hashOf(draft)) !== file.sha256) {
      await rm(draft, { force: true })
      return false
    }
    await rename(draft, path)
    await syncFolder(fileFolder(this.dataFolder))
    return true
  }

  /** Keeps a manifest whose files are whole. */
  async keep(manifest: ModelManifest, envelope: ModelEnvelope): Promise<void> {
    const name = `${manifest.name}@${manifest.version}.json`
    await writeDurably(
      join(manifestFolder(this.dataFolder), name),
      Buffer.from(JSON.stringify(envelope), 'utf8')
    )
  }

  /** Removes every manifest but these, and the files that none of them needs. */
  async sweep(wanted: readonly ModelManifest[]): Promise<void> {
    const manifests = new Set(wanted.map(({ name, version }) => `${name}@${version}.json`))
    const files = new Set(wanted.flatMap((manifest) => manifest.files.map(({ sha256 }) => sha256)))
    await removeAllBut(manifestFolder(this.dataFolder), manifests)
    await removeAllBut(fileFolder(this.dataFolder), files)
  }
}

async function removeAllBut(folder: string, kept: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!kept.has(name)) await rm(join(folder, name), { force: true, recursive: true })
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
