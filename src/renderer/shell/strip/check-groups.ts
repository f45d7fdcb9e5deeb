import type { CheckView } from '../../../contract/ipc/schema'
import type { CheckState } from '../../../core/check/check'

/** `needs-you`: something follows from it. `reported`: it does not pass, and IT only reads of it. */
export type CheckGroup = 'needs-you' | 'reported' | 'well'

const order: readonly CheckState[] = ['fail', 'error', 'stale', 'unknown', 'pass']
const groups: readonly CheckGroup[] = ['needs-you', 'reported', 'well']

const groupOf = ({ state, enforcement }: CheckView): CheckGroup => {
  if (state === 'pass') return 'well'
  return enforcement === 'report' ? 'reported' : 'needs-you'
}

/** The checks in the order in which a person should read them: groups, in each the worst first, what blocks before the rest. */
export function groupedChecks(
  checks: readonly CheckView[]
): readonly { readonly group: CheckGroup; readonly checks: readonly CheckView[] }[] {
  const weight = (check: CheckView): number =>
    (check.enforcement === 'block' ? 0 : 10) + order.indexOf(check.state)
  return groups.flatMap((group) => {
    const own = checks.filter((check) => groupOf(check) === group)
    return own.length === 0
      ? []
      : [{ group, checks: own.toSorted((one, other) => weight(one) - weight(other)) }]
  })
}

/** How many checks a person should do something about. */
export const needing = (checks: readonly CheckView[]): number =>
  checks.filter((check) => groupOf(check) === 'needs-you').length
