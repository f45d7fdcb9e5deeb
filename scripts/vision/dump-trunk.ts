// Writes the folded trunk of coco-ssd for training (training/README.md): trunk.json and trunk.bin in the given folder.
//   npx tsx scripts/vision/dump-trunk.ts FOLDER
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { classIndexOf, watchedLabels } from '../../src/vision/coco-ssd/classes'
import { planCocoSsd } from '../../src/vision/coco-ssd/heads'
import type { Layer } from '../../src/vision/graph/fold'
import { readGraph } from '../../src/vision/graph/graph-def'
import { readModelFiles } from './model-files'

const folder = process.argv[2]
if (folder === undefined) {
  console.error('usage: npx tsx scripts/vision/dump-trunk.ts FOLDER')
  process.exit(2)
}
const plan = planCocoSsd(readGraph(readModelFiles()), watchedLabels.map(classIndexOf))
const arrays: Float32Array[] = []
let length = 0
const put = (data: Float32Array): number => {
  const at = length
  arrays.push(data)
  length += data.length
  return at
}
const described = (layer: Layer): unknown =>
  'filter' in layer
    ? {
        ...layer,
        filter: { shape: layer.filter.shape, at: put(layer.filter.data) },
        bias: { n: layer.bias.length, at: put(layer.bias) }
      }
    : layer
const layers = plan.layers.map(described)
const all = new Float32Array(length)
let at = 0
for (const data of arrays) {
  all.set(data, at)
  at += data.length
}
mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, 'trunk.json'), JSON.stringify({ input: plan.inputName, layers }))
writeFileSync(join(folder, 'trunk.bin'), Buffer.from(all.buffer))
console.log(`${layers.length} layers, ${length} weights`)
