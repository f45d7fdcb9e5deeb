import {
  DEVICES_A_PAGE,
  type DeviceList,
  type DeviceQuery,
  type DeviceRow
} from '../../contract/wire/v1/device-admin'
import type { TeamScope } from '../people/scope'
import { newestPolicyVersion } from '../store/admin/policy'
import type { Queries } from '../store/open'
import { fleetOf } from './fleet'
import { chosen, type Found } from './order'
import { problemsOf } from './problems'

/** One page of the computers of the viewer's organisation, of all its teams. */
export async function listDevices(
  db: Queries,
  { organisationId }: Pick<TeamScope, 'organisationId'>,
  query: DeviceQuery
): Promise<DeviceList> {
  const fleet = await fleetOf(db, organisationId)
  const problems = await problemsOf(db, organisationId)
  const all = fleet.map((one): Found => ({
    ...one,
    problems: one.counts ? (problems.get(one.workstation) ?? []) : null
  }))
  const found = chosen(all, query)
  // A list that became shorter meanwhile has no such page any more: its last one.
  const page = Math.min(query.page, Math.max(0, Math.ceil(found.length / DEVICES_A_PAGE) - 1))
  const from = page * DEVICES_A_PAGE
  return {
    total: found.length,
    current: all.filter(({ trust }) => trust !== 'revoked').length,
    page,
    policyInForce: await newestPolicyVersion(db, organisationId),
    devices: found.slice(from, from + DEVICES_A_PAGE).map(rowOf)
  }
}

const rowOf = (found: Found): DeviceRow => ({
  workstation: found.workstation,
  label: found.label,
  hostLabel: found.hostLabel,
  team: found.team,
  simulated: found.simulated,
  keyClass: found.keyClass,
  trust: found.trust,
  trustSince: found.trustSince?.toISOString() ?? null,
  enrolledAt: found.enrolledAt.toISOString(),
  lastHeard: found.lastHeardAt?.toISOString() ?? null,
  isSilent: found.isSilent,
  version: found.version,
  policyVersion: found.policyVersion,
  problems: found.problems === null ? null : [...found.problems]
})
