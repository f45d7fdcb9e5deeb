import { checkAreas } from '../core/check/names'
import type { CheckSettings, Probe, ProbeLimits } from './contract'
import type { Check } from './contract/check'
import { SourceError, type Sources } from './contract/sources'

/** What runs seldom may take longer: a package manager reads all that it knows first. */
const SELDOM_TIMEOUT_MS = 20_000

/** A check as a probe: a source that is not there makes it `unknown`; one that misbehaves throws, which makes it `error`. */
export function probeOf(
  check: Check,
  { rules, applications }: Pick<CheckSettings, 'rules' | 'applications'>,
  sources: (limits: ProbeLimits) => Sources
): Probe {
  const remedy = `remedy.${check.name}.unknown`
  return {
    id: check.name,
    area: checkAreas[check.name],
    remedy,
    ...(check.pace === 'seldom' ? { timeoutMs: SELDOM_TIMEOUT_MS } : {}),
    run: async (limits) => {
      try {
        return { ...(await check.look(sources(limits), rules, applications)), ageMs: 0 }
      } catch (error) {
        if (!(error instanceof SourceError) || error.kind !== 'absent') throw error
        return { state: 'unknown', evidence: error.message, ageMs: 0, remedy }
      }
    }
  }
}
