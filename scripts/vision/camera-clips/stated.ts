import type { wrongClips } from './clips'

/**
 * How soon each kind of clip must be found, seconds from when it begins; docs/vision.md states the same. Tests hold
 * them, `eval:camera` measures against them.
 */
export const statedSeconds: Readonly<Record<keyof typeof wrongClips, number>> = {
  tape: 1,
  paper: 1,
  finger: 1,
  dark: 2,
  blurred: 4,
  frozen: 3,
  // From the beginning of the second round.
  loop: 3,
  'loop-noise': 25,
  'photo-stand': 15,
  'photo-hand': 20,
  'photo-part': 45,
  'still-noise': 15,
  'virtual-name': 1,
  'virtual-bare': 10,
  moved: 9,
  'other-view': 9,
  'other-device': 1,
  slow: 5,
  'rather-slow': 5,
  small: 2
}
