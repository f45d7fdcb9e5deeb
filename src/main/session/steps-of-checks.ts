import type { Standing } from '../../core/check/posture'
import { describeVerdict, type ProgramVerdict } from '../../core/integrity/alteration'
import type { Facts, StepId } from './facts'

/** What a step of the start-up list is told: which, how it stands, and where it failed the remedy and what was seen. */
export type StepNews = readonly [StepId, Facts['steps'][StepId]['state'], (string | null)?, string?]

/** What the checks of the computer say about the steps before a sign-in: whether the service is there, what blocks. */
export function stepsOfChecks(standings: readonly Standing[]): readonly StepNews[] {
  const news: StepNews[] = []
  const service = standings.find(({ id }) => id === 'service')
  if (service?.state === 'pass') news.push(['service', 'done'])
  else if (service !== undefined && service.seenAt !== null)
    news.push(['service', 'failed', service.remedy, service.evidence])
  const blocking = standings.filter(({ enforcement, state }) => enforcement === 'block' && state !== 'pass')
  const [first] = blocking
  if (first === undefined) news.push(['checks', 'done'])
  else if (blocking.every(({ seenAt }) => seenAt === null)) news.push(['checks', 'working'])
  else news.push(['checks', 'failed', first.remedy, `${first.id}: ${first.evidence}`])
  return news
}

/** What the check of the program's own files says about its step. */
export function stepOfProgram(program: ProgramVerdict, isProblem: boolean): StepNews {
  const said = describeVerdict(program)
  if (!isProblem) return ['program', 'done', null, said]
  const remedy = program.kind === 'not-packaged' ? 'remedy.not-packaged' : 'remedy.program-altered'
  return ['program', 'failed', remedy, said]
}
