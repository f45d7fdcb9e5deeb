import { defaultRules } from '../../../src/core/policy/defaults'
import type { Detection, Detections, Detector } from '../../../src/vision/detector'
import { answerOf, observationOf, peopleOf } from '../../../src/vision/observe'
import type { Watcher } from '../../../src/vision/watch'
import type { LabelledPicture, Truth } from './labels/truth'
import type { Clock } from './run/clock'
import { thresholdsOf } from './run/rules'
import type { Answered, MeasuredPicture } from './run/stills'

/** A clock that moves only when somebody waits or works. `share` is what of the work the processor did for us. */
export const scriptedClock = (share = 1): Clock & { work(ms: number): void } => {
  let [now, cpu] = [1000, 0]
  return {
    now: () => now,
    cpu: () => cpu,
    pause: (ms) => {
      now += ms
      return Promise.resolve()
    },
    work: (ms) => {
      now += ms
      cpu += ms * share
    }
  }
}

const whole = { x: 0.2, y: 0.2, width: 0.3, height: 0.3 }
export const seen = (label: string, score: number, box = whole): Detection => ({ label, score, box })

/** Detections as a detector reports them, from candidates. */
export const detections = (...found: readonly Detection[]): Detections => ({
  found: [...found].sort((a, b) => b.score - a.score),
  best: Object.fromEntries(
    ['person', 'phone', 'book', 'laptop', 'remote', 'tv'].map((label) => [
      label,
      Math.max(0.01, ...found.filter((one) => one.label === label).map(({ score }) => score))
    ])
  )
})

/** A detector that answers what its script says for its nth look, and works for as long as `workMs` says. */
export const scriptedDetector = (
  script: (look: number) => Detections,
  work: () => void = () => undefined
): Detector & { readonly looks: () => number } => {
  let looks = 0
  return {
    id: 'scripted@1#000000000000',
    load: () => Promise.resolve(),
    verify: () => Promise.resolve(0),
    dispose: () => undefined,
    looks: () => looks,
    detect: () => {
      work()
      looks += 1
      return Promise.resolve(script(looks))
    }
  }
}

/** The plainest watcher: one look at every whole frame, no memory. */
export const watcherOf = (detector: Detector, clock: Clock): Watcher => {
  const thresholds = thresholdsOf(defaultRules)
  const look = { detector, backend: 'wasm' as const, thresholds, clock: () => clock.now() }
  return {
    eager: false,
    pace: () => undefined,
    reset: () => undefined,
    observe: async (frame) => {
      const started = clock.now()
      const { found, best } = await detector.detect(
        frame.pixels ?? { width: 1, height: 1, data: new Uint8Array(4) }
      )
      const of = (label: string) => found.find((one) => one.label === label)
      const answers = {
        phone: answerOf(of('phone'), best['phone'], thresholds.phone),
        book: answerOf(of('book'), best['book'], thresholds.book),
        screen: answerOf(of('laptop'), best['laptop'], thresholds.screen),
        people: peopleOf(found, best['person'], thresholds.person)
      }
      const observation = observationOf(look, frame, answers, { started, ended: clock.now(), looked: true })
      return { observation, error: null, look: null }
    }
  }
}

export const clearTruth: Truth = { phone: false, book: false, people: false, scene: false, screen: false }

export const labelled = (over: Partial<LabelledPicture> = {}): LabelledPicture => ({
  file: 'a.png',
  path: 'a.png',
  truth: clearTruth,
  persons: 1,
  phoneShare: null,
  phoneHeld: null,
  boxes: [],
  tags: {},
  fields: {},
  ...over
})

export const answered = (
  said: Partial<Answered['said']>,
  scores: Partial<Answered['scores']> = {}
): Answered => ({
  said: { ...clearTruth, screen: false, ...said },
  scores: { phone: 0.1, book: 0.1, people: 0, screen: 0.1, scene: 0.2, ...scores },
  persons: 1,
  found: []
})

export const measuredPicture = (over: Partial<MeasuredPicture> = {}): MeasuredPicture => ({
  picture: labelled(),
  width: 640,
  height: 480,
  brightness: 120,
  pipeline: answered({}),
  plain: answered({}),
  swept: Array.from({ length: 18 }, () => ({ ...clearTruth, screen: false })),
  still: {
    held: new Set(),
    scores: { phone: 0.1, book: 0.1, people: 0, screen: 0.1 },
    persons: 1,
    absent: false,
    looks: 10,
    unanswered: 0,
    camera: [],
    frameMs: [80],
    cpuShare: 1,
    tries: 1
  },
  ...over
})
