import { z } from 'zod'
import type { FirewallProfile } from '../../core/check/judge/firewall'
import { garbled, ifThere, SourceError, type Sources } from '../contract/sources'

// libnftables-json(5): a list of objects with one key each. What is not looked at is let through.
const chainSchema = z.object({
  family: z.string(),
  table: z.string(),
  name: z.string(),
  hook: z.string().optional(),
  policy: z.enum(['accept', 'drop']).optional()
})
const ruleSchema = z.object({
  family: z.string(),
  table: z.string(),
  chain: z.string(),
  expr: z.array(z.record(z.string(), z.unknown()))
})
const tableSchema = z.object({
  family: z.string(),
  name: z.string(),
  flags: z.union([z.string(), z.array(z.string())]).optional()
})
const rulesetSchema = z.object({
  nftables: z.array(
    z.union([
      z.object({ chain: chainSchema }),
      z.object({ rule: ruleSchema }),
      z.record(z.string(), z.unknown())
    ])
  )
})
type Chain = z.infer<typeof chainSchema>
type Rule = z.infer<typeof ruleSchema>

/**
 * What the kernel's rules do with what comes in, for IPv4 and IPv6: from nftables, which ufw, firewalld and today's
 * iptables write to as well. Rules of the older kind, which it does not show, leave the answer open.
 */
export async function firewallProfiles(sources: Sources): Promise<readonly FirewallProfile[]> {
  const json = jsonOf(await sources.tool('/usr/sbin/nft', ['-j', 'list', 'ruleset']))
  const ruleset = rulesetSchema.safeParse(json)
  if (!ruleset.success) throw garbled('nft')
  const entries = ruleset.data.nftables
  if (!entries.some((entry) => 'metainfo' in entry)) throw garbled('nft')
  const chains = entries.flatMap((entry) => ('chain' in entry ? [chainSchema.parse(entry.chain)] : []))
  const rules = entries.flatMap((entry) => ('rule' in entry ? [ruleSchema.parse(entry.rule)] : []))
  const tables = entries.flatMap((entry) => ('table' in entry ? [tableSchema.parse(entry['table'])] : []))
  return Promise.all(
    (['ip', 'ip6'] as const).map(async (family): Promise<FirewallProfile> => {
      const name = family === 'ip' ? 'IPv4' : 'IPv6'
      const input = chains.filter(
        (chain) => chain.hook === 'input' && ['inet', family].includes(chain.family) && !sleeps(chain, tables)
      )
      if (input.some((chain) => dropsAll(chain, rules))) return { name, on: true, dropsIncoming: true }
      return (await mayHaveOlderRules(sources, family))
        ? { name, on: true, dropsIncoming: null }
        : { name, on: input.length > 0, dropsIncoming: false }
    })
  )
}

/** Whether tables of the older kind are in use, which nft does not show. A list that nobody may read could hold some. */
async function mayHaveOlderRules(sources: Sources, family: 'ip' | 'ip6'): Promise<boolean> {
  try {
    const file = await ifThere(sources.file(`/proc/net/${family}_tables_names`))
    return file !== null && file.text.trim() !== ''
  } catch (error) {
    if (error instanceof SourceError) return true
    throw error
  }
}

/** Chains of a table that is switched off (`dormant`) do nothing. */
const sleeps = ({ family, table }: Chain, tables: readonly z.infer<typeof tableSchema>[]): boolean =>
  tables.some((one) => one.family === family && one.name === table && [one.flags].flat().includes('dormant'))

/** What becomes of whatever no rule asked about: `on`, when a chain comes to its end without a word about it. */
type Rest = 'dropped' | 'taken' | 'on'

/** The kernel takes no deeper ones (NFT_JUMP_STACK_SIZE). */
const DEEPEST = 16
const targetSchema = z.object({ target: z.string() })

/** By a rule of its own or of a chain that everything is sent through, or by its policy. */
const dropsAll = (chain: Chain, rules: readonly Rule[]): boolean => {
  const rest = restOf(chain, rules, DEEPEST)
  return rest === 'dropped' || (rest === 'on' && chain.policy === 'drop')
}

function restOf(
  chain: Pick<Chain, 'family' | 'table' | 'name'>,
  rules: readonly Rule[],
  depth: number
): Rest {
  if (depth === 0) return 'taken'
  const own = rules.filter(
    (rule) => rule.family === chain.family && rule.table === chain.table && rule.chain === chain.name
  )
  for (const rule of own) {
    const [only, ...more] = rule.expr.filter((part) => !('counter' in part) && !('log' in part))
    // What is asked first (an interface, an address, a state) makes it a rule for some alone.
    if (only === undefined || more.length > 0) continue
    if ('drop' in only || 'reject' in only) return 'dropped'
    if ('accept' in only || 'queue' in only) return 'taken'
    if ('return' in only) return 'on'
    const to = targetSchema.safeParse(only['jump'] ?? only['goto'])
    if (!to.success) continue
    const rest = restOf({ ...chain, name: to.data.target }, rules, depth - 1)
    if (rest !== 'on' || 'goto' in only) return rest
  }
  return 'on'
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw garbled('nft')
  }
}
