import type { DeviceQuery, DeviceSort, Problem } from '../../contract/wire/v1/device-admin'
import type { Trust } from '../../contract/wire/v1/console'
import type { FleetDevice } from './fleet'

/** A computer with what does not pass at it; null while nothing that it said counts. */
export type Found = FleetDevice & { readonly problems: readonly Problem[] | null }

/** What of a list a query asks for, in the order that it asks for. Two of the same stand by label, then by id. */
export function chosen(
  fleet: readonly Found[],
  { search, check, show, sort, order }: Pick<DeviceQuery, 'search' | 'check' | 'show' | 'sort' | 'order'>
): readonly Found[] {
  const wanted = search.toLowerCase()
  const keyOf = keys[sort]
  const sign = order === 'up' ? 1 : -1
  return fleet
    .filter((one) => show === 'all' || one.trust !== 'revoked')
    .filter((one) => check === undefined || one.problems?.some((problem) => problem.check === check) === true)
    .filter(
      (one) => wanted === '' || [one.label, one.team, one.hostLabel, one.workstation].some(holds(wanted))
    )
    .toSorted(
      (one, other) =>
        sign * compare(keyOf(one), keyOf(other)) ||
        compare(one.label, other.label) ||
        compare(one.workstation, other.workstation)
    )
}

const holds =
  (wanted: string) =>
  (text: string): boolean =>
    text.toLowerCase().includes(wanted)

/** Numbers in labels and versions count as numbers: desk 9 stands before desk 10. */
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
const compare = (one: string | number, other: string | number): number =>
  typeof one === 'number' && typeof other === 'number'
    ? one - other
    : collator.compare(String(one), String(other))

/** What wants a look first stands last, so that `down` has it on top. */
const leastFirst: readonly Trust[] = [
  'revoked',
  'attested',
  'reported',
  'unattested',
  'unproven',
  'quarantined'
]

const keys: Readonly<Record<DeviceSort, (one: Found) => string | number>> = {
  label: ({ label }) => label,
  team: ({ team }) => team,
  key: ({ keyClass }) => keyClass,
  trust: ({ trust }) => leastFirst.indexOf(trust),
  heard: ({ lastHeardAt }) => lastHeardAt?.getTime() ?? 0,
  version: ({ version }) => version,
  policy: ({ policyVersion }) => policyVersion,
  problems: ({ problems }) => weightOf(problems)
}

/** What the policy makes something of weighs more than what it only wants told; what nobody knows is not well either. */
function weightOf(problems: Found['problems']): number {
  if (problems === null) return 0.5
  const reported = problems.filter(({ enforcement }) => enforcement === 'report').length
  return 1000 * (problems.length - reported) + reported
}
