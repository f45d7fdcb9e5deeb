import type { FromCourier } from '../../contract/helper/courier'
import type { EnrolmentTicket } from '../../contract/wire/v1/device'
import { err, ok, type Result } from '../../core/result'
import { hasFacts, readFacts, type EnrolmentFacts } from './enrolment/facts'
import { tokenDigest } from './enrolment/enrol'
import { readTicket, removeTicket } from './enrolment/ticket'
import type { DeviceKey } from '../../device/contract/device-key'
import type { KeyRing } from './keys/open-keys'

export type Refused = Pick<Extract<FromCourier, { kind: 'refused' }>, 'reason' | 'detail'>

/** Who this workstation is, or the ticket by which it becomes someone. */
export type Identity =
  | { readonly kind: 'enrolled'; readonly facts: EnrolmentFacts; readonly key: DeviceKey }
  | { readonly kind: 'to-enrol'; readonly ticket: EnrolmentTicket }

export interface Opening {
  readonly sealing: Uint8Array
  readonly identity: Result<Identity, Refused>
}

/**
 * Opens the keychain and finds out who this workstation is, without the network. The sealing key comes even when the
 * identity is refused: what the outbox holds is not given up for that.
 */
export async function openIdentity(dataFolder: string, keys: KeyRing): Promise<Result<Opening, Refused>> {
  const ticket = await readTicket(dataFolder)
  const enrolledBefore = await hasFacts(dataFolder).catch(() => true)
  // A key that got lost is not made anew behind an enrolment's back: only a new ticket starts over.
  const mayCreate = !enrolledBefore || (ticket.ok && ticket.value !== null)
  const sealing = await keys.sealing(mayCreate)
  if (!sealing.ok) {
    const reason = sealing.error.kind === 'missing' ? 'enrolment-unreadable' : 'no-keychain'
    return err({ reason, detail: sealing.error.detail })
  }
  const facts = await readFacts(dataFolder, sealing.value)
  return ok({ sealing: sealing.value, identity: await decide(dataFolder, ticket, facts, keys) })
}

async function decide(
  dataFolder: string,
  ticket: Result<EnrolmentTicket | null, string>,
  facts: Result<EnrolmentFacts | null, string>,
  keys: KeyRing
): Promise<Result<Identity, Refused>> {
  if (!ticket.ok) return unreadable(ticket.error)
  if (ticket.value !== null) {
    const spent = facts.ok && facts.value?.tokenDigest === tokenDigest(ticket.value.token)
    if (!spent) return ok({ kind: 'to-enrol', ticket: ticket.value })
    await removeTicket(dataFolder) // a crash came between enrolment and removal
  }
  if (!facts.ok) return unreadable(facts.error)
  if (facts.value === null) {
    return err({ reason: 'not-enrolled', detail: 'there is no ticket.json in the data folder' })
  }
  const key = await keys.device(facts.value.keyThumbprint)
  if (key.ok) return ok({ kind: 'enrolled', facts: facts.value, key: key.value })
  if (key.error.kind === 'unusable') return err({ reason: 'no-keychain', detail: key.error.detail })
  return unreadable(key.error.detail)
}

const unreadable = (detail: string): Result<never, Refused> =>
  err({ reason: 'enrolment-unreadable', detail: detail.slice(0, 300) })
