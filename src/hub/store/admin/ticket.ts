import { enrolmentTicketSchema, type EnrolmentTicket } from '../../../contract/wire/v1/device'
import type { PolicyRoot } from '../../../core/policy/envelope'
import { fromBase64url } from '../../../core/trust/base64url'
import { rootSchema, type RootEnvelope } from '../../../core/trust/root'
import { parsePayload } from '../../../core/trust/signed'
import type { Queries } from '../open'
import { createEnrolmentToken, type NewToken } from './enrolment'
import { findOrganisation } from './organisation'
import { AdminRefusal } from './refusal'
import { newestRoot } from './trust'

export interface TicketRequest extends NewToken {
  /** Where the workstation finds the hub: `https://host:port`. */
  readonly hubUrl: string
  /** The hub's certificate authority, PEM. */
  readonly hubCa: string
  /** The root to be pinned, such as IT's own copy; null: none. Left out, the newest in the hub's database is. */
  readonly root?: RootEnvelope | null
}

/** A ticket, and what is kept of it: by its `id` it can be withdrawn. */
export interface IssuedTicket {
  readonly id: string
  readonly expiresAt: Date
  readonly ticket: EnrolmentTicket
}

/**
 * Makes the ticket that a workstation is enrolled with, once: it pins the hub and IT's key. Throws `AdminRefusal` where it
 * cannot be made.
 */
export async function issueTicket(db: Queries, request: TicketRequest, now?: Date): Promise<IssuedTicket> {
  const owner = await findOrganisation(db, request.organisation)
  const root = request.root === undefined ? await newestRoot(db, owner.id) : request.root
  const policyRoot = owner.policyRoot ?? (root === null ? undefined : firstKeyOf(root))
  if (policyRoot === undefined) {
    throw new AdminRefusal(`${owner.name} trusts no policy key yet. Do "havendesk keys trust" first.`)
  }
  const hubUrl = new URL(request.hubUrl)
  if (hubUrl.protocol !== 'https:') throw new AdminRefusal('The hub’s address has to start with https://.')
  const { id, token, expiresAt } = await createEnrolmentToken(db, request, now)
  const ticket = enrolmentTicketSchema.parse({
    v: 1,
    hubUrl: hubUrl.origin,
    hubCa: request.hubCa,
    organisation: owner.name,
    token,
    policyRoot,
    team: request.team,
    ...(root === null ? {} : { root })
  })
  return { id, expiresAt, ticket }
}

/** A client from before roots refuses a ticket with one; what stands in the older field is nobody's to use then. */
function firstKeyOf(envelope: RootEnvelope): PolicyRoot | undefined {
  const bytes = fromBase64url(envelope.payload)
  const root = bytes === null ? null : parsePayload(rootSchema, bytes)
  const key = root?.ok === true ? root.value.keys[0] : undefined
  return key === undefined ? undefined : { keyId: key.keyId, publicKey: key.publicKey }
}
