import type { CheckResult } from '../../core/check/check'
import type { Enforcement } from '../../core/check/enforcement'
import type { Finding } from '../../core/check/finding'
import type { Fitness } from '../../core/check/posture'
import { judgeLockDown } from '../../core/lock-down/standing'
import type { Facts } from './facts'

type DesktopFacts = Pick<Facts, 'phase' | 'policy' | 'lockDown' | 'contentProtection'>
type DesktopCheck = CheckResult & { readonly enforcement: Enforcement }

/** What the desktop around the workspace is, where the policy asks for it and somebody works. */
export function desktopChecks({
  phase,
  policy,
  lockDown,
  contentProtection
}: DesktopFacts): readonly DesktopCheck[] {
  const rules = policy?.desktop
  const checks: DesktopCheck[] = []
  if (rules?.lockDown !== undefined && lockDown !== null)
    checks.push(checkOf('lock-down', rules.lockDown.enforcement, judgeLockDown(rules.lockDown, lockDown)))
  if (rules?.contentProtection !== undefined && phase === 'signed-in')
    checks.push(
      checkOf('content-protection', rules.contentProtection.enforcement, protection(contentProtection))
    )
  return checks
}

/** What follows from them. A lock-down that is still under way is waited for, and is nobody's fault. */
export function desktopFitness(facts: DesktopFacts): Fitness {
  const failing = desktopChecks(facts).filter(
    ({ id, state }) => state !== 'pass' && !(id === 'lock-down' && facts.lockDown?.kind === 'waiting')
  )
  return {
    unfit: failing.some(({ enforcement }) => enforcement === 'block'),
    doubtful: failing.some(({ enforcement }) => enforcement === 'warn')
  }
}

export const together = (one: Fitness, other: Fitness): Fitness => ({
  unfit: one.unfit || other.unfit,
  doubtful: one.doubtful || other.doubtful
})

/** True while nothing may be shown because the desktop is only being locked down. */
export const mustWaitForLock = ({ policy, lockDown }: DesktopFacts): boolean =>
  policy?.desktop?.lockDown?.enforcement === 'block' && lockDown?.kind === 'waiting'

function protection(state: Facts['contentProtection']): Finding {
  return state === 'asked'
    ? { state: 'pass', evidence: 'the system keeps these windows out of screenshots', remedy: '' }
    : {
        state: 'unknown',
        evidence: 'degraded: this system cannot keep windows out of screenshots',
        remedy: 'remedy.content-protection.unsupported'
      }
}

const checkOf = (id: string, enforcement: Enforcement, finding: Finding): DesktopCheck => ({
  id,
  area: 'device',
  ageMs: 0,
  enforcement,
  ...finding
})
