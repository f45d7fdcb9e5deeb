// A long watch of a clean desk: what is raised though nothing is there, what looking costs, what memory does.
// The desk is drawn frame by frame (mug, headset and hands are drawn shapes, the people are photographs). Time is the
// processor time that the pipeline itself takes, plus its rests: an idle computer, watched as fast as this one can.
import { defaultRules } from '../../src/core/policy/defaults'
import type { Detector } from '../../src/vision/detector'
import { readCommandLine, refuse } from '../command-line'
import { thresholdsOf } from '../vision/eval/run/rules'
import { shippedDetector } from '../vision/model-files'
import { startWasm } from '../vision/wasm'
import { holdTo } from './promised'
import { assertWritable, writeReport } from './report'
import { openDesk } from './soak/desk'
import { withFlickers } from './soak/flicker'
import { drawnCamera, replayedCamera } from './soak/frames'
import { sampleMemory, type MemorySample } from './soak/memory'
import { readOptions } from './soak/options'
import { stubDetector } from './soak/stub'
import { createTally } from './soak/tally'
import { watchDesk } from './soak/watch'
import { witnessed } from './soak/witness'
import { workClock, type WorkClock } from './soak/work-clock'

/** How often the golden picture is looked at before anything counts, as the live sensor does. */
const warmUps = 3

const loaded = async (stub: boolean, clock: WorkClock): Promise<Detector> => {
  // Tensors are counted with a stub, too, and only a backend can count them.
  await startWasm()
  if (stub) return stubDetector(clock)
  const detector = shippedDetector()
  await detector.load()
  for (let look = 0; look < warmUps; look += 1) await detector.verify()
  return detector
}

const usage = `usage: soak:vision [--minutes N] [--scene working|still] [--flicker] [--seed N] [--stub]
                   [--replay SECONDS] [--gap MS] [--sample MINUTES] [--json FILE]
  --minutes  how long the desk is watched, in the desk's own time (10)
  --scene    working: gestures, a mug, changing light; still: breath alone (working)
  --flicker  adds a false phone, book or second person to single looks
  --seed     picks person, room and movements (1)
  --stub     a detector that always sees the same in place of the network
  --replay   plays so many drawn seconds over and over (0: everything is drawn)
  --gap      reads frames no more often than this (0)
  --sample   how often memory is noted (10)
  --json     where the figures go (they are printed too)`

const main = async (): Promise<void> => {
  const values = readCommandLine(usage, {
    json: { type: 'string' },
    minutes: { type: 'string', default: '10' },
    scene: { type: 'string', default: 'working' },
    flicker: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    stub: { type: 'boolean', default: false },
    replay: { type: 'string', default: '0' },
    gap: { type: 'string', default: '0' },
    sample: { type: 'string', default: '10' }
  })
  assertWritable(values.json)
  const read = readOptions(values)
  if (!read.ok) return refuse(usage, read.error)
  const { minutes, scene, seed, replaySeconds, gapMs, sampleMinutes } = read.value
  const clock = workClock()
  const plain = await loaded(values.stub, clock)
  const flickers = values.flicker ? withFlickers(plain, seed + 9) : null
  const desk = await openDesk(scene, seed, replaySeconds > 0 ? replaySeconds : minutes * 60)
  const witness = witnessed(flickers?.detector ?? plain)
  const tally = createTally(witness.place)
  const samples: MemorySample[] = []
  let nextSample = 0
  await watchDesk({
    camera: replaySeconds > 0 ? replayedCamera(desk, replaySeconds, seed) : drawnCamera(desk),
    clock,
    detector: witness.detector,
    thresholds: thresholdsOf(defaultRules),
    rules: defaultRules,
    seed,
    forMs: minutes * 60_000,
    leastGapMs: gapMs,
    turn: (turn) => {
      tally.take(turn)
      const minute = turn.at / 60_000
      if (minute < nextSample) return
      // The first one when everything has been asked for once.
      nextSample = samples.length === 0 ? Math.min(1, sampleMinutes) : nextSample + sampleMinutes
      const sample = sampleMemory(minute)
      samples.push(sample)
      const held = `${sample.tensors} tensors, heap ${sample.heap_mb} MB, arrays ${sample.arrays_mb} MB`
      console.error(`minute ${minute.toFixed(1)} of ${minutes}: ${held}, in all ${sample.rss_mb} MB`)
    }
  })
  samples.push(sampleMemory(minutes))
  const results = tally.results()
  writeReport('soak:vision', values.json, {
    scene,
    seed,
    detector: plain.id,
    minutes,
    frames_from: replaySeconds > 0 ? `${replaySeconds} s drawn, played over and over` : 'drawn one by one',
    least_gap_ms: gapMs,
    ...results,
    flickers: flickers?.counts ?? null,
    collected_before_sampling: globalThis.gc !== undefined,
    memory: samples
  })
  const tensors = samples.map((sample) => sample.tensors)
  holdTo([
    { figure: 'covers', value: results.blanks, most: 0 },
    { figure: 'share of a core', value: results.core_share, most: scene === 'still' ? 0.15 : 0.6 },
    {
      figure: 'tensors more at the end than at the first sample',
      value: (tensors.at(-1) ?? NaN) - (tensors[0] ?? NaN),
      most: 0
    }
  ])
}

await main()
