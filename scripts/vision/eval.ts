// How good the eyes are: the shipped pipeline over a folder of labelled pictures, beside the plain coco-ssd package.
//   npm run -s eval:vision -- --data DIR --json FILE [--model DIR] [--phone N] [--book N] [--person N]
// DIR holds images/ and annotations.json (COCO). A still counts as one look; nothing is written about single pictures.
import { parseArgs } from 'node:util'
import * as tf from '@tensorflow/tfjs'
import { defaultRules } from '../../src/core/policy/defaults'
import { classIndexOf } from '../../src/vision/coco-ssd/classes'
import { observe, type Look } from '../../src/vision/observe'
import { writeReport } from '../bench/report'
import { readCocoFolder } from './coco-data'
import { loadDetector } from './load-detector'
import { scoresOf, verdictOf, type Scores, type Verdict } from './metrics'
import { readModelFiles } from './model-files'
import { readPicture } from './picture'
import { loadPlainCocoSsd, type PlainCocoSsd } from './plain'
import { startWasm } from './wasm'

/** The package reports at most this many objects. */
const mostObjects = 20
const packageDefault = 0.5
const tried = Array.from({ length: 18 }, (_, at) => 0.05 + at * 0.05)

const verdictFrom = (labels: readonly string[]): Verdict =>
  verdictOf({
    phone: labels.includes('cell phone'),
    book: labels.includes('book'),
    people: labels.filter((label) => label === 'person').length > 1
  })

/**
 * What the package's `detect()` would say at another threshold, from the graph's outputs: best class per anchor,
 * then suppression over all classes with the threshold as the overlap too, as the package does it.
 */
const labelsAt = (
  { scores, boxes }: Awaited<ReturnType<PlainCocoSsd['outputs']>>,
  threshold: number
): readonly string[] => {
  const classes = 90
  const anchors = scores.length / classes
  const best = new Float32Array(anchors)
  const which = new Int32Array(anchors)
  for (let at = 0; at < scores.length; at += 1) {
    const anchor = Math.floor(at / classes)
    const score = scores[at] ?? 0
    if (score <= (best[anchor] ?? 0)) continue
    best[anchor] = score
    which[anchor] = (at % classes) + 1
  }
  const kept = tf.tidy(() =>
    tf.image
      .nonMaxSuppression(
        tf.tensor2d(boxes, [anchors, 4]),
        tf.tensor1d(best),
        mostObjects,
        threshold,
        threshold
      )
      .dataSync()
  )
  const names = new Map(
    (['person', 'cell phone', 'book'] as const).map((label) => [classIndexOf(label), label])
  )
  return [...kept].map((anchor): string => names.get(which[anchor] ?? 0) ?? 'other')
}

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      json: { type: 'string' },
      model: { type: 'string' },
      phone: { type: 'string', default: '0.5' },
      book: { type: 'string', default: '0.5' },
      person: { type: 'string', default: '0.5' }
    }
  })
  if (values.data === undefined) {
    console.error(
      'usage: eval:vision --data DIR --json FILE [--model DIR] [--phone N] [--book N] [--person N]'
    )
    process.exit(2)
  }
  const thresholds = {
    phone: Number(values.phone),
    book: Number(values.book),
    person: Number(values.person),
    screen: defaultRules['second-screen'].threshold
  }
  await startWasm()
  const pictures = readCocoFolder(values.data)
  const files = readModelFiles()
  const { detector, measured } = await loadDetector(values.model)
  const plain = await loadPlainCocoSsd(files)
  const look: Look = { detector, backend: 'wasm', thresholds, clock: () => performance.now() }

  const ours: Verdict[] = []
  const byDefault: Verdict[] = []
  const byThreshold = tried.map((): Verdict[] => [])
  for (const { path } of pictures) {
    const pixels = await readPicture(path)
    const { observation, error } = await observe(look, {
      seq: ours.length,
      capturedAt: performance.now(),
      pixels
    })
    if (error) throw error
    ours.push(
      verdictOf({
        phone: observation.phone.state === 'present',
        book: observation.book.state === 'present',
        people: observation.people.state === 'counted' && observation.people.count > 1
      })
    )
    const found = await plain.detect(pixels, mostObjects, packageDefault)
    byDefault.push(verdictFrom(found.map((object) => object.class)))
    const outputs = await plain.outputs(pixels)
    tried.forEach((threshold, at) => byThreshold[at]?.push(verdictFrom(labelsAt(outputs, threshold))))
    if (ours.length % 25 === 0) console.error(`${ours.length} of ${pictures.length} pictures`)
  }

  const truths = pictures.map(({ truth }) => truth)
  const best = byThreshold
    .map((verdicts, at): { readonly threshold: number; readonly scores: Scores } => ({
      threshold: Math.round((tried[at] ?? 0) * 100) / 100,
      scores: scoresOf(truths, verdicts)
    }))
    .reduce((a, b) => (b.scores.scene.f1 > a.scores.scene.f1 ? b : a))
  writeReport('eval:vision', values.json, {
    images: pictures.length,
    ...measured,
    thresholds,
    pipeline: scoresOf(truths, ours),
    coco_ssd_default: scoresOf(truths, byDefault),
    coco_ssd_best: { threshold: best.threshold, ...best.scores }
  })
}

await main()
