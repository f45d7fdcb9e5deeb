import type { Finding } from '../check/finding'
import { settingIds, type Held, type SettingId } from './setting'
import type { LockDownPolicy } from './policy'

/** What is known of the lock-down of a desktop. Only `answered` says anything of its settings. */
export type LockDownNews =
  | { readonly kind: 'waiting' }
  /** Nobody locks anything down: without the service nothing would bring the settings back. */
  | { readonly kind: 'no-service'; readonly problem: string }
  /** `drifted`: how often something else had changed a setting since the shift began, and it was set again. */
  | { readonly kind: 'answered'; readonly held: readonly Held[]; readonly drifted: number }

/** The settings that a policy asks for: those it names, or all there are. */
export const wantedSettings = ({ settings }: LockDownPolicy): readonly SettingId[] => settings ?? settingIds

/**
 * The lock-down as a check. It passes while every setting that the policy asks for is held; one that this system cannot
 * hold is `unknown` unless the policy accepts it, one that could and does not is a failure.
 */
export function judgeLockDown(policy: LockDownPolicy, news: LockDownNews): Finding {
  if (news.kind === 'waiting')
    return { state: 'unknown', evidence: 'not locked down yet', remedy: 'remedy.lock-down.waiting' }
  if (news.kind === 'no-service')
    return {
      state: 'error',
      evidence: `nothing is locked down: ${news.problem}`.slice(0, 500),
      remedy: 'remedy.lock-down.no-service'
    }
  const accepted = new Set(policy.accept ?? [])
  const standings = wantedSettings(policy).map((setting) => standingOf(setting, news.held))
  const failed = standings.filter(({ state }) => state === 'failed')
  const degraded = standings.filter(({ state }) => state === 'degraded')
  const open = degraded.filter(({ setting }) => !accepted.has(setting))
  const evidence = [
    `${String(standings.length - failed.length - degraded.length)} of ${String(standings.length)} settings held`,
    ...(news.drifted === 0 ? [] : [`set again ${String(news.drifted)} times`]),
    ...failed.map((one) => `failed: ${nameOf(one)}`),
    ...degraded.map((one) => `degraded: ${nameOf(one)}`)
  ]
    .join('; ')
    .slice(0, 500)
  if (failed.length > 0) return { state: 'fail', evidence, remedy: 'remedy.lock-down.failed' }
  if (open.length > 0) return { state: 'unknown', evidence, remedy: 'remedy.lock-down.degraded' }
  return { state: 'pass', evidence, remedy: '' }
}

/** What an answer leaves out is not held. */
const standingOf = (setting: SettingId, held: readonly Held[]): Held =>
  held.find((one) => one.setting === setting) ?? { setting, state: 'failed', detail: 'no answer about it' }

const nameOf = ({ setting, detail }: Held): string => (detail === '' ? setting : `${setting} (${detail})`)
