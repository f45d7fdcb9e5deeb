import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { modelScoresSchema, type ModelMeasured } from '../../core/model/manifest'
import { ProvisionError } from '../problem'
import type { ModelFolder } from './folder'

/** Figures that a newer evaluation reports beside these are of no interest here. */
const scores = z.object(modelScoresSchema.shape)

/** The part of `eval:vision --json FILE` that a signature vouches for. */
const resultSchema = z.object({
  schema: z.literal(1),
  command: z.literal('eval:vision'),
  at: z.iso.datetime(),
  results: z.object({
    images: z.number().int().positive(),
    model_digest: z.string(),
    /** Whose time a still had: `wall` is what a desk has; `processor` and `stated` are other computers'. */
    clock: z.enum(['wall', 'processor', 'stated'], { error: 'must say wall, processor or stated' }),
    pipeline: z.object({ phone: scores, book: scores, people: scores, scene: scores })
  })
})

/** Takes a measurement of exactly this model from its report. Throws `ProvisionError` for any other. */
export async function readMeasured(file: string, { digest, id }: ModelFolder): Promise<ModelMeasured> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new ProvisionError(`${file} cannot be read. ${how}`)
  })
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new ProvisionError(`${file} is not a measurement: it is not JSON. ${how}`)
  }
  const parsed = resultSchema.safeParse(json)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new ProvisionError(
      `${file} is not a measurement of an installed model: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}. ${how}`
    )
  }
  const { at, results } = parsed.data
  if (results.model_digest !== digest)
    throw new ProvisionError(
      `${file} measured another model (${results.model_digest.slice(0, 12)}) than ${id}. Measure it again: ${how}`
    )
  // Looks that a busy computer never gave would count as given: figures that are claimed come from the wall clock.
  if (results.clock !== 'wall')
    throw new ProvisionError(
      `${file}: results.clock is ${results.clock}: such figures are another computer's and are not signed. Measure again without --clock and --look-ms: ${how}`
    )
  return { command: 'eval:vision', at, images: results.images, digest, scores: results.pipeline }
}

const how = 'Do "npm run -s eval:vision -- --model DIR --data DIR --json FILE" first.'
