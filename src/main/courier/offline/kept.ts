import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { knownPersonSchema } from '../../../core/offline/admission'
import { err, ok, type Result } from '../../../core/result'
import { readSmall, syncFolder, writeDurably } from '../durable-file'
import { deriveKey, seal, unseal } from '../seal'
import type { Generation } from './generation'
import { verifierSchema } from './verifier'

/** One person who may sign in without the hub, and the verifier of their password. */
const keptSchema = z.strictObject({ v: z.literal(1), known: knownPersonSchema, verifier: verifierSchema })
export type Kept = z.infer<typeof keptSchema>

/** What stands in the file. One from before files were numbered has none, which is the lowest. */
const fileSchema = keptSchema.extend({ generation: z.int().nonnegative().default(0) })

const MAX_BYTES = 16 * 1024

/**
 * `offline.sealed` in the data folder: one file under a key of its own from the keychain's, bound to this device's name.
 * What was made on another workstation, or before another enrolment, does not open. Each writing bears a number, and the
 * keychain the least that counts: an older copy that is put back does not open either. What is asked of it is done in
 * order, so that a write which a disk held back lands before the removal that was asked for after it.
 */
export class KeptFile {
  readonly #path: string
  readonly #folder: string
  readonly #key: Uint8Array
  readonly #context: readonly string[]
  readonly #generation: Generation
  #turn: Promise<unknown> = Promise.resolve()

  constructor(dataFolder: string, sealing: Uint8Array, device: string, generation: Generation) {
    this.#generation = generation
    this.#folder = dataFolder
    this.#path = join(dataFolder, 'offline.sealed')
    this.#key = deriveKey(sealing, 'offline sign-in')
    this.#context = ['offline sign-in', device]
  }

  /** Null when there is none. */
  read(): Promise<Result<Kept | null, string>> {
    return this.#next(async () => {
      try {
        return await this.#read()
      } catch (error) {
        return err(`offline.sealed cannot be read: ${error instanceof Error ? error.message : ''}`)
      }
    })
  }

  /** Resolves when the disk has it, and the keychain its number. */
  write(kept: Kept): Promise<void> {
    return this.#next(async () => {
      // The file goes first: between the two it bears more than the keychain asks for, and opens.
      const generation = (await this.#generation.least()) + 1
      const plain = Buffer.from(JSON.stringify(fileSchema.parse({ ...kept, generation })), 'utf8')
      await writeDurably(this.#path, seal(this.#key, plain, this.#context))
      await this.#generation.raise(generation)
    })
  }

  /** No copy of what was there opens afterwards. The file goes also when the keychain does not answer; then it rejects. */
  remove(): Promise<void> {
    return this.#next(async () => {
      try {
        await this.#raisePastAll()
      } finally {
        await rm(this.#path, { force: true })
        await syncFolder(this.#folder)
      }
    })
  }

  async #read(): Promise<Result<Kept | null, string>> {
    const bytes = await readSmall(this.#path, MAX_BYTES)
    if (bytes === null) return ok(null)
    const plain = unseal(this.#key, bytes, this.#context)
    if (plain === null) return err('offline.sealed was altered, or is another workstation’s')
    const file = fileSchema.safeParse(JSON.parse(Buffer.from(plain).toString('utf8')))
    if (!file.success) return err(`offline.sealed, ${file.error.issues[0]?.path.join('.') ?? ''}`)
    const { generation, ...kept } = file.data
    if (generation < (await this.#generation.least())) return err('offline.sealed is an older copy, put back')
    return ok(kept)
  }

  async #raisePastAll(): Promise<void> {
    // Two more: a write that was cut off between file and keychain left one that is a number ahead.
    await this.#generation.raise((await this.#generation.least()) + 2)
  }

  #next<T>(step: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(step)
    // Whoever asked hears of the failure; the next step goes on.
    this.#turn = done.catch(() => undefined)
    return done
  }
}
