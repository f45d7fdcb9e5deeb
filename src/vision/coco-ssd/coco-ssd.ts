import * as tf from '@tensorflow/tfjs'
import type { Detection, Detections, Detector, Pixels } from '../detector'
import { goldenDifference, goldenPicture } from '../golden/golden'
import { readGraph, type ModelFiles } from '../graph/graph-def'
import { buildNetwork, type Network } from '../graph/network'
import { keepBest, overlapOf } from '../overlap'
import { resizer } from '../pixels/resize'
import { classIndexOf, watchedLabels } from './classes'
import { readClass } from './decode'
import { inputSize, planCocoSsd, type CocoSsdPlan } from './heads'

/** Candidates below this score are never looked at: no policy may set a threshold under it. */
export const scoreFloor = 0.05
/** Two boxes of one class that overlap more than this are one object. */
const sameObject = 0.5

interface Loaded {
  readonly plan: CocoSsdPlan
  readonly network: Network
}

/**
 * coco-ssd on the current tfjs backend, with its graph folded at load: same weights and, per class, the same scores
 * and boxes as the package's own `detect()`, without its preprocessor loop and without classes nobody asked for.
 * Unlike the package's it answers every asked class on its own: a phone that looks even more like a remote
 * is still reported as a phone with the phone's score.
 */
export const cocoSsd = (
  id: string,
  files: ModelFiles
): Detector & { rawOutputs(pixels: Pixels): Promise<RawOutputs> } => {
  let loaded: Loaded | null = null
  let squeeze: ReturnType<typeof resizer> | null = null

  const run = async (pixels: Pixels): Promise<{ readonly plan: CocoSsdPlan; readonly raw: Float32Array }> => {
    if (!loaded || !squeeze) throw new Error('The detector was asked before it was loaded.')
    const { plan, network } = loaded
    const picture = tf.tensor4d(squeeze(pixels), [1, inputSize, inputSize, 3])
    const output = network.run(picture)
    try {
      const raw = await output.data<'float32'>()
      return { plan, raw }
    } finally {
      picture.dispose()
      output.dispose()
    }
  }

  return {
    id,
    load: async () => {
      await tf.ready()
      const plan = planCocoSsd(readGraph(files), watchedLabels.map(classIndexOf))
      loaded?.network.dispose()
      loaded = { plan, network: buildNetwork(plan.layers, plan.inputName, plan.outputs) }
      squeeze = resizer(inputSize, plan.scale, plan.offset)
    },
    verify: async () => {
      const { raw } = await run(goldenPicture())
      return goldenDifference(raw)
    },
    detect: async (pixels): Promise<Detections> => {
      const { plan, raw } = await run(pixels)
      const found: Detection[] = []
      const best: Record<string, number> = {}
      watchedLabels.forEach((label, column) => {
        const read = readClass(plan, raw, column, watchedLabels.length, scoreFloor)
        best[label] = read.best
        const objects = keepBest(read.candidates, (kept, other) => overlapOf(kept, other) > sameObject)
        found.push(...objects.map((object) => ({ label, ...object })))
      })
      return { found: found.sort((a, b) => b.score - a.score), best }
    },
    rawOutputs: async (pixels) => {
      const { plan, raw } = await run(pixels)
      return { plan, raw, labels: watchedLabels }
    },
    dispose: () => {
      loaded?.network.dispose()
      loaded = null
    }
  }
}

/** Every anchor's numbers, for comparing against the original graph. */
export interface RawOutputs {
  readonly plan: CocoSsdPlan
  readonly raw: Float32Array
  readonly labels: readonly string[]
}
