import { eq } from 'drizzle-orm'
import type { HubError } from '../../contract/wire/v1/device'
import type { Queries } from '../store/open'
import { workstation } from '../store/tables'

/** Why a device that is enrolled may not speak, in the wire's words; null when it may. */
export async function standingOf(db: Queries, device: string): Promise<HubError | null> {
  const rows = await db
    .select({ revokedAt: workstation.revokedAt, quarantinedAt: workstation.quarantinedAt })
    .from(workstation)
    .where(eq(workstation.id, device))
  const found = rows[0]
  if (found === undefined || found.revokedAt !== null) return isRevoked
  return found.quarantinedAt === null ? null : isQuarantined
}

export const isRevoked: HubError = { code: 'revoked', message: 'This device was shut out. Ask IT.' }
export const isQuarantined: HubError = {
  code: 'quarantined',
  message:
    'Two programs used the key of this device, so neither is believed. Ask IT to look at it and to enrol it again.'
}
