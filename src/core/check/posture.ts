import type { CheckRules } from '../policy/checks'
import type { MonotonicMs } from '../time'
import type { CheckResult } from './check'
import type { Enforcement } from './enforcement'
import { checkAreas, checkNames, isCheckName, type CheckName } from './names'

/** A check's newest answer, and when it arrived. Ages are counted on a monotonic clock: the wall clock has no say. */
export interface Heard {
  readonly result: CheckResult
  readonly at: MonotonicMs
}

/** A check as it counts now, with what the policy lets follow from it. */
export interface Standing extends CheckResult {
  readonly enforcement: Enforcement
  /** When its evidence was gathered; null when there never was any. */
  readonly seenAt: MonotonicMs | null
}

/** What all checks together ask for. */
export interface Fitness {
  /** A check that blocks does not pass: nothing may be shown. */
  readonly unfit: boolean
  /** A check that warns does not pass. */
  readonly doubtful: boolean
}

/**
 * Every check under the policy as it counts at `now`. One that was never heard is `unknown`; one whose evidence is older
 * than its rule allows is `stale`, whatever it said. Answers that no policy has a say in are left out.
 */
export function standingsOf(
  heard: ReadonlyMap<string, Heard>,
  rules: CheckRules,
  now: MonotonicMs
): readonly Standing[] {
  return checkNames.map((name) => standingOf(name, heard.get(name), rules, now))
}

function standingOf(
  name: CheckName,
  heard: Heard | undefined,
  rules: CheckRules,
  now: MonotonicMs
): Standing {
  const { enforcement, maxAgeMs } = rules[name]
  if (heard === undefined) {
    const evidence = 'not looked at yet'
    const nothing = { state: 'unknown', evidence, ageMs: 0, remedy: 'remedy.check.waiting' } as const
    return { id: name, area: checkAreas[name], ...nothing, enforcement, seenAt: null }
  }
  const { result, at } = heard
  const seenAt = at - result.ageMs
  const stale = now - seenAt > maxAgeMs
  const remedy = stale ? 'remedy.check.stale' : result.remedy
  return { ...result, state: stale ? 'stale' : result.state, remedy, enforcement, seenAt }
}

/** What follows from the checks: only `pass` is good enough for one that blocks or warns. */
export function fitnessOf(standings: readonly Standing[]): Fitness {
  const failing = standings.filter(({ state }) => state !== 'pass')
  return {
    unfit: failing.some(({ enforcement }) => enforcement === 'block'),
    doubtful: failing.some(({ enforcement }) => enforcement === 'warn')
  }
}

/** What a set of answers is once all of it is out of date: nothing is forgotten, and nothing counts. */
export function outdated(
  heard: ReadonlyMap<string, Heard>,
  only: (name: string) => boolean = () => true
): ReadonlyMap<string, Heard> {
  const stale = ({ result, at }: Heard): Heard => ({
    at,
    result: { ...result, state: 'stale', remedy: 'remedy.check.stale' }
  })
  return new Map([...heard].map(([name, one]) => [name, only(name) ? stale(one) : one]))
}

/** The newest answers over those before. An answer that no policy has a say in is dropped. */
export function withHeard(
  heard: ReadonlyMap<string, Heard>,
  results: readonly CheckResult[],
  at: MonotonicMs
): ReadonlyMap<string, Heard> {
  const next = new Map(heard)
  for (const result of results) if (isCheckName(result.id)) next.set(result.id, { result, at })
  return next
}
