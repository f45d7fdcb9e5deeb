import type { BlankState, ReasonView } from '../../contract/ipc/schema'
import { hides } from '../../core/judgement/hides'
import type { RuleId } from '../../core/judgement/rule'
import { checkFix, checkTitle } from '../../ui/check-words'
import type { Language } from '../../ui/messages/message'
import { translate } from '../../ui/messages/translate'
import { programName } from '../../ui/program-words'
import { ruleClears, ruleSeen, ruleShort } from '../../ui/rule-words'
import { clockTime } from '../../ui/time'

type CameraDoubt = Exclude<Extract<RuleId, `camera-${string}`>, 'camera-lost'>
/** One sign for everything that can be wrong with a picture that still comes; the words say which. */
type Icon =
  | Exclude<
      RuleId,
      CameraDoubt | 'break-glass-asked' | 'break-glass-used' | 'supervisor-lock' | `application${string}`
    >
  | 'application-denied'
  | 'camera-doubt'
  | 'locked'
  | 'hidden'
  | 'starting'

/** Everything the blank page shows, as words and numbers. */
export interface BlankView {
  readonly icon: Icon
  readonly seen: string
  readonly clears: string
  readonly also: string
  readonly since: string
  readonly people: string
  readonly recorded: string
  /** Exit dwell of the whole desk, milliseconds; null while something is still there. */
  readonly clearing: { readonly leftMs: number; readonly totalMs: number } | null
  /** A person is signed in: help and the end of the shift are offered. */
  readonly offersActions: boolean
}

/** What must be put right first stands first. */
const order: readonly RuleId[] = [
  'program-altered',
  'supervisor-lock',
  'camera-lost',
  'sensor-silent',
  'hub-gone',
  'policy-lapsed',
  'device-unfit',
  'vpn-lost',
  'application-denied',
  'applications-unknown',
  'unsafe-start',
  'device-copied',
  'camera-covered',
  'camera-dark',
  'camera-frozen',
  'camera-looped',
  'camera-photo',
  'camera-virtual',
  'camera-moved',
  'camera-weak',
  'camera-blurred',
  'second-person',
  'phone',
  'book',
  'second-screen',
  'nobody',
  'device-doubtful',
  'application-warned',
  'application-noted',
  'break-glass-asked',
  'break-glass-used',
  'help-asked'
]

/** More than this is too much to read at once; what is left comes when these are done. */
const MAX_FIXES = 3

const nothing = { also: '', since: '', people: '', recorded: '', clearing: null }

/** Puts a state into words. */
export function viewOf(state: BlankState): BlankView {
  const reasons = state.reasons.filter((reason) => hides(reason.response)).sort(bySeriousness)
  const lock = reasons.find((reason) => reason.response === 'lock')
  if (lock !== undefined) return viewOfLock(state, lock, reasons)
  const [first, ...others] = reasons
  if (first !== undefined) return viewOfReasons(state, first, others)
  const phase = state.desk === 'starting' || state.desk === 'signed-out' ? state.desk : 'hidden'
  return {
    ...nothing,
    icon: phase === 'starting' ? 'starting' : 'hidden',
    seen: translate(state.language, `blank.${phase}`),
    clears: translate(state.language, `blank.${phase}.detail`),
    offersActions: state.desk === 'hidden'
  }
}

/** Nothing in the room opens a lock, so what is seen stands second and no ring runs. */
function viewOfLock(
  { language, recorded, desk }: BlankState,
  lock: ReasonView,
  reasons: readonly ReasonView[]
): BlankView {
  const there = reasons.filter((reason) => reason.there && reason.clearing === null)
  const list = there.map((reason) => ruleShort(language, reason.rule)).join(', ')
  return {
    ...nothing,
    icon: 'locked',
    seen: translate(language, 'blank.locked'),
    clears: translate(language, 'blank.locked.clears'),
    also:
      list === ''
        ? translate(language, 'blank.locked.after', { what: ruleShort(language, lock.rule) })
        : translate(language, 'blank.locked.now', { list }),
    since: translate(language, 'blank.since', { time: clockTime(language, lock.since) }),
    recorded: recorded ? translate(language, 'blank.recorded') : '',
    offersActions: desk !== 'signed-out'
  }
}

function viewOfReasons(
  { language, recorded, desk, unfit, deniedPrograms, mayAskException }: BlankState,
  first: ReasonView,
  others: readonly ReasonView[]
): BlankView {
  const clearing = slowest([first, ...others])
  const list = others.map((reason) => ruleShort(language, reason.rule)).join(', ')
  const oldest = [first, ...others].reduce((one, other) => (other.since < one.since ? other : one))
  const fixes = first.rule === 'device-unfit' ? fixesOf(language, unfit) : null
  const programs = first.rule === 'application-denied' ? programsOf(language, deniedPrograms ?? []) : null
  return {
    icon: iconOf(first.rule),
    seen: clearing ? translate(language, `blank.cleared.${first.rule}`) : ruleSeen(language, first.rule),
    clears: clearing
      ? translate(language, 'blank.clearing')
      : (fixes ?? programs ?? ruleClears(language, first.rule, first.exitMs)),
    also: clearing
      ? ''
      : [
          ...(list === '' ? [] : [translate(language, 'blank.also', { list })]),
          ...(fixes !== null && mayAskException === true ? [translate(language, 'blank.may-ask')] : [])
        ].join(' '),
    since: translate(language, 'blank.since', { time: clockTime(language, oldest.since) }),
    people:
      first.rule === 'second-person' && !clearing && first.people > 0
        ? translate(language, 'rule.people', { count: first.people })
        : '',
    recorded: recorded ? translate(language, 'blank.recorded') : '',
    clearing,
    offersActions: desk !== 'signed-out'
  }
}

/** What mends the computer, check by check: nothing else of the program can be read while the screen is hidden. */
function fixesOf(language: Language, unfit: BlankState['unfit']): string | null {
  const lines = unfit.slice(0, MAX_FIXES).flatMap(({ id, remedy }) => {
    const fix = checkFix(language, remedy)
    return fix === null ? [] : [translate(language, 'blank.fix', { check: checkTitle(language, id), fix })]
  })
  return lines.length === 0 ? null : lines.join(' ')
}

/** Which programs have to be closed, by the names that a person finds them by. */
function programsOf(language: Language, denied: NonNullable<BlankState['deniedPrograms']>): string | null {
  const names = [...new Set(denied.map((program) => programName(language, program)))]
  if (names.length === 0) return null
  const list = names.slice(0, MAX_FIXES).join(', ')
  const stays = denied.some((program) => program.stays)
  return translate(language, stays ? 'blank.programs.stay' : 'blank.programs', { list })
}

const isDoubt = (rule: RuleId): rule is CameraDoubt => rule.startsWith('camera-') && rule !== 'camera-lost'
const isProgram = (rule: RuleId): rule is Extract<RuleId, `application${string}`> =>
  rule.startsWith('application')
const iconOf = (rule: RuleId): Icon => {
  if (isDoubt(rule)) return 'camera-doubt'
  if (rule === 'supervisor-lock') return 'locked'
  if (isProgram(rule)) return 'application-denied'
  // They hide nothing, so they never stand first.
  return rule === 'break-glass-asked' || rule === 'break-glass-used' ? 'hidden' : rule
}

/** What is still there before what is going, then what must be put right first. */
function bySeriousness(one: ReasonView, other: ReasonView): number {
  const still = Number(one.clearing !== null) - Number(other.clearing !== null)
  return still === 0 ? order.indexOf(one.rule) - order.indexOf(other.rule) : still
}

/** The screen comes back when the slowest reason has cleared; null while one of them is still there. */
function slowest(reasons: readonly ReasonView[]): ReasonView['clearing'] {
  const running = reasons.flatMap((reason) => (reason.clearing === null ? [] : [reason.clearing]))
  if (running.length < reasons.length) return null
  return running.reduce((one, other) => (other.leftMs > one.leftMs ? other : one))
}
