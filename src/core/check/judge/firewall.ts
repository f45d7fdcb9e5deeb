import { fail, pass, unknown, type Finding } from '../finding'

/** What one profile of a firewall does with what nobody asked for. */
export interface FirewallProfile {
  readonly name: string
  readonly on: boolean
  /** True when what comes in unasked is dropped; null when nobody can tell. */
  readonly dropsIncoming: boolean | null
}

/** Every profile of the firewall is on and drops what comes in unasked. */
export function judgeFirewall(profiles: readonly FirewallProfile[]): Finding {
  if (profiles.length === 0) return unknown('no firewall profile is told of', 'remedy.firewall.unknown')
  const off = profiles.filter(({ on }) => !on)
  if (off.length > 0) return fail(`off: ${namesOf(off)}`, 'remedy.firewall.off')
  const open = profiles.filter(({ dropsIncoming }) => dropsIncoming === false)
  if (open.length > 0) return fail(`lets everything in: ${namesOf(open)}`, 'remedy.firewall.open')
  const unclear = profiles.filter(({ dropsIncoming }) => dropsIncoming === null)
  if (unclear.length > 0) return unknown(`not known: ${namesOf(unclear)}`, 'remedy.firewall.unknown')
  return pass(`on, drops what comes in unasked: ${namesOf(profiles)}`)
}

const namesOf = (profiles: readonly FirewallProfile[]): string => profiles.map(({ name }) => name).join(', ')
