import { z } from 'zod'
import { checkStateSchema } from '../check/check'
import { decide, type Decision } from './decide'
import { ruleLayersOf, unknownOf, type ApplicationPolicy } from './policy'
import { plainName, type Program } from './program'
import { applicationResponseSchema, type ApplicationRule } from './rule'

/** A program that runs and may not. */
export const foundApplicationSchema = z.strictObject({
  key: z.string().max(64),
  /** How the policy or our own list calls it: this may leave the desk. Null when no rule names it. */
  title: z.string().max(100).nullable(),
  /** The name of its file, for whoever works here alone: somebody chose it. */
  file: z.string().max(100),
  response: applicationResponseSchema,
  /** True when it bears another name than the one it is denied by. */
  disguised: z.boolean(),
  /** It runs for somebody else, so that only the desk can follow from it. */
  closable: z.boolean()
})
export type FoundApplication = z.infer<typeof foundApplicationSchema>

/** What one look at everything that runs came to. Only `pass` says that nothing runs that may not. */
export const applicationsVerdictSchema = z.strictObject({
  state: checkStateSchema,
  /** Counts and titles from the policy; nothing that a person named. */
  evidence: z.string().max(500),
  found: z.array(foundApplicationSchema).max(32),
  /** How many programs could not be judged, because what would tell could not be read. */
  unread: z.number().int().nonnegative()
})
export type ApplicationsVerdict = z.infer<typeof applicationsVerdictSchema>

const MAX_FOUND = 32
const hardest = (one: FoundApplication, other: FoundApplication): number => rank(other) - rank(one)
const rank = ({ response }: FoundApplication): number => applicationResponseSchema.options.indexOf(response)

/** The machine could not be asked: nothing is known. */
export const unreadableApplications = (problem: string): ApplicationsVerdict => ({
  state: 'error',
  evidence: problem.slice(0, 500),
  found: [],
  unread: 0
})

/** Decides under one policy. A program that is the same object as before was decided before. */
export function deciderOf(policy: ApplicationPolicy): (program: Program) => Decision {
  const layers = ruleLayersOf(policy)
  const before = new WeakMap<Program, Decision>()
  return (program) => {
    const known = before.get(program) ?? decide(program, layers)
    before.set(program, known)
    return known
  }
}

/** Judges everything that runs. A program that could not be judged is never one that may run. */
export function judgeApplications(
  policy: ApplicationPolicy,
  programs: readonly Program[],
  decideOne: (program: Program) => Decision = deciderOf(policy)
): ApplicationsVerdict {
  let unread = 0
  const found: FoundApplication[] = []
  for (const program of programs) {
    const decision = decideOne(program)
    if (decision.kind === 'unknown') unread += 1
    if (decision.kind === 'denied') found.push(foundOf(program, decision.rule, policy))
  }
  found.sort(hardest)
  if (found.length > 0)
    return { state: 'fail', evidence: namesOf(found), found: found.slice(0, MAX_FOUND), unread }
  if (unread > 0) {
    const evidence = `${unread} of ${programs.length} programs could not be looked at`
    return { state: 'unknown', evidence, found, unread }
  }
  // A machine on which nothing runs was not looked at.
  if (programs.length === 0) return unreadableApplications('no program was seen at all')
  return { state: 'pass', evidence: `none of ${programs.length} programs is denied`, found, unread }
}

function foundOf(
  program: Program,
  rule: ApplicationRule | null,
  policy: ApplicationPolicy
): FoundApplication {
  const title =
    rule === null
      ? null
      : (rule.title ?? rule.name ?? rule.originalName ?? rule.signer ?? 'a program denied by IT')
  const file = lastPart(program.path ?? program.names[0] ?? '')
  const response = rule?.response ?? policy.response
  const disguised =
    program.gone !== null || (rule?.name !== undefined && plainName(file) !== plainName(rule.name))
  return {
    key: program.key.slice(0, 64),
    title: title?.slice(0, 100) ?? null,
    file: file.slice(0, 100),
    response,
    disguised,
    closable: program.closable
  }
}

const lastPart = (path: string): string =>
  path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)

function namesOf(found: readonly FoundApplication[]): string {
  const titles = [
    ...new Set(
      found.map(
        ({ title, disguised }) =>
          `${title ?? 'a program that no rule allows'}${disguised ? ', disguised' : ''}`
      )
    )
  ]
  return titles.slice(0, 8).join('; ').slice(0, 500)
}

/** What follows from a verdict at the desk. `null`: nothing was looked at yet. */
export interface ApplicationsOutcome {
  /** The desk is hidden for a program that may not run. */
  readonly denied: boolean
  /** The person is warned. */
  readonly warned: boolean
  /** It is recorded alone. */
  readonly noted: boolean
  /** The desk is hidden because nobody can tell what runs. */
  readonly unknown: boolean
}

/** `stubborn`: keys of programs that were closed and are still there. */
export function outcomeOf(
  policy: ApplicationPolicy,
  { state, found, unread }: ApplicationsVerdict,
  stubborn: ReadonlySet<string> = new Set()
): ApplicationsOutcome {
  const hides = ({ response, closable, key }: FoundApplication): boolean =>
    response === 'blank' || (response === 'close' && (!closable || stubborn.has(key)))
  const unknown = (unread > 0 || (state !== 'pass' && state !== 'fail')) && unknownOf(policy) === 'blank'
  return {
    denied: found.some(hides),
    warned: found.some((one) => one.response === 'warn' || (one.response === 'close' && !hides(one))),
    noted: found.some(({ response }) => response === 'report'),
    unknown
  }
}
