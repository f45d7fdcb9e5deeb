import { policyFor, type Policy } from '../../core/policy/policy'
import { ProvisionError } from '../problem'
import { compileApplocker } from './applocker'
import { compileFapolicyd } from './fapolicyd'
import type { Compiled, CompileOptions } from './ordered'
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

/** The rules of a policy for applications, as one system's own enforcement takes them. Throws when that would be unsafe. */
export function compilePolicy(
  policy: Policy,
  target: CompileTarget,
  options: CompileOptions & { readonly team?: string | undefined }
): Compiled {
  const { applications } = policyFor(policy, options.team ?? '')
  if (applications === undefined)
    throw new ProvisionError(
      'The policy has no field "applications": there is nothing to compile. Give it one, which may be {}.'
    )
  if (applications.otherwise === 'deny')
    throw new ProvisionError(
      'applications.otherwise is "deny": compiled, it would stop the system’s own programs. Let it be "allow-installed" for what is compiled.'
    )
  return compilers[target](applications, options)
}
