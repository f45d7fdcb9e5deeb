// Records what the eyes say of the drawn clips, as a test desk would: for replays and for the judge's tests.
//   npx tsx scripts/vision/record.ts --out DIR [--scene clear|phone|second-person|nobody|demo|all] [--seed N]
// Writes DIR/SCENE.jsonl, seven and a half looks a second by the clip's own clock, so a slow machine records the same.
import { createWriteStream, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Answer, Observation } from '../../src/core/observation/observation'
import { recordingLine } from '../../src/core/observation/recording'
import { defaultRules } from '../../src/core/policy/defaults'
import type { Detector } from '../../src/vision/detector'
import { createWatcher } from '../../src/vision/watch'
import { drawFrames, framesPerSecond } from '../scene/scene'
import { scenes, type SceneName } from '../scene/scenes'
import { shippedDetector } from './model-files'
import { readPicture } from './picture'
import { startWasm } from './wasm'

const everyFrame = 4
/** How long a look takes by the recording's clock, milliseconds. */
const lookMs = 80

const isScene = (name: string): name is SceneName => Object.hasOwn(scenes, name)
const rounded = (score: number): number => Math.round(score * 1000) / 1000
const short = (answer: Answer): Answer =>
  answer.state === 'unknown'
    ? answer
    : answer.state === 'present'
      ? { ...answer, score: rounded(answer.score), share: rounded(answer.share) }
      : { ...answer, score: rounded(answer.score) }

/** Three digits say all there is to say, and keep the file small. */
const shortened = (observation: Observation): Observation => ({
  ...observation,
  phone: short(observation.phone),
  book: short(observation.book),
  screen: short(observation.screen),
  people:
    observation.people.state === 'counted'
      ? { ...observation.people, scores: observation.people.scores.map(rounded) }
      : observation.people
})

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      scene: { type: 'string', default: 'all' },
      seed: { type: 'string', default: '1' }
    }
  })
  const wanted = values.scene === 'all' ? Object.keys(scenes) : [values.scene]
  if (values.out === undefined || !wanted.every(isScene)) {
    console.error(`usage: record.ts --out DIR [--scene ${Object.keys(scenes).join('|')}|all] [--seed N]`)
    process.exit(2)
  }
  mkdirSync(values.out, { recursive: true })
  await startWasm()
  const shipped = shippedDetector()
  await shipped.load()
  let now = 0
  const detector: Detector = {
    ...shipped,
    detect: async (pixels, part) => {
      const detections = await shipped.detect(pixels, part)
      now += lookMs
      return detections
    }
  }
  const { phone, book, nobody } = defaultRules
  const thresholds = {
    phone: phone.threshold,
    book: book.threshold,
    person: Math.min(nobody.threshold, defaultRules['second-person'].threshold),
    screen: defaultRules['second-screen'].threshold
  }
  for (const scene of wanted) {
    const file = createWriteStream(join(values.out, `${scene}.jsonl`))
    let index = 0
    let seq = 0
    const watcher = createWatcher({ detector, backend: 'wasm', thresholds, clock: () => now })
    for await (const jpeg of drawFrames(scenes[scene](Number(values.seed)))) {
      const at = Math.round((index * 1000) / framesPerSecond)
      index += 1
      if ((index - 1) % everyFrame !== 0) continue
      now = Math.max(now, at)
      const pixels = await readPicture(jpeg)
      const { observation, error } = await watcher.observe({ seq, capturedAt: at, pixels })
      if (error) throw error
      seq += 1
      file.write(recordingLine({ at, observation: shortened(observation) }))
    }
    await new Promise((done) => file.end(done))
    console.log(`${scene}: ${seq} looks`)
  }
}

await main()
