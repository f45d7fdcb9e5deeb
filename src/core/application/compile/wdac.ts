import type { ApplicationPolicy } from '../policy'
import type { ApplicationRule } from '../rule'
import {
  denialsOf,
  describeRule,
  hashOf,
  identifierOf,
  orderedRules,
  xml,
  type Compiled,
  type CompileOptions
} from './ordered'

/** Highest version there is: a denial with it as the lowest that may run denies every version. */
const EVERY_VERSION = '65535.65535.65535.65535'

const options = (enforce: boolean): readonly string[] => [
  'Enabled:UMCI',
  'Enabled:Unsigned System Integrity Policy',
  'Enabled:Advanced Boot Options Menu',
  'Enabled:Update Policy No Reboot',
  ...(enforce ? [] : ['Enabled:Audit Mode'])
]

/**
 * A policy of App Control for Business (WDAC), in the format of cipolicy.xsd. Files are known there by the name that
 * their maker built in, and by path; signers by their certificates' hashes, which no policy of ours has. A denial beats
 * every permission.
 */
export function compileWdac(policy: ApplicationPolicy, { enforce }: CompileOptions): Compiled {
  const untold: string[] = []
  const rules = new Map<string, string>()
  const add = (action: 'Allow' | 'Deny', attributes: string, title: string): void => {
    // The schema wants a letter first.
    const id = `ID_${action.toUpperCase()}_R${identifierOf(`${action} ${attributes}`).replaceAll('-', '').toUpperCase()}`
    rules.set(id, `    <${action} ID="${id}" FriendlyName="${xml(title)}" ${attributes} />`)
  }
  for (const { rule, act } of orderedRules(policy)) {
    const attributes = attributesOf(rule, act === 'deny')
    if (act === 'note') untold.push(`${describeRule(rule)}: a policy of WDAC notes as a whole alone`)
    else if (attributes.kind === 'untold') untold.push(`${describeRule(rule)}: ${attributes.why}`)
    else add(act === 'deny' ? 'Deny' : 'Allow', attributes.text, rule.title ?? describeRule(rule))
  }
  if (policy.otherwise === 'allow') add('Allow', 'FileName="*"', 'Everything else')
  else
    for (const path of ['%WINDIR%\\*', '%OSDRIVE%\\Program Files\\*', '%OSDRIVE%\\Program Files (x86)\\*'])
      add('Allow', `FilePath="${path}"`, `Installed: ${path}`)
  const hasAllow = orderedRules(policy).some(({ act }) => act === 'allow')
  if (hasAllow) untold.push('WDAC: a denial beats every permission there, also one that is more specific')
  const text = document([...rules], enforce)
  return {
    text: text.replace(UNNAMED, `Havendesk ${hashOf(text).slice(0, 32)}`),
    untold,
    denials: denialsOf(policy, (rule) => attributesOf(rule, true).kind !== 'untold')
  }
}

type Attributes =
  { readonly kind: 'told'; readonly text: string } | { readonly kind: 'untold'; readonly why: string }

function attributesOf(
  { sha256, path, signer, originalName, name }: ApplicationRule,
  denies: boolean
): Attributes {
  if (sha256 !== undefined)
    return { kind: 'untold', why: 'WDAC hashes programs in another way (Authenticode)' }
  if (signer !== undefined) return { kind: 'untold', why: 'WDAC wants the hash of the signer’s certificate' }
  if (path !== undefined) {
    if (path.startsWith('/')) return { kind: 'untold', why: 'it is no path of Windows' }
    if (originalName !== undefined || name !== undefined)
      return { kind: 'untold', why: 'a path and a name together cannot be said' }
    return { kind: 'told', text: `FilePath="${xml(path.replaceAll('**', '*'))}"` }
  }
  const file = originalName ?? name ?? ''
  const version = denies ? ` MinimumFileVersion="${EVERY_VERSION}"` : ''
  return {
    kind: 'told',
    text: `FileName="${xml(/\.[a-z]{2,4}$/i.test(file) ? file : `${file}.exe`)}"${version}`
  }
}

/** Where the hash of all the rest comes to stand. */
const UNNAMED = 'Havendesk applications'

/** What a system that has the policy in force tells of it: its id, and a name that bears the hash of its rules. */
export function wdacIdentity(text: string): { readonly id: string; readonly name: string } {
  const id = /<PolicyID>\{([0-9A-F-]{36})\}<\/PolicyID>/.exec(text)?.[1]
  const name = /<String>(Havendesk [0-9a-f]{32})<\/String>/.exec(text)?.[1]
  if (id === undefined || name === undefined) throw new Error('this is no policy that was compiled here')
  return { id: id.toLowerCase(), name }
}

function document(rules: readonly (readonly [string, string])[], enforce: boolean): string {
  const id = `{${identifierOf('wdac policy').toUpperCase()}}`
  const refs = rules.map(([rule]) => `          <FileRuleRef RuleID="${rule}" />`).join('\n')
  // Drivers are not this policy's business: they are allowed, as they were.
  const drivers = '    <Allow ID="ID_ALLOW_DRIVERS" FriendlyName="Drivers" FileName="*" />'
  return `<?xml version="1.0" encoding="utf-8"?>
<SiPolicy xmlns="urn:schemas-microsoft-com:sipolicy" PolicyType="Base Policy">
  <VersionEx>1.0.0.0</VersionEx>
  <PlatformID>{2E07F7E4-194C-4D20-B7C9-6F44A6C5A234}</PlatformID>
  <Rules>
${options(enforce)
  .map((option) => `    <Rule><Option>${option}</Option></Rule>`)
  .join('\n')}
  </Rules>
  <EKUs />
  <FileRules>
${[...rules.map(([, text]) => text), drivers].join('\n')}
  </FileRules>
  <Signers />
  <SigningScenarios>
    <SigningScenario Value="131" ID="ID_SIGNINGSCENARIO_DRIVERS" FriendlyName="Drivers">
      <ProductSigners>
        <FileRulesRef>
          <FileRuleRef RuleID="ID_ALLOW_DRIVERS" />
        </FileRulesRef>
      </ProductSigners>
    </SigningScenario>
    <SigningScenario Value="12" ID="ID_SIGNINGSCENARIO_PROGRAMS" FriendlyName="Programs">
      <ProductSigners>
        <FileRulesRef>
${refs}
        </FileRulesRef>
      </ProductSigners>
    </SigningScenario>
  </SigningScenarios>
  <UpdatePolicySigners />
  <CiSigners />
  <HvciOptions>0</HvciOptions>
  <Settings>
    <Setting Provider="PolicyInfo" Key="Information" ValueName="Name"><Value><String>${UNNAMED}</String></Value></Setting>
  </Settings>
  <BasePolicyID>${id}</BasePolicyID>
  <PolicyID>${id}</PolicyID>
</SiPolicy>
`
}
