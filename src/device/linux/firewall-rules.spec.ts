import { describe, expect, it } from 'vitest'
import { judgeFirewall } from '../../core/check/judge/firewall'
import { SourceError, type Sources } from '../contract/sources'
import { firewallProfiles } from './firewall-rules'

const meta = { metainfo: { version: '1.0.6', release_name: 'Lester Gooch #5', json_schema_version: 1 } }
const chain = (family: string, policy: string, more: object = {}) => ({
  chain: {
    family,
    table: 'filter',
    name: 'input',
    handle: 1,
    type: 'filter',
    hook: 'input',
    prio: 0,
    policy,
    ...more
  }
})
const rule = (...expr: object[]) => ({
  rule: { family: 'inet', table: 'filter', chain: 'input', handle: 4, expr }
})

const inChain = (name: string, ...expr: object[]) => ({ rule: { ...rule(...expr).rule, chain: name } })

/** A machine on which nft says this, and the older kinds of rules are in use or not. */
const sources = (said: unknown, older: string | null = null): Sources =>
  ({
    tool: () => Promise.resolve(typeof said === 'string' ? said : JSON.stringify(said)),
    file: () =>
      older === null
        ? Promise.reject(new SourceError('absent', 'no such file'))
        : Promise.resolve({ text: older, modifiedMs: 0 })
  }) as unknown as Sources
const judged = async (entries: object[], older?: string) =>
  judgeFirewall(await firewallProfiles(sources({ nftables: [meta, ...entries] }, older))).state

describe('D12: the rules of nftables', () => {
  it.each([
    ['a policy that drops, for both protocols', [chain('inet', 'drop')], 'pass'],
    ['ufw: one table each', [chain('ip', 'drop'), chain('ip6', 'drop')], 'pass'],
    [
      'firewalld: a last rule that rejects',
      [chain('inet', 'accept'), rule({ match: {} }, { accept: null }), rule({ reject: { type: 'icmpx' } })],
      'pass'
    ],
    [
      'a last rule that counts and drops',
      [chain('inet', 'accept'), rule({ counter: {} }, { drop: null })],
      'pass'
    ],
    ['a last rule that drops some', [chain('inet', 'accept'), rule({ match: {} }, { drop: null })], 'fail'],
    [
      'a rule that drops before one that accepts',
      [chain('inet', 'accept'), rule({ drop: null }), rule({ accept: null })],
      'pass'
    ],
    [
      'a policy that drops what a rule took in before',
      [chain('inet', 'drop'), rule({ accept: null })],
      'fail'
    ],
    [
      'a last drop after a rule that takes in everything',
      [chain('inet', 'accept'), rule({ accept: null }), rule({ drop: null })],
      'fail'
    ],
    [
      'a table that is switched off',
      [{ table: { family: 'inet', name: 'filter', flags: 'dormant' } }, chain('inet', 'drop')],
      'fail'
    ],
    [
      'ufw: everything sent through chains that say nothing',
      [chain('inet', 'drop'), rule({ jump: { target: 'before' } })],
      'pass'
    ],
    [
      'everything sent to a chain that takes it in',
      [chain('inet', 'drop'), rule({ jump: { target: 'open' } }), inChain('open', { accept: null })],
      'fail'
    ],
    [
      'everything sent to a chain that drops it',
      [chain('inet', 'accept'), rule({ goto: { target: 'shut' } }), inChain('shut', { drop: null })],
      'pass'
    ],
    ['a chain that leads to itself', [chain('inet', 'drop'), rule({ jump: { target: 'input' } })], 'fail'],
    ['one protocol alone', [chain('ip', 'drop')], 'fail'],
    ['a chain for what passes through', [chain('inet', 'drop', { hook: 'forward' })], 'fail'],
    ['nothing', [], 'fail']
  ])('%s', async (_what, entries, state) => {
    expect(await judged(entries)).toBe(state)
  })

  it('leaves the answer open where rules of the older kind are in use', async () => {
    expect(await judged([], 'filter\n')).toBe('unknown')
    expect(await judged([chain('inet', 'drop')], 'filter\n')).toBe('pass')
  })

  it('leaves the answer open where nobody may read whether there are any', async () => {
    const hidden: Sources = {
      ...sources({ nftables: [meta, chain('inet', 'accept')] }),
      file: () => Promise.reject(new SourceError('unusable', 'EACCES'))
    }
    expect(judgeFirewall(await firewallProfiles(hidden)).state).toBe('unknown')
  })

  it.each(['', 'garbage', '{}', '{"nftables":[]}', '{"nftables":{"metainfo":{}}}', '[]'])(
    'takes %j for no answer',
    async (said) => {
      await expect(firewallProfiles(sources(said))).rejects.toThrow(SourceError)
    }
  )
})
