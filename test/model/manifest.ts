import type { ModelDefinition } from '../../src/core/model/definition'
import { modelDigest } from '../../src/core/model/digest'
import type { ModelFile, ModelManifest } from '../../src/core/model/manifest'

const samples = [0, 1, 2, 3, 4]

export const anyDefinition: ModelDefinition = {
  format: 'tfjs-graph-model',
  entry: 'model.json',
  input: { name: 'picture', layout: 'NHWC', size: 320, type: 'float32', range: [0, 1], colour: 'RGB' },
  outputs: { boxes: 'boxes', scores: 'scores' },
  decoder: { kind: 'boxes-scores', order: 'yxyx', unit: 'share', scores: 'probability' },
  classes: (['person', 'cell phone', 'book', 'laptop'] as const).map((label, column) => ({ label, column })),
  golden: { outputs: 5, stride: 1, samples, tolerance: 0.1 }
}
const files: ModelFile[] = [
  { path: 'model.json', bytes: 10, sha256: 'a'.repeat(64) },
  { path: 'weights.bin', bytes: 20, sha256: 'b'.repeat(64) }
]
const score = { precision: 1, recall: 0.5, f1: 0.667, tp: 1, fp: 0, fn: 1 }

/** A whole manifest, measured as it says, before it is signed. */
export function anyManifest(change: Partial<ModelManifest> = {}): ModelManifest {
  const whole = {
    schema: 1 as const,
    name: 'desk-eyes',
    version: 3,
    description: 'Made up.',
    licence: 'Apache-2.0',
    source: 'nowhere',
    organisation: 'Demo Care',
    issuedAt: '2026-01-01T00:00:00.000Z',
    expiresAt: '2036-01-01T00:00:00.000Z',
    definition: anyDefinition,
    files,
    ...change
  }
  const measured = {
    command: 'eval:vision' as const,
    at: '2026-01-01T00:00:00.000Z',
    images: 100,
    digest: modelDigest(whole.definition, whole.files),
    scores: { phone: score, book: score, people: score, scene: score }
  }
  return { ...whole, measured: change.measured ?? measured }
}
