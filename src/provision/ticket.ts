import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { enrolmentTicketSchema, type EnrolmentTicket } from '../contract/wire/v1/device'
import {
  createEnrolmentToken,
  findOrganisation,
  newestRoot,
  type NewToken,
  type Queries
} from '../hub/store/index'
import type { PolicyRoot } from '../core/policy/envelope'
import { fromBase64url } from '../core/trust/base64url'
import { rootSchema, type RootEnvelope } from '../core/trust/root'
import { parsePayload } from '../core/trust/signed'
import { ProvisionError } from './problem'

export interface TicketRequest extends NewToken {
  /** Where the workstation finds the hub: `https://host:port`. */
  readonly hubUrl: string
  /** The hub's certificate authority, PEM. */
  readonly hubCa: string
  /** IT's own copy of its root, to be pinned. Left out, the one in the hub's database is. */
  readonly root?: RootEnvelope
}

/** Makes the ticket that a workstation is enrolled with, once: it pins the hub and IT's key. */
export async function createTicket(db: Queries, request: TicketRequest): Promise<EnrolmentTicket> {
  const owner = await findOrganisation(db, request.organisation)
  const root = request.root ?? (await newestRoot(db, owner.id)) ?? undefined
  const policyRoot = owner.policyRoot ?? (root === undefined ? undefined : firstKeyOf(root))
  if (policyRoot === undefined) {
    throw new ProvisionError(`${owner.name} trusts no policy key yet. Do "havendesk keys trust" first.`)
  }
  const hubUrl = new URL(request.hubUrl)
  if (hubUrl.protocol !== 'https:') throw new ProvisionError('The hub’s address has to start with https://.')
  const { token } = await createEnrolmentToken(db, request)
  return enrolmentTicketSchema.parse({
    v: 1,
    hubUrl: hubUrl.origin,
    hubCa: request.hubCa,
    organisation: owner.name,
    token,
    policyRoot,
    team: request.team,
    ...(root === undefined ? {} : { root })
  })
}

/** A client from before roots refuses a ticket with one; what stands in the older field is nobody's to use then. */
function firstKeyOf(envelope: RootEnvelope): PolicyRoot | undefined {
  const bytes = fromBase64url(envelope.payload)
  const root = bytes === null ? null : parsePayload(rootSchema, bytes)
  const key = root?.ok === true ? root.value.keys[0] : undefined
  return key === undefined ? undefined : { keyId: key.keyId, publicKey: key.publicKey }
}

/** Reads the authority that a hub made for itself at its first start. */
export async function readHubCa(dataFolder: string): Promise<string> {
  const path = join(dataFolder, 'tls', 'ca.crt')
  return readFile(path, 'utf8').catch(() => {
    throw new ProvisionError(
      `${path} is not there. Start the hub once: it makes its certificate at its first start.`
    )
  })
}
