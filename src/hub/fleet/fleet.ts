import { eq } from 'drizzle-orm'
import type { Trust } from '../../contract/wire/v1/console'
import type { Queries } from '../store/open'
import { attestation, desk, organisation, team, workstation } from '../store/tables'
import { isBelieved, trustOf } from '../stream/trust'

/** One computer of an organisation, without what its checks said. */
export interface FleetDevice {
  readonly workstation: string
  readonly label: string
  readonly hostLabel: string
  readonly team: string
  readonly simulated: boolean
  readonly keyClass: 'keychain' | 'tpm'
  readonly trust: Trust
  readonly trustSince: Date | null
  readonly enrolledAt: Date
  readonly lastHeardAt: Date | null
  readonly isSilent: boolean
  readonly version: string
  readonly policyVersion: number
  /** Whether what its checks said counts: it is heard, and the hub has a reason to believe it. */
  readonly counts: boolean
}

/** Every computer that was ever enrolled in an organisation, whatever its team, the oldest first. */
export async function fleetOf(db: Queries, organisationId: string): Promise<readonly FleetDevice[]> {
  const rows = await db
    .select({
      workstation: {
        id: workstation.id,
        label: workstation.label,
        hostLabel: workstation.hostLabel,
        simulated: workstation.simulated,
        keyClass: workstation.keyClass,
        build: workstation.build,
        enrolledAt: workstation.enrolledAt,
        revokedAt: workstation.revokedAt,
        quarantinedAt: workstation.quarantinedAt
      },
      desk: {
        lastHeardAt: desk.lastHeardAt,
        silentSince: desk.silentSince,
        policyVersion: desk.policyVersion,
        attestationId: desk.attestationId
      },
      team: team.name,
      mode: organisation.attestation,
      buildAllowed: attestation.buildAllowed,
      attestedAt: attestation.at
    })
    .from(workstation)
    .innerJoin(desk, eq(desk.workstationId, workstation.id))
    .innerJoin(team, eq(team.teamId, workstation.teamId))
    .innerJoin(organisation, eq(organisation.organisationId, workstation.organisationId))
    .leftJoin(attestation, eq(attestation.id, desk.attestationId))
    .where(eq(workstation.organisationId, organisationId))
    .orderBy(workstation.enrolledAt, workstation.id)
  return rows.map((row) => {
    const trust = trustOf(row)
    const { id, label, hostLabel, simulated, keyClass, build, enrolledAt } = row.workstation
    const isSilent = row.desk.silentSince !== null
    return {
      workstation: id,
      label,
      hostLabel,
      team: row.team,
      simulated,
      keyClass,
      trust,
      trustSince: row.workstation.revokedAt ?? row.workstation.quarantinedAt ?? row.attestedAt,
      enrolledAt,
      lastHeardAt: row.desk.lastHeardAt,
      isSilent,
      version: build,
      policyVersion: row.desk.policyVersion,
      counts: !isSilent && isBelieved(trust)
    }
  })
}
