import type { Rules } from '../../../../src/core/judgement/rule'
import { brightnessOf } from '../../../../src/vision/darkness'
import type { Detection, Pixels } from '../../../../src/vision/detector'
import type { Watcher } from '../../../../src/vision/watch'
import { readPicture } from '../../picture'
import type { PlainCocoSsd } from '../../plain'
import {
  objectQuestions,
  sceneOf,
  type LabelledPicture,
  type ObjectQuestion,
  type Question
} from '../labels/truth'
import type { Said } from './answers'
import type { Clock } from './clock'
import { bestPerAnchor, objectsAt, saidBy, scoresBy } from './plain-sweep'
import { mostObjects, packageDefault, triedThresholds } from './plain-thresholds'
import type { Progress } from './progress'
import type { RecordingDetector } from './recording'
import { heldFor, stillWatcher, type StillResult, type TriedStill } from './still'

export type Scores = Readonly<Record<Question, number>>

/** What one way of looking made of one picture. */
export interface Answered {
  readonly said: Said
  /** Best score per question, for curves. A scene's is its best question's, in units of that question's threshold. */
  readonly scores: Scores
  readonly persons: number | null
  /** Surest candidates with their places, for the report's pictures. */
  readonly found: readonly Detection[]
}

export interface MeasuredPicture {
  readonly picture: LabelledPicture
  readonly width: number
  readonly height: number
  /** Mean brightness, 0 to 255. */
  readonly brightness: number
  readonly pipeline: Answered
  readonly still: TriedStill
  readonly plain: Answered
  /** What the plain model says at each of `triedThresholds`. */
  readonly swept: readonly Said[]
}

export interface Unreadable {
  readonly file: string
  readonly why: string
}

export interface StillsOptions {
  readonly pictures: readonly LabelledPicture[]
  readonly newWatcher: () => Watcher
  readonly detector: RecordingDetector
  readonly plain: Pick<PlainCocoSsd, 'detectWithOutputs'>
  readonly clock: Clock
  readonly rules: Rules
  /** How long each still stands before the camera, milliseconds. */
  readonly forMs: number
  readonly progress: Progress
  readonly unreadable: (picture: Unreadable) => void
  /** Reads a picture file; for tests. */
  readonly read?: (path: string) => Promise<Pixels>
}

const thresholdFor = (rules: Rules, question: 'phone' | 'book' | 'people'): number =>
  rules[question === 'people' ? 'second-person' : question].threshold

const withScene = (
  scores: Readonly<Record<ObjectQuestion, number>>,
  threshold: (question: 'phone' | 'book' | 'people') => number
): Scores => ({
  ...scores,
  scene: Math.max(...(['phone', 'book', 'people'] as const).map((name) => scores[name] / threshold(name)))
})

const pipelineSaid = (result: StillResult): Said => {
  const [phone, book, people, screen] = objectQuestions.map((question) => heldFor(result, question))
  const said = { phone: phone === true, book: book === true, people: people === true }
  return { ...said, scene: sceneOf(said), screen: screen === true }
}

const askPlain = async (
  plain: StillsOptions['plain'],
  pixels: Pixels
): Promise<{ readonly plain: Answered; readonly swept: readonly Said[] }> => {
  const { objects, outputs } = await plain.detectWithOutputs(pixels, mostObjects, packageDefault)
  const anchors = bestPerAnchor(outputs)
  // For its curve: every score it has, under the overlap that its default uses.
  const all = objectsAt(anchors, triedThresholds[0] ?? packageDefault, packageDefault)
  return {
    plain: {
      said: saidBy(objects.map((object) => object.class)),
      scores: withScene(scoresBy(all), () => packageDefault),
      persons: objects.filter((object) => object.class === 'person').length,
      found: all.filter(({ label, score }) => label !== 'other' && score >= 0.2)
    },
    swept: triedThresholds.map((threshold) => saidBy(objectsAt(anchors, threshold).map(({ label }) => label)))
  }
}

/** Holds every picture before the pipeline and shows it to the plain model. One that can't be read is named and left out. */
export const measureStills = async (options: StillsOptions): Promise<readonly MeasuredPicture[]> => {
  const { pictures, newWatcher, detector, clock, rules, forMs, progress, unreadable } = options
  const read = options.read ?? readPicture
  const measured: MeasuredPicture[] = []
  const watch = stillWatcher({ newWatcher, clock, rules, forMs })
  for (const [at, picture] of pictures.entries()) {
    let pixels: Pixels
    try {
      pixels = await read(picture.path)
    } catch (cause) {
      unreadable({ file: picture.file, why: (cause instanceof Error ? cause.message : String(cause)).trim() })
      progress.done(at + 1)
      continue
    }
    detector.watch(pixels)
    const still = await watch(pixels)
    measured.push({
      picture,
      width: pixels.width,
      height: pixels.height,
      brightness: brightnessOf(pixels),
      still,
      pipeline: {
        said: pipelineSaid(still),
        scores: withScene(still.scores, (question) => thresholdFor(rules, question)),
        persons: still.persons,
        found: detector.found()
      },
      ...(await askPlain(options.plain, pixels))
    })
    progress.done(at + 1)
  }
  return measured
}
