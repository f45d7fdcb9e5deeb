import type { Compiled, CompileOptions } from '../../core/application/compile/ordered'
import { compileApplications, type CompileTarget } from '../../core/application/compile/targets'
import { policyFor, type Policy } from '../../core/policy/policy'
import { ProvisionError } from '../problem'

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
  const compiled = compileApplications(applications, target, options)
  if (!compiled.ok)
    throw new ProvisionError(
      'applications.otherwise is "deny": compiled, it would stop the system’s own programs. Let it be "allow-installed" for what is compiled.'
    )
  return compiled.value
}
