import { z } from 'zod'
import type { Volume } from '../../core/check/judge/disk-encryption'
import type { FirewallProfile } from '../../core/check/judge/firewall'
import type { TpmFacts } from '../../core/check/judge/tpm'
import type { Privileged } from '../contract'
import { garbled, type Sources } from '../contract/sources'
import { profile } from './tools'

// Written from Apple's manual pages and what others wrote down of these tools' output; none of it has been run on a Mac.

/** `Firewall is enabled. (State = 1)`: 0 off, 1 on, 2 lets nothing in. The number is the same in every language. */
export async function firewallProfiles(sources: Sources): Promise<readonly FirewallProfile[]> {
  const tool = '/usr/libexec/ApplicationFirewall/socketfilterfw'
  const state = /\(State = ([012])\)\s*$/.exec(await sources.tool(tool, ['--getglobalstate']))?.[1]
  if (state === undefined) throw garbled('socketfilterfw')
  return [{ name: 'application firewall', on: state !== '0', dropsIncoming: state !== '0' }]
}

/** fdesetup(8): its words are English in every language. Only the first line says what is. */
export async function volumesOf(sources: Sources): Promise<readonly Volume[]> {
  const output = await sources.tool('/usr/bin/fdesetup', ['status'])
  const lines = output.split('\n').filter((line) => line !== '')
  const working = lines.some((line) => /^(Encryption|Decryption) in progress|^Encryption paused/.test(line))
  const word = /^FileVault is (On|Off)[.,]/.exec(lines[0] ?? '')?.[1]
  if (word === undefined && !working) throw garbled('fdesetup')
  return [{ use: 'root', state: working ? 'converting' : word === 'On' ? 'encrypted' : 'plain' }]
}

/** Macs have no TPM; those with a T2 chip or Apple silicon have a Secure Enclave, which stands in for one. */
export async function enclaveFacts(sources: Sources): Promise<TpmFacts> {
  const bridges = await profile(
    sources,
    'SPiBridgeDataType',
    z.array(z.looseObject({ _name: z.string() })).max(4)
  )
  const present = bridges.length > 0
  return { present, major: present ? 2 : null, ready: present }
}

export const privileged: Privileged = { firewall: firewallProfiles, volumes: volumesOf, tpm: enclaveFacts }
