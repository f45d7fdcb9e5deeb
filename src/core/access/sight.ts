import type { RuleId } from '../judgement/rule'
import type { ConsoleRole } from './right'

/** How far somebody sees: their own team, or every team of their organisation. Never another organisation. */
export type Reach = 'team' | 'organisation'
/** Which alerts somebody sees: all, or those that tell of a machine and not of what a person did before it. */
export type Sight = 'all' | 'machine'

export const reachOf = (role: ConsoleRole): Reach =>
  role === 'compliance' || role === 'auditor' ? 'organisation' : 'team'

export const sightOf = (role: ConsoleRole): Sight => (role === 'it' ? 'machine' : 'all')

/** What IT has to mend or to look into. What the camera saw of a person is not among it. */
export const machineRules = [
  'camera-lost',
  'sensor-silent',
  'hub-gone',
  'policy-lapsed',
  'program-altered',
  'device-unfit',
  'device-doubtful',
  'vpn-lost',
  'unsafe-start',
  'break-glass-asked',
  'break-glass-used',
  'device-copied'
] as const satisfies readonly RuleId[]

/** Whether an alert of this rule is in somebody's sight. */
export const inSight = (sight: Sight, rule: RuleId): boolean =>
  sight === 'all' || machineRules.some((one) => one === rule)
