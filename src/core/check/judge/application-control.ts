import { compileApplications, stopsAnything, type CompileTarget } from '../../application/compile/targets'
import type { Compiled, Denials } from '../../application/compile/ordered'
import type { ApplicationPolicy } from '../../application/policy'
import { fail, pass, unknown, type Finding } from '../finding'

/** How the operating system's own enforcement of one kind stands to the rules that the policy compiles to. */
export interface Enforcer {
  readonly name: string
  /**
   * The rules it has: `ours` are exactly those that are compiled with `--enforce`, `noting` those without, `other`
   * anything else, an older compilation of ours included. `unknown`: nobody can tell.
   */
  readonly rules: 'ours' | 'noting' | 'other' | 'none' | 'unknown'
  /** True while it runs and stops what its rules deny; null when nobody can tell. */
  readonly stops: boolean | null
  /** False when it was started before its rules or settings were last changed; null when nobody can tell. */
  readonly loaded: boolean | null
  /** What it does not watch, in the system's own words: programs start there whatever the rules say. */
  readonly gaps: readonly string[]
  /** What of the policy's denials its rules can say. */
  readonly denials: Denials
}

/** What a system's own enforcement has to hold for the policy in force at this desk. */
export type Wanted =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'impossible' }
  | { readonly kind: 'rules'; readonly applications: ApplicationPolicy }

/** What of the policy for applications is the system's own to enforce; `null`: the policy has no such field. */
export function wantedOf(applications: ApplicationPolicy | null): Wanted {
  if (applications === null) return { kind: 'nothing' }
  if (applications.otherwise === 'deny') return { kind: 'impossible' }
  return stopsAnything(applications) ? { kind: 'rules', applications } : { kind: 'nothing' }
}

/** The compiled rules, as they are when they stop what they deny and as they are when they only note it; how much they say. */
export function compiledFor(
  applications: ApplicationPolicy,
  target: CompileTarget
): { readonly enforced: string; readonly noting: string; readonly denials: Denials } {
  const compile = (enforce: boolean): Compiled => {
    const compiled = compileApplications(applications, target, { enforce })
    if (!compiled.ok) throw new Error('these rules would stop the system itself')
    return compiled.value
  }
  const { text: enforced, denials } = compile(true)
  return { enforced, noting: compile(false).text, denials }
}

/** What there is to say before any enforcement is looked at; null when it has to be looked at. */
export function judgeWanted({ kind }: Wanted): Finding | null {
  if (kind === 'nothing') return pass('the policy leaves nothing to the system’s own enforcement')
  if (kind === 'impossible')
    return fail('the policy denies all that it does not name', 'remedy.application-control.impossible')
  return null
}

/** At least one enforcement of the system has exactly the compiled rules, runs, and stops what they deny. */
export function judgeApplicationControl(enforcers: readonly Enforcer[]): Finding {
  const found = enforcers.map((enforcer) => ({ enforcer, finding: judgeOne(enforcer) }))
  const passed = found.find(({ finding }) => finding.state === 'pass')
  const having = (rules: Enforcer['rules']) => found.find(({ enforcer }) => enforcer.rules === rules)
  const nearest = having('ours') ?? having('noting')
  return (
    (passed ?? nearest ?? having('unknown') ?? having('other') ?? found[0])?.finding ??
    fail('no enforcement of the system found', 'remedy.application-control.off')
  )
}

function judgeOne({ name, rules, stops, loaded, gaps, denials: { told, untold } }: Enforcer): Finding {
  if (rules === 'unknown')
    return unknown(`${name}: not known which rules it has`, 'remedy.application-control.unknown')
  if (rules === 'none') return fail(`${name}: no rules`, 'remedy.application-control.off')
  if (rules === 'noting') return fail(`${name}: rules that only note`, 'remedy.application-control.noting')
  if (rules === 'other')
    return fail(`${name}: other rules than the policy’s`, 'remedy.application-control.other')
  if (told === 0 && untold > 0)
    return fail(
      `${name}: can be told none of the policy’s denials (${String(untold)})`,
      'remedy.application-control.untold'
    )
  if (stops === null)
    return unknown(`${name}: not known whether it stops`, 'remedy.application-control.unknown')
  if (!stops) return fail(`${name}: stops nothing`, 'remedy.application-control.off')
  if (loaded === null)
    return unknown(`${name}: not known which rules it runs with`, 'remedy.application-control.unknown')
  if (!loaded) return fail(`${name}: started before its rules changed`, 'remedy.application-control.restart')
  if (gaps.length > 0)
    return fail(`${name}: does not watch ${gaps.slice(0, 4).join(', ')}`, 'remedy.application-control.gap')
  const but =
    untold === 0
      ? ''
      : `, but ${String(untold)} of its ${String(told + untold)} denials, which it cannot be told`
  return pass(`${name}: the policy’s rules are in force${but}`)
}
