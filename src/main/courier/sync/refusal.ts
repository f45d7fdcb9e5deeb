import type { HubError } from '../../../contract/wire/v1/device'

/** The hub knows who speaks and says no for good. Told apart from a hub that is merely busy or away. */
export interface SyncRefusal {
  readonly reason: 'revoked' | 'quarantined' | 'enrolment-refused'
  readonly detail: string
}

const reasons: Partial<Record<HubError['code'], SyncRefusal['reason']>> = {
  revoked: 'revoked',
  quarantined: 'quarantined',
  'unknown-device': 'revoked',
  'flavour-refused': 'enrolment-refused'
}

/** The refusal that an error of the hub means, or null when trying again may help. */
export function refusalOf(error: HubError): SyncRefusal | null {
  const reason = reasons[error.code]
  return reason === undefined ? null : { reason, detail: error.message.slice(0, 300) }
}
