import type { CheckRule } from '../../policy/checks'
import { fail, pass, unknown, type Finding } from '../finding'

/** A display in use, with its place on the desktop in pixels. */
export interface Display {
  readonly builtIn: boolean
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** True when the system itself says that it repeats another one. */
  readonly mirrors: boolean
}

/** No more displays than may be, and none that shows again what another one shows. */
export function judgeDisplays(displays: readonly Display[], rule: CheckRule<'displays'>): Finding {
  if (displays.length === 0) return unknown('no display is told of', 'remedy.displays.unknown')
  const builtIn = displays.filter((display) => display.builtIn).length
  const mirrored = displays.some(
    (one, at) => one.mirrors || displays.slice(at + 1).some((other) => overlap(one, other))
  )
  const evidence = `${displays.length} in use, ${builtIn} built in${mirrored ? ', mirrored' : ''}`
  if (mirrored && !rule.allowMirrored) return fail(evidence, 'remedy.displays.mirrored')
  if (displays.length > rule.maxCount)
    return fail(`${evidence}; at most ${rule.maxCount}`, 'remedy.displays.count')
  return pass(evidence)
}

const overlap = (one: Display, other: Display): boolean =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height
