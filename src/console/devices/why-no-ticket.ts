import type { Failure } from '../hub/failure'

type Why = 'person' | 'team' | 'address' | 'conflict'

/** Which words say why no ticket was made: what the hub found wrong, by its field; null where only the usual ones do. */
export function whyNoTicket(failure: Failure): `devices.ticket.refused.${Why}` | null {
  if (failure.kind !== 'refused') return null
  if (failure.code === 'not-found') return 'devices.ticket.refused.person'
  if (failure.code === 'conflict') return 'devices.ticket.refused.conflict'
  if (failure.code !== 'bad-request') return null
  if (failure.field === 'hubUrl') return 'devices.ticket.refused.address'
  return failure.field === 'team' ? 'devices.ticket.refused.team' : null
}
