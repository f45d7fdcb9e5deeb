import { z } from 'zod'
import { wdacIdentity } from '../../../core/application/compile/wdac'
import type { ApplicationPolicy } from '../../../core/application/policy'
import {
  compiledFor,
  judgeApplicationControl,
  judgeWanted,
  wantedOf,
  type Enforcer
} from '../../../core/check/judge/application-control'
import type { Check } from '../../contract/check'
import { SourceError, type Sources } from '../../contract/sources'
import { exeRulesOf } from '../applocker-rules'
import { powershell } from '../powershell'

/**
 * WDAC by the list of policies in force, which the service reads: ours bears the hash of its rules in its name. AppLocker
 * where WDAC is not it: its rules in force are exactly ours, and its service runs. Never run on Windows.
 */
export const applicationControl: Check = {
  name: 'application-control',
  pace: 'often',
  look: async (sources, _rules, applications) => {
    const wanted = wantedOf(applications)
    if (wanted.kind !== 'rules') return judgeWanted(wanted) ?? judgeApplicationControl([])
    const first = await wdac(sources, wanted.applications)
    const alone = judgeApplicationControl([first])
    return alone.state === 'pass'
      ? alone
      : judgeApplicationControl([first, await appLocker(sources, wanted.applications)])
  }
}

const LOADED = { loaded: true, gaps: [] } as const

async function wdac(sources: Sources, applications: ApplicationPolicy): Promise<Enforcer> {
  const compiled = compiledFor(applications, 'wdac')
  const ours = wdacIdentity(compiled.enforced)
  const { denials } = compiled
  try {
    const { usermode, policies } = await sources.service('code-integrity')
    const found = policies.filter(({ id }) => id === ours.id)
    const rules =
      found.length === 0
        ? 'none'
        : found.every(({ name }) => name === ours.name)
          ? 'ours'
          : found.every(({ name }) => name === wdacIdentity(compiled.noting).name)
            ? 'noting'
            : 'other'
    return { name: 'WDAC', denials, rules, stops: usermode === null ? null : usermode === 2, ...LOADED }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    // An older Windows cannot tell, and neither can anybody without the service: AppLocker may be it.
    return { name: 'WDAC', denials, rules: 'unknown', stops: null, ...LOADED }
  }
}

const SCRIPT =
  'ConvertTo-Json -Compress -InputObject @{ service = [int](Get-Service -Name AppIDSvc).Status; ' +
  'policy = "$(Get-AppLockerPolicy -Effective -Xml)" }'
const schema = z.strictObject({
  /** ServiceControllerStatus: 4 runs. */
  service: z.number().int().min(1).max(7),
  policy: z.string().min(1).max(1_000_000)
})

async function appLocker(sources: Sources, applications: ApplicationPolicy): Promise<Enforcer> {
  const { service, policy } = await powershell(sources, SCRIPT, schema)
  const { enforced, denials } = compiledFor(applications, 'applocker')
  const rules = whose(exeRulesOf(policy), exeRulesOf(enforced))
  return { name: 'AppLocker', denials, rules, stops: service === 4, ...LOADED }
}

/** A rule beside ours may allow what ours do not name: then they are not what the policy says. */
function whose(found: ReturnType<typeof exeRulesOf>, ours: ReturnType<typeof exeRulesOf>): Enforcer['rules'] {
  if (found === null) return 'none'
  const same = found.rules.size === ours?.rules.size && [...found.rules].every((rule) => ours.rules.has(rule))
  if (!same) return 'other'
  return found.mode === 'Enabled' ? 'ours' : found.mode === 'AuditOnly' ? 'noting' : 'other'
}
