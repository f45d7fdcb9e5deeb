import type { Severity } from '../core/alert/alert'

/** The four states of the product, and `off` for a desk that nobody works at. */
export type StateName = 'all-well' | 'attention' | 'hidden' | 'act-now' | 'off'

/** How loud an alert is drawn. */
export function stateOfSeverity(severity: Severity): StateName {
  const states = { notice: 'hidden', attention: 'attention', act: 'act-now' } as const
  return states[severity]
}
