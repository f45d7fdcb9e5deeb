import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { modelDefinitionSchema, modelFileNameSchema } from '../../core/model/definition'
import { modelDigest } from '../../core/model/digest'
import {
  MAX_MODEL_BYTES,
  MAX_MODEL_FILES,
  modelDraftSchema,
  type ModelDraft,
  type ModelFile
} from '../../core/model/manifest'
import { ProvisionError } from '../problem'

/** What the author of a model writes into its folder. */
export const DRAFT = 'manifest.json'

/** A model as it lies in its author's folder. */
export interface ModelFolder {
  readonly draft: ModelDraft
  readonly files: readonly ModelFile[]
  readonly bytes: ReadonlyMap<string, Uint8Array>
  /** Digest of all that decides what it says. */
  readonly digest: string
  /** Name, version and the start of the digest. */
  readonly id: string
}

/** Reads a model's folder. Throws `ProvisionError` that names the file and the field. */
export async function readModelFolder(folder: string): Promise<ModelFolder> {
  const draft = parsed(folder, modelDraftSchema, await readDraft(folder))
  const bytes = await readModelFiles(folder, draft.definition.entry)
  const files = [...bytes].map(([path, content]) => ({
    path,
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex')
  }))
  const digest = modelDigest(draft.definition, files)
  return { draft, files, bytes, digest, id: `${draft.name}@${draft.version}#${digest.slice(0, 12)}` }
}

/** A draft that lacks its golden expectation, for the tool that writes it. */
const unprovenSchema = modelDraftSchema.extend({
  definition: z.strictObject(modelDefinitionSchema.shape).omit({ golden: true }).loose()
})
export type UnprovenDraft = z.infer<typeof unprovenSchema>

/** Reads a folder whose golden expectation is not written yet, or is to be written anew. */
export async function readUnproven(
  folder: string
): Promise<{ readonly draft: UnprovenDraft; readonly bytes: ReadonlyMap<string, Uint8Array> }> {
  const draft = parsed(folder, unprovenSchema, await readDraft(folder))
  return { draft, bytes: await readModelFiles(folder, draft.definition.entry) }
}

async function readDraft(folder: string): Promise<unknown> {
  const path = join(folder, DRAFT)
  const text = await readFile(path, 'utf8').catch(() => {
    throw new ProvisionError(`${path} cannot be read. A model's folder has a ${DRAFT} that describes it.`)
  })
  try {
    return JSON.parse(text)
  } catch {
    throw new ProvisionError(`${path} is not JSON.`)
  }
}

function parsed<T>(folder: string, schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  const golden = problems.some((problem) => problem.startsWith('definition.golden'))
    ? [`"npm run -s model:golden -- --model ${folder}" writes definition.golden.`]
    : []
  throw new ProvisionError(
    [...problems, ...golden].map((line) => `${join(folder, DRAFT)}: ${line}`).join('\n')
  )
}

const entrySchema = z.object({
  weightsManifest: z.array(z.object({ paths: z.array(modelFileNameSchema) }))
})

/** The entry and every file that it names, and no other. */
async function readModelFiles(folder: string, entry: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const bytes = new Map([[entry, await readModelFile(folder, entry)]])
  let json: unknown
  try {
    json = JSON.parse(Buffer.from(bytes.get(entry) ?? []).toString('utf8'))
  } catch {
    throw new ProvisionError(`${join(folder, entry)} is not the entry of a graph model: it is not JSON.`)
  }
  const named = entrySchema.safeParse(json)
  if (!named.success)
    throw new ProvisionError(
      `${join(folder, entry)}: ${named.error.issues[0]?.path.join('.') ?? ''}: ${named.error.issues[0]?.message ?? ''}.`
    )
  const paths = named.data.weightsManifest.flatMap((group) => group.paths)
  if (paths.length >= MAX_MODEL_FILES)
    throw new ProvisionError(
      `${folder} has more than ${MAX_MODEL_FILES} files. Save the model in larger ones.`
    )
  let total = 0
  for (const path of paths) {
    const content = await readModelFile(folder, path)
    total += content.length
    if (total > MAX_MODEL_BYTES)
      throw new ProvisionError(`${folder} has more than ${MAX_MODEL_BYTES} bytes. Use a smaller model.`)
    bytes.set(path, content)
  }
  return bytes
}

/** One file of a model. */
export async function readModelFile(folder: string, path: string): Promise<Uint8Array> {
  const whole = join(folder, path)
  const size = await stat(whole).then(
    (found) => found.size,
    () => {
      throw new ProvisionError(`The model's file ${whole} is missing.`)
    }
  )
  if (size === 0 || size > MAX_MODEL_BYTES)
    throw new ProvisionError(
      `The model's file ${whole} has ${size} bytes; 1 to ${MAX_MODEL_BYTES} are allowed.`
    )
  return new Uint8Array(await readFile(whole))
}
