// What looking costs: one frame to one observation, beside the coco-ssd package's own detect() on the same frames,
// backend and run, turn by turn.
//   npm run -s bench:vision -- --json FILE [--rounds N] [--data DIR]
// With --data the outputs are also compared on every picture of DIR/images.
import { parseArgs } from 'node:util'
import { cocoSsd } from '../../src/vision/coco-ssd/coco-ssd'
import type { Pixels } from '../../src/vision/detector'
import { observe, type Look } from '../../src/vision/observe'
import { drawFrames, framesPerSecond } from '../scene/scene'
import { scenes } from '../scene/scenes'
import { readCocoFolder } from '../vision/eval/labels/read-coco'
import { compareOutputs } from '../vision/compare'
import { modelId, readModelFiles } from '../vision/model-files'
import { readPicture } from '../vision/picture'
import { loadPlainCocoSsd } from '../vision/plain'
import { startWasm } from '../vision/wasm'
import { percentile } from './figures'
import { writeReport } from './report'

/** One frame of the demo clip per second. */
const demoFrames = async (): Promise<readonly Pixels[]> => {
  const frames: Pixels[] = []
  let index = 0
  for await (const jpeg of drawFrames(scenes.demo(1))) {
    if (index % framesPerSecond === 0) frames.push(await readPicture(jpeg))
    index += 1
  }
  return frames
}

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: { json: { type: 'string' }, data: { type: 'string' }, rounds: { type: 'string', default: '3' } }
  })
  await startWasm()
  const files = readModelFiles()
  const detector = cocoSsd(modelId(files), files)
  await detector.load()
  const plain = await loadPlainCocoSsd(files)
  const frames = await demoFrames()
  const look: Look = {
    detector,
    backend: 'wasm',
    thresholds: { phone: 0.5, book: 0.5, person: 0.5, screen: 0.5 },
    clock: () => performance.now()
  }
  const ours: number[] = []
  const theirs: number[] = []
  // The first round warms both up and is not counted.
  for (let round = 0; round <= Number(values.rounds); round += 1)
    for (const [seq, pixels] of frames.entries()) {
      const plainMs = await plain.time(pixels)
      const started = performance.now()
      const { error } = await observe(look, { seq, capturedAt: started, pixels })
      const oursMs = performance.now() - started
      if (error) throw error
      if (round === 0) continue
      theirs.push(plainMs)
      ours.push(oursMs)
    }

  const compared = [...frames]
  let score = 0
  let boxPx = 0
  const compare = async (pixels: Pixels): Promise<void> => {
    const worst = compareOutputs(await detector.rawOutputs(pixels), await plain.outputs(pixels), pixels)
    score = Math.max(score, worst.score)
    boxPx = Math.max(boxPx, worst.boxPx)
  }
  for (const pixels of compared) await compare(pixels)
  const extra = values.data === undefined ? [] : readCocoFolder(values.data).pictures
  for (const { path } of extra) await compare(await readPicture(path))

  const [mine, plainly] = [spreadOf(ours), spreadOf(theirs)]
  writeReport('bench:vision', values.json, {
    frame_ms: mine,
    coco_ssd_detect_ms: plainly,
    ratio: mine.p50 !== null && plainly.p50 ? Math.round((mine.p50 / plainly.p50) * 1000) / 1000 : null,
    max_box_diff_px: Number(boxPx.toPrecision(3)),
    max_score_diff: Number(score.toPrecision(3)),
    backend: 'wasm',
    threads: 1,
    frames: ours.length,
    compared_pictures: compared.length + extra.length,
    model: detector.id
  })
}

const spreadOf = (figures: readonly number[]) => ({
  p50: percentile(figures, 0.5),
  p95: percentile(figures, 0.95)
})

await main()
