import type { CameraState } from '../../../core/observation/observation'

type Reason = Extract<CameraState, { state: 'lost' }>['reason']

/**
 * How soon the page says that there is no camera to look through, milliseconds: from asking for one, from its end, or from
 * its last frame. docs/vision.md states the same, with what was measured; tests hold the page to it.
 */
export const statedLossMs = {
  'none-found': 1_000,
  'in-use': 1_000,
  ended: 1_000,
  'no-frames': 3_000
} as const satisfies Partial<Record<Reason, number>>
