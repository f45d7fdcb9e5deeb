import type { CheckRule } from '../../policy/checks'
import { fail, pass, type Finding } from '../finding'

export interface ScreenLockFacts {
  /** What was asked: `gnome`, `kde`, `windows`. */
  readonly source: string
  readonly enabled: boolean
  /** Idle seconds until the screen is locked, delays added up; null for never. */
  readonly idleSeconds: number | null
}

/** The screen locks by itself, soon enough. */
export function judgeScreenLock(facts: ScreenLockFacts, rule: CheckRule<'screen-lock'>): Finding {
  const { source, enabled, idleSeconds } = facts
  if (!enabled || idleSeconds === null)
    return fail(`${source}: the screen does not lock`, 'remedy.screen-lock.off')
  const minutes = Math.ceil(idleSeconds / 60)
  return idleSeconds > rule.maxIdleMinutes * 60
    ? fail(`${source}: locks after ${minutes} min; at most ${rule.maxIdleMinutes}`, 'remedy.screen-lock.late')
    : pass(`${source}: locks after ${minutes} min`)
}
