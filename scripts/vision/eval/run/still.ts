import type { RuleId, Rules } from '../../../../src/core/judgement/rule'
import type { CameraVerdict } from '../../../../src/core/observation/camera-truth'
import type { Pixels } from '../../../../src/vision/detector'
import type { Watcher } from '../../../../src/vision/watch'
import { objectQuestions, type ObjectQuestion } from '../labels/truth'
import { cameraVerdictsIn, personsIn, ruleFor, scoresIn, unansweredIn } from './answers'
import type { Clock } from './clock'
import { watchLoop } from './watch-loop'

/** What the pipeline made of one still. */
export interface StillResult {
  /** Rules that held at some instant of the time given. */
  readonly held: ReadonlySet<RuleId>
  /** Best score of any look, per question. */
  readonly scores: Readonly<Record<ObjectQuestion, number>>
  /** People counted by the last look; null when it had no answer. */
  readonly persons: number | null
  /** Every look that landed in time counted nobody, and there was one. */
  readonly absent: boolean
  readonly looks: number
  /** Looks without an answer to some question. */
  readonly unanswered: number
  /** Camera-truth verdicts that held: reported, not applied; a still is no camera. */
  readonly camera: readonly CameraVerdict[]
  /** Time that looks took, milliseconds each. */
  readonly frameMs: readonly number[]
  /** Share of the looks' time that the processor worked for this program: well under 1 on a computer busy elsewhere. */
  readonly cpuShare: number
}

export interface StillOptions {
  readonly watcher: Watcher
  readonly clock: Clock
  readonly rules: Rules
  /** How long the still stands before the camera, milliseconds. */
  readonly forMs: number
}

/**
 * Holds a still before the pipeline as a steady camera would. Time is the clock's: a look that lands after the time
 * is up has come too late and counts for nothing.
 */
export const watchStill = async (
  { watcher, clock, rules, forMs }: StillOptions,
  pixels: Pixels
): Promise<StillResult> => {
  watcher.reset()
  const held = new Set<RuleId>()
  const camera = new Set<CameraVerdict>()
  const scores: Record<ObjectQuestion, number> = { phone: 0, book: 0, people: 0, screen: 0 }
  const frameMs: number[] = []
  let [looks, unanswered, empty, busy, worked] = [0, 0, 0, 0, 0]
  let persons: number | null = null
  await watchLoop({
    watcher,
    clock,
    rules,
    forMs,
    frames: { next: (elapsedMs) => Promise.resolve({ pixels, capturedMs: elapsedMs }) },
    looked: ({ observation, verdict, landedAt, busyMs, cpuMs }) => {
      busy += busyMs
      worked += cpuMs
      if (landedAt > forMs) return
      looks += 1
      frameMs.push(observation.frameMs)
      if (unansweredIn(observation)) unanswered += 1
      if (personsIn(observation, rules.nobody.threshold) === 0) empty += 1
      persons = personsIn(observation, rules['second-person'].threshold)
      verdict.findings.forEach(({ rule }) => held.add(rule))
      cameraVerdictsIn(observation).forEach((name) => camera.add(name))
      const seen = scoresIn(observation)
      objectQuestions.forEach((question) => (scores[question] = Math.max(scores[question], seen[question])))
    }
  })
  return {
    held,
    scores,
    persons,
    absent: looks > 0 && empty === looks,
    looks,
    unanswered,
    camera: [...camera],
    frameMs,
    cpuShare: busy > 0 ? Math.min(1, worked / busy) : 1
  }
}

/** Under this share of the processor a still says more about the computer's other work than about the eyes. */
export const contendedBelow = 0.6
const mostTries = 3
/** After so many stills in a row that no try helped, stills are held up once: the computer stays busy. */
const patience = 3

export type TriedStill = StillResult & { readonly tries: number }

/**
 * Holds stills up, each again when other programs took the processor meanwhile, at most twice, and answers the try
 * that had the most of it. What was seen has no say in that.
 */
export const stillWatcher = (
  options: Omit<StillOptions, 'watcher'> & { readonly newWatcher: () => Watcher }
): ((pixels: Pixels) => Promise<TriedStill>) => {
  let inVain = 0
  return async (pixels) => {
    const once = (): Promise<StillResult> => watchStill({ ...options, watcher: options.newWatcher() }, pixels)
    let best = await once()
    let tries = 1
    for (; best.cpuShare < contendedBelow && inVain < patience && tries < mostTries; tries += 1) {
      const again = await once()
      if (again.cpuShare > best.cpuShare) best = again
    }
    inVain = best.cpuShare < contendedBelow ? inVain + 1 : 0
    return { ...best, tries }
  }
}

/** Whether the rule that acts on a question held. */
export const heldFor = ({ held }: StillResult, question: ObjectQuestion): boolean =>
  held.has(ruleFor[question])
