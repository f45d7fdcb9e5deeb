import { ruleIdSchema, type RuleId } from '../judgement/rule'
import type { ConsoleRole } from './right'

/** How far somebody sees: their own team, or every team of their organisation. Never another organisation. */
export type Reach = 'team' | 'organisation'
/** Which alerts somebody sees: all, or those that tell of a machine and not of what a person did before it. */
export type Sight = 'all' | 'machine'

export const reachOf = (role: ConsoleRole): Reach =>
  role === 'compliance' || role === 'auditor' ? 'organisation' : 'team'

export const sightOf = (role: ConsoleRole): Sight => (role === 'it' ? 'machine' : 'all')

/**
 * What an alert of each rule tells of: a machine that IT has to mend or to look into (its programs are IT's too), or what a
 * person did before it. Every rule stands here, so that nobody's sight grows or shrinks unasked.
 */
const tellsOf: Readonly<Record<RuleId, 'machine' | 'person'>> = {
  phone: 'person',
  book: 'person',
  'second-person': 'person',
  nobody: 'person',
  'second-screen': 'person',
  'camera-covered': 'person',
  'camera-dark': 'person',
  'camera-blurred': 'person',
  'camera-frozen': 'person',
  'camera-looped': 'person',
  'camera-photo': 'person',
  'camera-virtual': 'person',
  'camera-moved': 'person',
  'camera-weak': 'person',
  'camera-lost': 'machine',
  'sensor-silent': 'machine',
  'hub-gone': 'machine',
  'policy-lapsed': 'machine',
  'program-altered': 'machine',
  'device-unfit': 'machine',
  'device-doubtful': 'machine',
  'vpn-lost': 'machine',
  'application-denied': 'machine',
  'application-warned': 'machine',
  'application-noted': 'machine',
  'applications-unknown': 'machine',
  'unsafe-start': 'machine',
  'help-asked': 'person',
  'supervisor-lock': 'person',
  'break-glass-asked': 'machine',
  'break-glass-used': 'machine',
  'device-copied': 'machine'
}

export const machineRules: readonly RuleId[] = ruleIdSchema.options.filter(
  (rule) => tellsOf[rule] === 'machine'
)

/** Whether an alert of this rule is in somebody's sight. */
export const inSight = (sight: Sight, rule: RuleId): boolean => sight === 'all' || tellsOf[rule] === 'machine'
