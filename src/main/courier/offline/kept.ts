import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { knownPersonSchema } from '../../../core/offline/admission'
import { err, ok, type Result } from '../../../core/result'
import { readSmall, syncFolder, writeDurably } from '../durable-file'
import { deriveKey, seal, unseal } from '../seal'
import { verifierSchema } from './verifier'

/** One person who may sign in without the hub, and the verifier of their password. */
const keptSchema = z.strictObject({ v: z.literal(1), known: knownPersonSchema, verifier: verifierSchema })
export type Kept = z.infer<typeof keptSchema>

const MAX_BYTES = 16 * 1024

/**
 * `offline.sealed` in the data folder: one file under a key of its own from the keychain's, bound to this device's name.
 * What was made on another workstation, or before another enrolment, does not open.
 */
export class KeptFile {
  readonly #path: string
  readonly #folder: string
  readonly #key: Uint8Array
  readonly #context: readonly string[]

  constructor(dataFolder: string, sealing: Uint8Array, device: string) {
    this.#folder = dataFolder
    this.#path = join(dataFolder, 'offline.sealed')
    this.#key = deriveKey(sealing, 'offline sign-in')
    this.#context = ['offline sign-in', device]
  }

  /** Null when there is none. */
  async read(): Promise<Result<Kept | null, string>> {
    try {
      const bytes = await readSmall(this.#path, MAX_BYTES)
      if (bytes === null) return ok(null)
      const plain = unseal(this.#key, bytes, this.#context)
      if (plain === null) return err('offline.sealed was altered, or is another workstation’s')
      const kept = keptSchema.safeParse(JSON.parse(Buffer.from(plain).toString('utf8')))
      return kept.success
        ? ok(kept.data)
        : err(`offline.sealed, ${kept.error.issues[0]?.path.join('.') ?? ''}`)
    } catch (error) {
      return err(`offline.sealed cannot be read: ${error instanceof Error ? error.message : ''}`)
    }
  }

  /** Resolves when the disk has it. */
  async write(kept: Kept): Promise<void> {
    const plain = Buffer.from(JSON.stringify(keptSchema.parse(kept)), 'utf8')
    await writeDurably(this.#path, seal(this.#key, plain, this.#context))
  }

  async remove(): Promise<void> {
    await rm(this.#path, { force: true })
    await syncFolder(this.#folder)
  }
}
