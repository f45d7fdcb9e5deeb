import type { ApplicationPolicy } from '../policy'
import type { ApplicationRule } from '../rule'
import {
  denialsOf,
  describeRule,
  identifierOf,
  orderedRules,
  xml,
  type Compiled,
  type CompileOptions
} from './ordered'

const EVERYONE = 'S-1-1-0'
const ADMINISTRATORS = 'S-1-5-32-544'

/**
 * AppLocker's rules for programs (`Exe`), after the schema in Microsoft's AppLocker CSP. What is not allowed does not run
 * there, so a rule allows the rest; and a denial beats every permission, so a permission cannot be more specific.
 */
export function compileApplocker(policy: ApplicationPolicy, { enforce }: CompileOptions): Compiled {
  const untold: string[] = []
  const told = orderedRules(policy).flatMap(({ rule, act }): readonly string[] => {
    const condition = conditionOf(rule)
    if (act === 'note') untold.push(`${describeRule(rule)}: AppLocker notes whole lists alone`)
    else if (condition.kind === 'untold') untold.push(`${describeRule(rule)}: ${condition.why}`)
    else
      return [
        ruleText(condition, act === 'deny' ? 'Deny' : 'Allow', rule.title ?? describeRule(rule), EVERYONE)
      ]
    return []
  })
  const allow = (path: string, sid: string): string =>
    ruleText({ kind: 'path', path }, 'Allow', `Havendesk: ${path} for ${sid}`, sid)
  const rest =
    policy.otherwise === 'allow'
      ? [allow('*', EVERYONE)]
      : [allow('%WINDIR%\\*', EVERYONE), allow('%PROGRAMFILES%\\*', EVERYONE), allow('*', ADMINISTRATORS)]
  if (orderedRules(policy).some(({ act }) => act === 'allow'))
    untold.push('AppLocker: a denial beats every permission there, also one that is more specific')
  const unique = [...new Set([...told, ...rest])]
  return {
    text: `<AppLockerPolicy Version="1">
  <RuleCollection Type="Exe" EnforcementMode="${enforce ? 'Enabled' : 'AuditOnly'}">
${unique.join('\n')}
  </RuleCollection>
</AppLockerPolicy>
`,
    untold,
    denials: denialsOf(policy, (rule) => conditionOf(rule).kind !== 'untold')
  }
}

type Condition =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'publisher'; readonly publisher: string; readonly binary: string }
  | { readonly kind: 'untold'; readonly why: string }

function conditionOf({ sha256, path, signer, originalName, name }: ApplicationRule): Condition {
  if (sha256 !== undefined)
    return { kind: 'untold', why: 'AppLocker hashes programs in another way (Authenticode)' }
  if ((path === undefined ? 0 : 1) + (name === undefined ? 0 : 1) + ((signer ?? originalName) ? 1 : 0) > 1)
    return { kind: 'untold', why: 'a rule of AppLocker has one condition' }
  if (signer !== undefined && !/^O=/i.test(signer))
    return { kind: 'untold', why: 'AppLocker wants the signer as in its certificate, beginning with O=' }
  if (signer !== undefined || originalName !== undefined)
    return {
      kind: 'publisher',
      publisher: signer?.toUpperCase() ?? '*',
      binary: originalName === undefined ? '*' : exe(originalName).toUpperCase()
    }
  if (path?.startsWith('/') === true) return { kind: 'untold', why: 'it is no path of Windows' }
  if (path !== undefined) return { kind: 'path', path: path.replaceAll('**', '*') }
  return { kind: 'path', path: `*\\${exe(name ?? '')}` }
}

const exe = (name: string): string => (/\.[a-z]{2,4}$/i.test(name) ? name : `${name}.exe`)

function ruleText(
  condition: Exclude<Condition, { kind: 'untold' }>,
  action: 'Allow' | 'Deny',
  name: string,
  sid: string
): string {
  const inner =
    condition.kind === 'path'
      ? `<FilePathCondition Path="${xml(condition.path)}" />`
      : `<FilePublisherCondition PublisherName="${xml(condition.publisher)}" ProductName="*" BinaryName="${xml(condition.binary)}"><BinaryVersionRange LowSection="*" HighSection="*" /></FilePublisherCondition>`
  const element = condition.kind === 'path' ? 'FilePathRule' : 'FilePublisherRule'
  const id = identifierOf(`${action} ${sid} ${inner}`)
  return `    <${element} Id="${id}" Name="${xml(name)}" Description="" UserOrGroupSid="${sid}" Action="${action}"><Conditions>${inner}</Conditions></${element}>`
}
