// Writes src/vision/golden/expected.ts: what the right backend answers for the golden picture.
// Run it only when the weights change: npx tsx scripts/vision/golden.ts
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs'
import { goldenPicture, goldenStride } from '../../src/vision/golden/golden'
import { shippedDetector } from './model-files'

// The plain JavaScript backend is slow and has no vector instructions to get wrong.
await tf.setBackend('cpu')
const detector = shippedDetector()
await detector.load()
const { all: raw } = await detector.rawOutputs(goldenPicture())
const samples = [...raw].filter((_, index) => index % goldenStride === 0).map((value) => value.toFixed(3))
writeFileSync(
  join(import.meta.dirname, '../../src/vision/golden/expected.ts'),
  `/** Written by scripts/vision/golden.ts with tfjs's cpu backend and the weights ${detector.id}. */
export const expected: { readonly outputs: number; readonly samples: readonly number[] } = {
  outputs: ${raw.length},
  // prettier-ignore
  samples: [${samples.join(', ')}]
}
`
)
console.log(`${samples.length} samples of ${raw.length} outputs written`)
