import type { Trust } from '../../contract/wire/v1/console'
import type { AttestationMode, desk, workstation } from '../store/tables'

interface TrustRow {
  readonly desk: Pick<typeof desk.$inferSelect, 'silentSince' | 'attestationId'>
  readonly workstation: Pick<typeof workstation.$inferSelect, 'revokedAt' | 'quarantinedAt'>
  /** Whether the program that attested is on the list; null where none did. */
  readonly buildAllowed: boolean | null
  readonly mode: AttestationMode
}

/** What the hub has to believe a desk by. A silent desk is judged for its silence, not for what it did not prove. */
export function trustOf(row: TrustRow): Trust {
  if (row.workstation.revokedAt !== null) return 'revoked'
  if (row.workstation.quarantinedAt !== null) return 'quarantined'
  if (row.buildAllowed === true) return 'attested'
  if (row.mode === 'require' && row.desk.silentSince === null) return 'unproven'
  return row.desk.attestationId === null ? 'unattested' : 'reported'
}

/** What a desk says of itself is no reason to show it as well, where this is false. */
export const isBelieved = (trust: Trust): boolean =>
  trust !== 'unproven' && trust !== 'quarantined' && trust !== 'revoked'
