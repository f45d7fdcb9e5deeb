import type { CheckRule } from '../../policy/checks'
import { fail, pass, unknown, type Finding } from '../finding'
import { compareVersions } from './version'

/** What a system says of itself and of what waits to be installed. */
export interface UpdateFacts {
  /** The system as a policy names it: `debian`, `windows`, `macos`. */
  readonly system: string
  /** Dotted version as the system gives it; empty for one that has none, such as a rolling release. */
  readonly version: string
  /** Security updates that wait; null when nobody can tell. */
  readonly security: number | null
  /** How old the list is that they were counted from, milliseconds; null when nobody can tell. */
  readonly listAgeMs: number | null
}

const DAY_MS = 86_400_000

/** The system is new enough, its list of updates is fresh, and no more security updates wait than may. */
export function judgeUpdates(facts: UpdateFacts, rule: CheckRule<'os-updates'>): Finding {
  const name = `${facts.system} ${facts.version}`.trim()
  const least = Object.hasOwn(rule.minVersions, facts.system) ? rule.minVersions[facts.system] : undefined
  if (least !== undefined) {
    const order = compareVersions(facts.version, least)
    if (order === null) return unknown(`${name}: no version to compare`, 'remedy.os-updates.unknown')
    if (order < 0) return fail(`${name}; at least ${least} is needed`, 'remedy.os-updates.version')
  }
  if (facts.listAgeMs === null || facts.security === null) {
    return unknown(`${name}: it is not known what waits to be installed`, 'remedy.os-updates.unknown')
  }
  if (facts.security > rule.maxSecurityUpdates) {
    return fail(`${name}; ${facts.security} security updates wait`, 'remedy.os-updates.pending')
  }
  const days = Math.floor(facts.listAgeMs / DAY_MS)
  if (facts.listAgeMs < -DAY_MS || facts.listAgeMs > rule.maxListAgeDays * DAY_MS) {
    return fail(`${name}; updates were last looked for ${days} days ago`, 'remedy.os-updates.list-old')
  }
  return pass(`${name}; ${facts.security} security updates wait, looked for ${Math.max(0, days)} days ago`)
}
