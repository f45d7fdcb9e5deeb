import type { Result } from '../../result'
import type { ApplicationPolicy } from '../policy'
import { compileApplocker } from './applocker'
import { compileFapolicyd } from './fapolicyd'
import { orderedRules, type Compiled, type CompileOptions } from './ordered'
import { compileSanta } from './santa'
import { compileWdac } from './wdac'

const compilers = {
  fapolicyd: compileFapolicyd,
  santa: compileSanta,
  wdac: compileWdac,
  applocker: compileApplocker
}
export type CompileTarget = keyof typeof compilers
export const compileTargets = Object.keys(compilers) as readonly CompileTarget[]

/** Rules for applications as one system's own enforcement takes them. An error where that would stop the system itself. */
export const compileApplications = (
  applications: ApplicationPolicy,
  target: CompileTarget,
  options: CompileOptions
): Result<Compiled, 'denies-the-system'> =>
  applications.otherwise === 'deny'
    ? { ok: false, error: 'denies-the-system' }
    : { ok: true, value: compilers[target](applications, options) }

/** True when a system's own enforcement has something to stop: what only reports or warns is compiled into nothing. */
export const stopsAnything = (applications: ApplicationPolicy): boolean =>
  applications.otherwise !== 'allow' || orderedRules(applications).some(({ act }) => act === 'deny')
