import { mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { anyManifest } from '../../../test/model/manifest'
import { ProvisionError } from '../problem'
import type { ModelFolder } from './folder'
import { readMeasured } from './measured'

const folder = mkdtempSync(join(tmpdir(), 'hd-measured-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

const { files, measured, ...draft } = anyManifest()
const { digest } = measured
const model: ModelFolder = { draft, files, bytes: new Map(), digest, id: 'desk-eyes@3#0123456789ab' }

/** What eval:vision would have written, with these results beside or instead of the usual ones. */
const written = (results: Readonly<Record<string, unknown>>): string => {
  const file = join(folder, 'measured.json')
  const usual = { images: 100, model_digest: digest, clock: 'wall', pipeline: measured.scores }
  const at = '2026-11-20T10:00:00.000Z'
  writeFileSync(
    file,
    JSON.stringify({ schema: 1, command: 'eval:vision', at, results: { ...usual, ...results } })
  )
  return file
}

describe('readMeasured', () => {
  it('takes what was measured of this model by the wall clock', async () => {
    const taken = await readMeasured(written({}), model)
    expect(taken).toMatchObject({ images: 100, digest, scores: measured.scores })
  })

  it.each(['processor', 'stated'])(
    'refuses what was measured by the %s clock, and says how to measure',
    async (clock) => {
      const reading = readMeasured(written({ clock }), model)
      await expect(reading).rejects.toThrow(ProvisionError)
      await expect(reading).rejects.toThrow(
        new RegExp(`results\\.clock is ${clock}.*without --clock and --look-ms.*eval:vision`)
      )
    }
  )

  it.each([undefined, 'sun', 7])(
    'refuses a measurement whose clock is %s, by the field’s name',
    async (clock) => {
      await expect(readMeasured(written({ clock }), model)).rejects.toThrow(/results\.clock: must say wall,/)
    }
  )
})
