import type { CheckResult, CheckState } from '../core/check/check'

/** `needs-you`: something follows from it. `reported`: it does not pass, and IT only reads of it. */
export type CheckGroup = 'needs-you' | 'reported' | 'well'

const order: readonly CheckState[] = ['fail', 'error', 'stale', 'unknown', 'pass']
const groups: readonly CheckGroup[] = ['needs-you', 'reported', 'well']

const groupOf = ({ state, enforcement }: CheckResult): CheckGroup => {
  if (state === 'pass') return 'well'
  return enforcement === 'report' ? 'reported' : 'needs-you'
}

/** The checks in the order in which a person should read them: groups, in each the worst first, what blocks before the rest. */
export function groupedChecks<Check extends CheckResult>(
  checks: readonly Check[]
): readonly { readonly group: CheckGroup; readonly checks: readonly Check[] }[] {
  const weight = (check: CheckResult): number =>
    (check.enforcement === 'block' ? 0 : 10) + order.indexOf(check.state)
  return groups.flatMap((group) => {
    const own = checks.filter((check) => groupOf(check) === group)
    return own.length === 0
      ? []
      : [{ group, checks: own.toSorted((one, other) => weight(one) - weight(other)) }]
  })
}

/** How many checks a person should do something about. */
export const needing = (checks: readonly CheckResult[]): number =>
  checks.filter((check) => groupOf(check) === 'needs-you').length
