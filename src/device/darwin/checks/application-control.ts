import { z } from 'zod'
import { santaSettings, type SantaSettings } from '../../../core/application/compile/santa'
import {
  judgeApplicationControl,
  judgeWanted,
  wantedOf,
  type Enforcer
} from '../../../core/check/judge/application-control'
import type { Check } from '../../contract/check'
import { garbled, ifThere, type Sources } from '../../contract/sources'

const MANAGED = '/Library/Managed Preferences'
const FILE = 'com.northpolesec.santa.plist'

const count = z.number().int().nonnegative()
const counts = z.record(z.string(), z.union([count, z.boolean()]))
/** `santactl status --json`, of 2025: SNTCommandStatus.mm. Other versions say their counts elsewhere, and are not read. */
const statusSchema = z.looseObject({
  daemon: z.looseObject({ mode: z.string().max(40), static_rules: count }),
  rule_types: counts,
  transitive_allowlisting: counts
})

/**
 * Santa: its daemon answers, in the mode of the profile and with as many static rules, and what the system manages for it
 * is exactly what was compiled. Rules of a database or a sync server count as other rules. Never run on a Mac.
 */
export const applicationControl: Check = {
  name: 'application-control',
  pace: 'often',
  look: async (sources, _rules, applications) => {
    const wanted = wantedOf(applications)
    if (wanted.kind !== 'rules') return judgeWanted(wanted) ?? judgeApplicationControl([])
    const names = (await ifThere(sources.folder(MANAGED))) ?? []
    if (!names.includes(FILE)) return judgeApplicationControl([])
    const managed = await managedSettings(sources)
    const status = await santaStatus(sources)
    const { settings: ours, denials } = santaSettings(wanted.applications, { enforce: true })
    const noting = santaSettings(wanted.applications, { enforce: false }).settings
    const rules: Enforcer['rules'] = isSame(managed, ours)
      ? 'ours'
      : isSame(managed, noting)
        ? 'noting'
        : 'other'
    const isOurMode = status.mode === (ours.ClientMode === 2 ? 'Lockdown' : 'Monitor') && !status.takesOrders
    return judgeApplicationControl([
      {
        name: 'Santa',
        denials,
        rules: rules === 'ours' && (status.otherRules > 0 || !isOurMode) ? 'other' : rules,
        stops: true,
        loaded: status.staticRules === (ours.StaticRules ?? []).length,
        gaps: []
      }
    ])
  }
}

async function managedSettings(sources: Sources): Promise<Readonly<Record<string, unknown>>> {
  const args = ['-convert', 'json', '-o', '-', `${MANAGED}/${FILE}`]
  const read = z
    .record(z.string(), z.unknown())
    .safeParse(jsonOf(await sources.tool('/usr/bin/plutil', args), 'plutil'))
  if (!read.success) throw garbled('plutil')
  return read.data
}

async function santaStatus(sources: Sources) {
  const text = await sources.tool('/usr/local/bin/santactl', ['status', '--json'])
  const read = statusSchema.safeParse(jsonOf(text, 'santactl'))
  if (!read.success) throw garbled('santactl')
  const { daemon, rule_types, transitive_allowlisting, ...rest } = read.data
  const sync = z.looseObject({ enabled: z.literal(false) }).safeParse(rest['sync'])
  const all = [...Object.values(rule_types), ...Object.values(transitive_allowlisting)]
  return {
    mode: daemon.mode,
    staticRules: daemon.static_rules,
    otherRules: all.reduce((sum: number, one) => sum + Number(one), 0),
    takesOrders: !sync.success
  }
}

function jsonOf(text: string, tool: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw garbled(tool)
  }
}

/** What decides which programs run, older names of the same settings included; the rest, such as its log, does not. */
const DECIDING = [
  'ClientMode',
  'StaticRules',
  'BlockedPathRegex',
  'AllowedPathRegex',
  'BlacklistRegex',
  'WhitelistRegex'
]

/** Word for word, whatever the order of the keys; nothing more and nothing less. */
function isSame(managed: Readonly<Record<string, unknown>>, settings: SantaSettings): boolean {
  const deciding = Object.fromEntries(Object.entries(managed).filter(([key]) => DECIDING.includes(key)))
  const ordered = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(ordered)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(
            Object.entries(value)
              .toSorted(([one], [other]) => (one < other ? -1 : 1))
              .map(([key, inner]) => [key, ordered(inner)])
          )
        : value
  return JSON.stringify(ordered(deciding)) === JSON.stringify(ordered(settings))
}
