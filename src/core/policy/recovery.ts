import { z } from 'zod'
import { knownRules } from '../application/known'
import { remotePrograms } from '../check/judge/remote-control'
import type { ApplicationPolicy } from '../application/policy'
import { plainName } from '../application/program'
import type { ApplicationRule } from '../application/rule'
import type { CheckRules } from './checks'
import type { People, Teams } from './team'
import type { VpnPolicy } from './vpn'

/** A program's name as processes show it, without a path; `.exe` and case do not matter. */
const programName = z
  .string()
  .regex(/^[\w .+-]{2,60}$/, 'the name of a program without its path, such as openvpn')

/**
 * By what a desk that a policy went wrong on is brought back: the field `recovery` of a policy. Beside these the program
 * knows the usual ones. The way to call for help and the desk's own parts are never a policy's to take away.
 */
export const recoverySchema = z.strictObject({
  vpnClient: z.array(programName).max(20).default([]),
  updater: z.array(programName).max(20).default([]),
  deviceManagement: z.array(programName).max(20).default([]),
  /** By which people call for help: a telephone in software, a support tool. */
  help: z.array(programName).max(20).default([])
})
export type Recovery = z.infer<typeof recoverySchema>

type Part = keyof Recovery | 'havendesk'

const known: Readonly<Record<Part, readonly string[]>> = {
  vpnClient: [
    'wireguard',
    'wireguard-go',
    'wg',
    'wg-quick',
    'openvpn',
    'openvpn-gui',
    'openvpnserv',
    'networkmanager'
  ],
  updater: [
    'apt',
    'apt-get',
    'dpkg',
    'packagekitd',
    'snapd',
    'unattended-upgrade',
    'unattended-upgr',
    'softwareupdated',
    'wuauclt',
    'usoclient',
    'msiexec',
    'tiworker',
    'trustedinstaller'
  ],
  deviceManagement: [
    'jamf',
    'jamfdaemon',
    'mdmclient',
    'omadmclient',
    'intune-agent',
    'microsoft.management.services.intunewindowsagent',
    'orbit',
    'osqueryd',
    'salt-minion',
    'puppet'
  ],
  help: [],
  havendesk: ['havendesk', 'havendesk-service', 'havendesk-launcher', 'electron']
}

/** How each part is called in a problem. */
const names: Readonly<Record<Part, string>> = {
  vpnClient: 'the VPN client',
  updater: 'the updater',
  deviceManagement: 'the device management',
  help: 'the way to call for help',
  havendesk: 'Havendesk itself'
}

export interface RecoveryProblem {
  readonly path: readonly (string | number)[]
  readonly problem: string
}

/** The parts of a policy by which it could shut out what would mend it. */
export interface Blocking {
  readonly checks?: CheckRules | undefined
  readonly applications?: ApplicationPolicy | undefined
  readonly teams?: Teams | undefined
  readonly people?: People | undefined
  readonly vpn?: VpnPolicy | undefined
  readonly recovery?: Recovery | undefined
}

/** What in a policy would block the means by which a desk is brought back. Empty when nothing does. */
export function recoveryProblems(policy: Blocking): readonly RecoveryProblem[] {
  return [
    ...againstPrograms(policy),
    ...againstApplications(policy),
    ...againstNetwork(policy),
    ...againstVpn(policy)
  ]
}

const partOf = (name: string, recovery: Recovery | undefined): Part | undefined =>
  (Object.keys(known) as Part[]).find((part) =>
    [...known[part], ...(part === 'havendesk' ? [] : (recovery?.[part] ?? []))]
      .map(plainName)
      .includes(plainName(name))
  )

/** Rules that name a part of the recovery set, in any list; and ours, where the policy itself names it as needed. */
function againstApplications({
  applications,
  recovery,
  teams,
  people
}: Blocking): readonly RecoveryProblem[] {
  if (applications === undefined) return []
  const layered = [
    ...Object.entries(teams ?? {}).map((one) => ['teams', ...one] as const),
    ...Object.entries(people ?? {}).map((one) => ['people', ...one] as const)
  ]
  const lists: readonly (readonly [readonly string[], readonly ApplicationRule[]])[] = [
    [['applications', 'locked'], applications.locked],
    [['applications', 'above'], applications.above ?? []],
    [['applications', 'rules'], applications.rules],
    ...layered.map(
      ([layer, name, one]) => [[layer, name, 'applications', 'rules'], one.applications?.rules ?? []] as const
    )
  ]
  const listed = lists.flatMap(([list, rules]) =>
    rules.flatMap((rule, index): readonly RecoveryProblem[] => {
      const file =
        rule.path === undefined || rule.path.includes('*') ? undefined : rule.path.split(/[/\\]/).at(-1)
      const name = [rule.name, rule.originalName, file].find(
        (one) => one !== undefined && partOf(one, recovery) !== undefined
      )
      const part = name === undefined ? undefined : partOf(name, recovery)
      if (rule.verdict !== 'deny' || name === undefined || part === undefined) return []
      const problem = `"${name}" is ${names[part]}, and would be denied on every desk; leave the rule out`
      return [{ path: [...list, index], problem }]
    })
  )
  const ours = new Set(
    knownRules(applications.known).flatMap(({ name }) => (name === undefined ? [] : [plainName(name)]))
  )
  const allowed = new Set(
    [...applications.locked, ...(applications.above ?? []), ...applications.rules]
      .filter(({ verdict }) => verdict === 'allow')
      .flatMap(({ name }) => (name === undefined ? [] : [plainName(name)]))
  )
  const needed = (Object.keys(recovery ?? {}) as (keyof Recovery)[]).flatMap((part) =>
    (recovery?.[part] ?? []).flatMap((name, index): readonly RecoveryProblem[] => {
      if (!ours.has(plainName(name)) || allowed.has(plainName(name))) return []
      const problem = `"${name}" is on Havendesk's own list of denied programs; allow it in applications.rules, or name another`
      return [{ path: ['recovery', part, index], problem }]
    })
  )
  return [...listed, ...needed]
}

function againstPrograms({ checks, recovery }: Blocking): readonly RecoveryProblem[] {
  const remote = checks?.['remote-control']
  if (remote === undefined) return []
  const listed = remote.programs.flatMap((name, index): readonly RecoveryProblem[] => {
    const part = partOf(name, recovery)
    if (part === undefined) return []
    const problem = `"${name}" is ${names[part]}, and would count as remote control on every desk; leave it out`
    return [{ path: ['checks', 'remote-control', 'programs', index], problem }]
  })
  if (remote.enforcement !== 'block' || recovery === undefined) return listed
  const blocked = (Object.keys(recovery) as (keyof Recovery)[]).flatMap((part) =>
    recovery[part].flatMap((name, index): readonly RecoveryProblem[] => {
      if (!remotePrograms.has(plainName(name))) return []
      const problem = `"${name}" counts as remote control, which checks.remote-control blocks: with it running nobody can work; let that check warn or report, or name another`
      return [{ path: ['recovery', part, index], problem }]
    })
  )
  return [...listed, ...blocked]
}

function againstNetwork({ checks }: Blocking): readonly RecoveryProblem[] {
  const wifi = checks?.wifi
  if (wifi?.enforcement !== 'block' || wifi.networks?.length !== 0) return []
  const problem =
    'no network is allowed: desks on Wi-Fi could be neither worked at nor mended; name at least one, or leave the field out'
  return [{ path: ['checks', 'wifi', 'networks'], problem }]
}

function againstVpn({ vpn }: Blocking): readonly RecoveryProblem[] {
  if (vpn?.response !== 'blank' || !vpn.endpoints.includes(vpn.probe.host)) return []
  const problem =
    'it is one of the tunnel’s own far ends, which are reached outside the tunnel: no desk would ever pass; name a host behind the VPN'
  return [{ path: ['vpn', 'probe', 'host'], problem }]
}
