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

/** A team of Apple's: ten capitals and digits. */
const TEAM = /^[A-Z0-9]{10}$/

/**
 * A configuration profile for Santa (northpole.dev): static rules by SHA-256 of the binary and by team, and one expression
 * for paths (`BlockedPathRegex`), which Santa asks last. Santa stops nothing while it only monitors but what is blocked.
 */
export function compileSanta(policy: ApplicationPolicy, options: CompileOptions): Compiled {
  const { settings, untold, denials } = santaSettings(policy, options)
  return { text: profile(settings), untold, denials }
}

/** One static rule of Santa's. */
export interface SantaRule {
  readonly rule_type: 'BINARY' | 'TEAMID'
  readonly identifier: string
  readonly policy: 'BLOCKLIST' | 'ALLOWLIST'
  readonly custom_msg?: string
}

/** What the profile sets, as the system hands it to Santa. */
export interface SantaSettings {
  /** 1 only monitors, 2 runs nothing that is unknown. */
  readonly ClientMode: 1 | 2
  readonly StaticRules?: readonly SantaRule[]
  readonly BlockedPathRegex?: string
  readonly AllowedPathRegex?: string
}

export function santaSettings(
  policy: ApplicationPolicy,
  { enforce }: CompileOptions
): Omit<Compiled, 'text'> & { readonly settings: SantaSettings } {
  const rules: SantaRule[] = []
  const blocked: string[] = []
  const allowed: string[] = []
  const untold: string[] = []
  for (const { rule, act } of orderedRules(policy)) {
    if (act === 'note' || (act === 'deny' && !enforce)) {
      untold.push(`${describeRule(rule)}: Santa has no rule that only notes`)
      continue
    }
    const said = sayOf(rule)
    if (said.kind === 'untold') untold.push(`${describeRule(rule)}: ${said.why}`)
    else if (said.kind === 'path') (act === 'deny' ? blocked : allowed).push(said.pattern)
    else
      rules.push({
        rule_type: said.type,
        identifier: said.identifier,
        policy: act === 'deny' ? 'BLOCKLIST' : 'ALLOWLIST',
        ...(rule.title === undefined ? {} : { custom_msg: `${rule.title} is not allowed on this computer.` })
      })
  }
  if (policy.otherwise === 'allow-installed')
    allowed.push('/System/.*', '/usr/(?!local/).*', '/bin/.*', '/sbin/.*', '/Library/.*', '/Applications/.*')
  const settings: SantaSettings = {
    ClientMode: policy.otherwise !== 'allow' && enforce ? 2 : 1,
    ...(rules.length === 0 ? {} : { StaticRules: rules }),
    ...(blocked.length === 0 ? {} : { BlockedPathRegex: anyOf(blocked) }),
    ...(allowed.length === 0 ? {} : { AllowedPathRegex: anyOf(allowed) })
  }
  return { settings, untold, denials: denialsOf(policy, (rule) => sayOf(rule).kind !== 'untold') }
}

type Said =
  | { readonly kind: 'static'; readonly type: 'BINARY' | 'TEAMID'; readonly identifier: string }
  | { readonly kind: 'path'; readonly pattern: string }
  | { readonly kind: 'untold'; readonly why: string }

function sayOf({ sha256, path, signer, originalName, name }: ApplicationRule): Said {
  const named = [sha256, path, signer, originalName, name].filter((one) => one !== undefined)
  if (named.length > 1) return { kind: 'untold', why: 'a rule of Santa names one thing' }
  if (sha256 !== undefined) return { kind: 'static', type: 'BINARY', identifier: sha256 }
  if (signer !== undefined)
    return TEAM.test(signer)
      ? { kind: 'static', type: 'TEAMID', identifier: signer }
      : { kind: 'untold', why: 'the signer is no team of Apple’s' }
  if (originalName !== undefined) return { kind: 'untold', why: 'programs of macOS have no original name' }
  if (path?.includes('\\') === true) return { kind: 'untold', why: 'it is a path of Windows' }
  if (path !== undefined) return { kind: 'path', pattern: patternOf(path) }
  return { kind: 'path', pattern: `.*/(?i:${quote(name ?? '')})` }
}

const quote = (text: string): string => text.replace(/[.+*?^${}()|[\]\\]/g, '\\$&')
const patternOf = (path: string): string =>
  path
    .split(/(\*\*|\*)/)
    .map((part) => (part === '**' ? '.*' : part === '*' ? '[^/]*' : quote(part)))
    .join('')

const key = (name: string, value: string): string => `<key>${name}</key>${value}`
const text = (value: string): string => `<string>${xml(value)}</string>`

const staticRule = ({ rule_type, identifier, policy, custom_msg }: SantaRule): string =>
  `<dict>${key('rule_type', text(rule_type))}${key('identifier', text(identifier))}${key('policy', text(policy))}${
    custom_msg === undefined ? '' : key('custom_msg', text(custom_msg))
  }</dict>`

const anyOf = (patterns: readonly string[]): string => `^(?:${patterns.join('|')})$`

function profile({ ClientMode, StaticRules, BlockedPathRegex, AllowedPathRegex }: SantaSettings): string {
  const santa = [
    key('PayloadType', text('com.northpolesec.santa')),
    key('PayloadIdentifier', text('com.havendesk.applications.santa')),
    key('PayloadUUID', text(identifierOf('santa payload'))),
    key('PayloadVersion', '<integer>1</integer>'),
    key('ClientMode', `<integer>${String(ClientMode)}</integer>`),
    ...(StaticRules === undefined
      ? []
      : [key('StaticRules', `<array>\n${StaticRules.map(staticRule).join('\n')}\n</array>`)]),
    ...(BlockedPathRegex === undefined ? [] : [key('BlockedPathRegex', text(BlockedPathRegex))]),
    ...(AllowedPathRegex === undefined ? [] : [key('AllowedPathRegex', text(AllowedPathRegex))])
  ]
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
${key('PayloadType', text('Configuration'))}
${key('PayloadIdentifier', text('com.havendesk.applications'))}
${key('PayloadUUID', text(identifierOf('santa profile')))}
${key('PayloadVersion', '<integer>1</integer>')}
${key('PayloadScope', text('System'))}
${key('PayloadDisplayName', text('Havendesk: applications'))}
${key('PayloadContent', `<array><dict>\n${santa.join('\n')}\n</dict></array>`)}
</dict>
</plist>
`
}
