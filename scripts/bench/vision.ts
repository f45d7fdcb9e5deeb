// What looking costs: the standing loop (frame to observation, all questions, closer looks at their real rate) on a clip
// of a person at work, played at its own speed, beside the coco-ssd package's own detect() on the same frames, backend
// and run, turn by turn.
//   npm run -s bench:vision -- --json FILE [--seconds N] [--data DIR]
// With --data the folded graph's outputs are also compared with the original's on every picture of DIR/images.
import type { Pixels } from '../../src/vision/detector'
import { createWatcher } from '../../src/vision/watch'
import { restAfter } from '../../src/renderer/sensor/worker/pace'
import { numberIn, readCommandLine } from '../command-line'
import { drawFrames, framesPerSecond } from '../scene/scene'
import { scenes } from '../scene/scenes'
import { readCocoFolder } from '../vision/eval/labels/read-coco'
import { compareOutputs } from '../vision/compare'
import { readModelFiles, shippedDetector } from '../vision/model-files'
import { readPicture } from '../vision/picture'
import { loadPlainCocoSsd } from '../vision/plain'
import { startWasm } from '../vision/wasm'
import { percentile } from './figures'
import { holdTo } from './promised'
import { assertWritable, writeReport } from './report'

/** A person at a desk, moving as people do, nothing else in view: the loop's ordinary day. */
const clipOf = async (seconds: number): Promise<readonly Pixels[]> => {
  const frames: Pixels[] = []
  for await (const jpeg of drawFrames({ ...scenes.clear(1), seconds })) frames.push(await readPicture(jpeg))
  return frames
}

const pause = (ms: number): Promise<void> => new Promise((resume) => setTimeout(resume, ms))
const meanOf = (figures: readonly number[]): number =>
  figures.reduce((sum, figure) => sum + figure, 0) / Math.max(1, figures.length)
const rounded = (value: number): number => Math.round(value * 1000) / 1000

const usage = `usage: bench:vision [--seconds N] [--data DIR] [--json FILE]
  --seconds  how long the clip is played (20)
  --data     also compares the folded graph with the original on every picture of DIR/images
  --json     where the figures go (they are printed too)`

const main = async (): Promise<void> => {
  const values = readCommandLine(usage, {
    json: { type: 'string' },
    data: { type: 'string' },
    seconds: { type: 'string', default: '20' }
  })
  assertWritable(values.json)
  const seconds = numberIn(usage, 'seconds', values.seconds, [1, 3600])
  await startWasm()
  const detector = shippedDetector()
  await detector.load()
  const plain = await loadPlainCocoSsd(readModelFiles())
  const clip = await clipOf(10)
  const clock = (): number => performance.now()
  const thresholds = { phone: 0.5, book: 0.5, person: 0.5, screen: 0.5 }

  // Both are warm before anything counts.
  for (const pixels of clip.slice(0, 3)) {
    await detector.detect(pixels)
    await plain.time(pixels)
  }

  const ours: number[] = []
  const looks: number[] = []
  const theirs: number[] = []
  const watcher = createWatcher({ detector, backend: 'wasm', thresholds, clock })
  let seq = 0
  /** The plain detector's turns stop the clip: they are measured on the same frames, not in the loop's time. */
  let stopped = 0
  const started = clock()
  const played = (): number => clock() - started - stopped
  for (let turn = 0; played() < seconds * 1000;) {
    const pixels = clip[Math.floor((played() / 1000) * framesPerSecond) % clip.length]
    if (!pixels) throw new Error('The clip has no frames.')
    const before = clock()
    const { error, look } = await watcher.observe({ seq, capturedAt: before, pixels })
    const took = clock() - before
    if (error) throw error
    seq += 1
    ours.push(took)
    if (look) looks.push(took)
    if (played() > turn * 250) {
      const paused = clock()
      theirs.push(await plain.time(pixels))
      stopped += clock() - paused
      turn += 1
    }
    await pause(restAfter(took, watcher.eager))
  }
  const share = ours.reduce((sum, ms) => sum + ms, 0) / played()

  let score = 0
  let boxPx = 0
  const compare = async (pixels: Pixels): Promise<void> => {
    const worst = compareOutputs(await detector.rawOutputs(pixels), await plain.outputs(pixels), pixels)
    score = Math.max(score, worst.score)
    boxPx = Math.max(boxPx, worst.boxPx)
  }
  const sample = clip.filter((_, index) => index % framesPerSecond === 0)
  for (const pixels of sample) await compare(pixels)
  const extra = values.data === undefined ? [] : readCocoFolder(values.data).pictures
  for (const { path } of extra) await compare(await readPicture(path))

  const [mine, plainly] = [spreadOf(ours), spreadOf(theirs)]
  const ofPlain = (ms: number | null): number | null =>
    ms !== null && plainly.p50 ? rounded(ms / plainly.p50) : null
  const [ratioP50, ratioMean] = [ofPlain(mine.p50), ofPlain(meanOf(ours))]
  const ratio = ratioP50 === null || ratioMean === null ? null : Math.max(ratioP50, ratioMean)
  writeReport('bench:vision', values.json, {
    frame_ms: { ...mine, mean: rounded(meanOf(ours)) },
    coco_ssd_detect_ms: plainly,
    // The larger of both: a median alone would hide looks that fewer than half of the frames pay for.
    ratio,
    ratio_p50: ratioP50,
    ratio_mean: ratioMean,
    look_ms: spreadOf(looks),
    look_ratio: ofPlain(percentile(looks, 0.5)),
    frames: ours.length,
    looks: looks.length,
    core_share: rounded(share),
    max_box_diff_px: Number(boxPx.toPrecision(3)),
    max_score_diff: Number(score.toPrecision(3)),
    backend: 'wasm',
    threads: 1,
    compared_pictures: sample.length + extra.length,
    model: detector.id
  })
  holdTo([
    { figure: 'cost of a frame beside detect()', value: ratio, most: 0.6 },
    { figure: 'boxes differ by, px', value: boxPx, most: 1 },
    { figure: 'scores differ by', value: score, most: 0.01 }
  ])
}

const spreadOf = (figures: readonly number[]) => ({
  p50: percentile(figures, 0.5),
  p95: percentile(figures, 0.95)
})

await main()
