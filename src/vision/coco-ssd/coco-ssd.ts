import * as tf from '@tensorflow/tfjs'
import type { Box, Detection, Detections, Detector, Pixels } from '../detector'
import { goldenDifference, goldenPicture } from '../golden/golden'
import { readGraph, type ModelFiles } from '../graph/graph-def'
import { buildNetwork, type Network } from '../graph/network'
import { inWhole, keepBest, overlapOf } from '../overlap'
import { readHead } from '../desk-head/decode-head'
import { booksFrom, isRatherPhone, phonesFrom } from '../desk-head/fuse'
import type { DeskKind } from '../desk-head/kinds'
import { readDeskHead, type DeskHead } from '../desk-head/read-head'
import { resizer, wholePicture } from '../pixels/resize'
import { classIndexOf, watchedLabels } from './classes'
import { readClass, type Candidate } from './decode'
import { inputSize, planCocoSsd, type CocoSsdPlan } from './heads'

/** Candidates below this score are never looked at: no policy may set a threshold under it. */
export const scoreFloor = 0.05
/** Two boxes of one class that overlap more than this are one object. */
const sameObject = 0.5

const named = (label: DeskKind, candidates: readonly Candidate[]): readonly Detection[] =>
  candidates.map(({ score, box }) => ({ label, score, box }))

interface Loaded {
  readonly plan: CocoSsdPlan
  readonly network: Network
  readonly head: DeskHead | null
}

interface Answered {
  readonly plan: CocoSsdPlan
  readonly head: DeskHead | null
  /** The trunk's outputs: boxes and class scores per anchor. */
  readonly raw: Float32Array
  readonly headRaw: Float32Array
  /** Both, one after the other. */
  readonly all: Float32Array
}

/** The weights: coco-ssd's, and those of our own desk head. Without a head, coco-ssd looks alone. */
export interface CocoSsdFiles {
  readonly trunk: ModelFiles
  readonly head: ModelFiles | null
}

/**
 * coco-ssd on the current tfjs backend, with its graph folded at load: same weights and, per class, the same scores
 * and boxes as the package's own `detect()`, without its preprocessor loop and without classes nobody asked for.
 * Unlike the package's it answers every asked class on its own: a phone that looks even more like a remote
 * is still reported as a phone with the phone's score. Our desk head works on the same features in the same pass,
 * and what both say of a phone is put together as `phone`, what both say of a book as `book`.
 */
export const cocoSsd = (
  id: string,
  files: CocoSsdFiles
): Detector & { rawOutputs(pixels: Pixels): Promise<RawOutputs> } => {
  let loaded: Loaded | null = null
  let squeeze: ReturnType<typeof resizer> | null = null

  const run = async (pixels: Pixels, part: Box): Promise<Answered> => {
    if (!loaded || !squeeze) throw new Error('The detector was asked before it was loaded.')
    const { plan, network, head } = loaded
    const picture = tf.tensor4d(squeeze(pixels, part), [1, inputSize, inputSize, 3])
    try {
      const output = network.run(picture)
      try {
        const all = await output.data<'float32'>()
        const trunk = (plan.anchors.length / 4) * (4 + watchedLabels.length)
        return { plan, head, raw: all.subarray(0, trunk), headRaw: all.subarray(trunk), all }
      } finally {
        output.dispose()
      }
    } finally {
      picture.dispose()
    }
  }

  return {
    id,
    load: async () => {
      await tf.ready()
      const plan = planCocoSsd(readGraph(files.trunk), watchedLabels.map(classIndexOf))
      const head = files.head === null ? null : readDeskHead(files.head)
      const layers = [...plan.layers, ...(head?.layers ?? [])]
      const outputs = [...plan.outputs, ...(head === null ? [] : [head.output])]
      loaded?.network.dispose()
      loaded = { plan, head, network: buildNetwork(layers, plan.inputName, outputs) }
      squeeze = resizer(inputSize, plan.scale, plan.offset)
    },
    verify: async () => {
      const { all } = await run(goldenPicture(), wholePicture)
      return goldenDifference(all)
    },
    detect: async (pixels, part = wholePicture): Promise<Detections> => {
      const { plan, raw, head, headRaw } = await run(pixels, part)
      const found: Detection[] = []
      const best: Record<string, number> = {}
      watchedLabels.forEach((label, column) => {
        const read = readClass(plan, raw, column, watchedLabels.length, scoreFloor)
        best[label] = read.best
        const objects = keepBest(read.candidates, (kept, other) => overlapOf(kept, other) > sameObject)
        found.push(...objects.map((object) => ({ label, ...object })))
      })
      const shaped = (kind: DeskKind): readonly Candidate[] | null =>
        head === null ? null : readHead(head, headRaw, kind, scoreFloor)
      const phones = phonesFrom(found, shaped('phone'), part)
      best['phone'] = phones[0]?.score ?? 0
      const shapedBooks = shaped('book')
      const books = shapedBooks && booksFrom(found, shapedBooks)
      if (books) best['book'] = books[0]?.score ?? 0
      const others = books
        ? [...found.filter(({ label }) => label !== 'book'), ...named('book', books)]
        : found
      return {
        found: [...others.filter((object) => !isRatherPhone(object, phones)), ...named('phone', phones)]
          .map((object) => ({ ...object, box: inWhole(part, object.box) }))
          .sort((a, b) => b.score - a.score),
        best
      }
    },
    rawOutputs: async (pixels) => {
      const { plan, raw, all } = await run(pixels, wholePicture)
      return { plan, raw, all, labels: watchedLabels }
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
  /** The same, followed by the desk head's numbers. */
  readonly all: Float32Array
  readonly labels: readonly string[]
}
