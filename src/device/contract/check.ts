import type { ApplicationPolicy } from '../../core/application/policy'
import type { Finding } from '../../core/check/finding'
import type { CheckName } from '../../core/check/names'
import type { CheckRules } from '../../core/policy/checks'
import type { Sources } from './sources'

/** One check of this machine. It may throw and hang: whoever runs it holds it to its limits and lets nothing pass. */
export interface Check {
  readonly name: CheckName
  /** `often`: with every round. `seldom`: every ten minutes and when something happened, for what costs a second or two. */
  readonly pace: 'often' | 'seldom'
  /** `applications`: what the policy says of programs at this desk, whoever works here; null without such a field. */
  look(sources: Sources, rules: CheckRules, applications: ApplicationPolicy | null): Promise<Finding>
}
