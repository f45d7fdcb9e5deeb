import {
  cameraVerdictSchema,
  type CameraTruth,
  type CameraVerdict,
  type Truth
} from '../../core/observation/camera-truth'
import { createBlurred } from './blurred'
import { coveredIn } from './covered'
import { darkIn } from './dark'
import { createHold, type Evidence } from './entry'
import type { FrameFacts } from './facts'
import { createFrozen } from './frozen'
import type { Glimpse } from './glimpse'
import { createLooped } from './looped'
import { createMoved } from './moved'
import { createPhoto } from './photo'
import { createVirtual } from './virtual'
import { createWeak } from './weak'

/**
 * How long evidence must last before a verdict holds, milliseconds. A hand before the lens, a face near it, a lamp that
 * is switched or an autofocus that hunts pass sooner. The other verdicts carry their own time in their evidence.
 */
export const dwellMs: Readonly<Record<CameraVerdict, number>> = {
  covered: 500,
  dark: 1_000,
  blurred: 2_500,
  frozen: 0,
  looped: 0,
  photo: 0,
  virtual: 0,
  moved: 0,
  weak: 1_000
}

export interface CameraTruthTeller {
  /** Call it for every frame that was read, in order. `glimpse` is null when the frame could not be. */
  see(glimpse: Glimpse | null, facts: FrameFacts): CameraTruth
}

/**
 * Joins the nine verdicts. What one verdict makes impossible to tell is `unknown` for the others: behind a covered lens
 * nothing is known about focus, motion or place. Keeps figures and small grids of brightness, never a picture.
 */
export const createCameraTruth = (): CameraTruthTeller => {
  const hold = Object.fromEntries(
    cameraVerdictSchema.options.map((id) => [id, createHold(dwellMs[id])])
  ) as Readonly<Record<CameraVerdict, ReturnType<typeof createHold>>>
  const blurred = createBlurred()
  const frozen = createFrozen()
  const looped = createLooped()
  const photo = createPhoto()
  const virtual = createVirtual()
  const moved = createMoved()
  const weak = createWeak()
  return {
    see: (glimpse, facts) => {
      const now = facts.capturedAt
      const covered = coveredIn(glimpse)
      const hidden = typeof covered === 'number'
      const dark = hidden ? 'unknown' : darkIn(glimpse)
      const blind = hidden || typeof dark === 'number'
      // Behind a covered lens there is no picture to reason about.
      const plain = blind ? null : glimpse
      const seen = { glimpse: plain, facts }
      const still = frozen(plain, now)
      const evidence: Readonly<Record<CameraVerdict, Evidence>> = {
        covered,
        dark,
        blurred: blurred(seen),
        frozen: still,
        looped: looped(plain, now),
        // A frozen picture moves like no person either: one verdict is enough.
        photo: typeof still === 'number' ? 'unknown' : photo(seen),
        virtual: virtual(facts),
        moved: moved(seen),
        weak: weak({ glimpse, facts })
      }
      const entry = (id: CameraVerdict): Truth => hold[id](evidence[id], now)
      return {
        covered: entry('covered'),
        dark: entry('dark'),
        blurred: entry('blurred'),
        frozen: entry('frozen'),
        looped: entry('looped'),
        photo: entry('photo'),
        virtual: entry('virtual'),
        moved: entry('moved'),
        weak: entry('weak')
      }
    }
  }
}
