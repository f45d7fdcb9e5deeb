import type { CameraRule, Rules } from '../judgement/rule'

/** What holds again within half a minute of its end is the same event to a supervisor: a phone put away and taken up. */
const COOLDOWN_MS = 30_000

/**
 * The sensor says that a verdict about the camera holds only after watching for as long as that verdict needs, so these
 * rules ask for no further evidence. Two seconds without it tell a hand that passes the lens from a lens that is free.
 */
const camera: CameraRule = { response: 'blank', enterMs: 0, exitMs: 2000, cooldownMs: COOLDOWN_MS }

/**
 * What a policy says where its author said nothing. They are filled in when a policy is signed, never on the desk:
 * a signed policy means the same under every version of the program.
 *
 * The thresholds were chosen on labelled photographs (docs/vision.md, "What is found"): where at least nine alarms in ten
 * (book) or nineteen in twenty (phone, second person) were right. `nobody` takes a doubtful person for one: an empty
 * screen in the middle of a call is worse than five more seconds of an unattended one.
 */
export const defaultRules: Rules = {
  phone: { response: 'blank', threshold: 0.5, enterMs: 100, exitMs: 3000, cooldownMs: COOLDOWN_MS },
  book: { response: 'blank', threshold: 0.765, enterMs: 200, exitMs: 3000, cooldownMs: COOLDOWN_MS },
  'second-person': { response: 'blank', threshold: 0.5, enterMs: 300, exitMs: 3000, cooldownMs: COOLDOWN_MS },
  nobody: { response: 'blank', threshold: 0.35, enterMs: 5000, exitMs: 1000, cooldownMs: COOLDOWN_MS },
  'second-screen': { response: 'warn', threshold: 0.4, enterMs: 600, exitMs: 3000, cooldownMs: COOLDOWN_MS },
  'camera-covered': camera,
  'camera-dark': camera,
  'camera-blurred': { ...camera, response: 'warn' },
  'camera-frozen': camera,
  'camera-looped': camera,
  'camera-photo': camera,
  // Never tried on the software of real cameras, and a bare built-in one may look like it: a person decides.
  'camera-virtual': { ...camera, response: 'warn' },
  'camera-moved': { ...camera, response: 'warn' },
  'camera-weak': camera
}
