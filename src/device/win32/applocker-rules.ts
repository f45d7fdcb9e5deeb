import { garbled } from '../contract/sources'

/** The rules for programs (`Exe`) of an AppLocker policy, each in one form, whoever wrote the XML. */
export interface ExeRules {
  /** `EnforcementMode`: `Enabled`, `AuditOnly` or `NotConfigured`. */
  readonly mode: string
  readonly rules: ReadonlySet<string>
}

const COLLECTION =
  /<RuleCollection Type="Exe" EnforcementMode="(\w+)"\s*(?:\/>|>([\s\S]*?)<\/RuleCollection>)/g
const RULE = /<(File(?:Path|Publisher|Hash)Rule) ([^<>]*)>([\s\S]*?)<\/\1>/g

/** Null where a policy has no rules for programs. Titles and descriptions are left out: they decide nothing. */
export function exeRulesOf(policy: string): ExeRules | null {
  if (!/^\s*<AppLockerPolicy Version="1"\s*(?:\/>|>[\s\S]*<\/AppLockerPolicy>)\s*$/.test(policy))
    throw garbled('AppLocker')
  const collections = [...policy.matchAll(COLLECTION)]
  if (collections.length > 1 || collections.length !== policy.split('Type="Exe"').length - 1)
    throw garbled('AppLocker')
  const [collection] = collections
  if (collection === undefined) return null
  const [, mode = '', inner = ''] = collection
  const rules = [...inner.matchAll(RULE)].map(([, kind = '', attributes = '', conditions = '']) =>
    [
      kind,
      ...['Id', 'UserOrGroupSid', 'Action'].map((name) => attribute(attributes, name)),
      plain(conditions)
    ].join(' ')
  )
  // What is no rule of a known form is not passed over.
  if (rules.length !== (inner.match(/<File\w+Rule\s/g) ?? []).length) throw garbled('AppLocker')
  return rules.length === 0 ? null : { mode, rules: new Set(rules) }
}

function attribute(text: string, name: string): string {
  const value = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(text)?.[1]
  if (value === undefined) throw garbled('AppLocker')
  return value
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** One form for what two writers of XML write differently: white space between tags, and how signs are named. */
const plain = (text: string): string =>
  text
    .replace(/>\s+</g, '><')
    .replace(/\s*\/>/g, '/>')
    .trim()
    .replace(/&(?:#(\d{1,6})|(\w{2,4}));/g, (whole, code: string | undefined, name: string | undefined) =>
      code === undefined ? (ENTITIES[name ?? ''] ?? whole) : String.fromCodePoint(Number(code))
    )
