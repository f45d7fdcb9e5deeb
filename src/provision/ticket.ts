import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { enrolmentTicketSchema, type EnrolmentTicket } from '../contract/wire/v1/device'
import { createEnrolmentToken, findOrganisation, type NewToken, type Queries } from '../hub/store/index'
import { ProvisionError } from './problem'

export interface TicketRequest extends NewToken {
  /** Where the workstation finds the hub: `https://host:port`. */
  readonly hubUrl: string
  /** The hub's certificate authority, PEM. */
  readonly hubCa: string
}

/** Makes the ticket that a workstation is enrolled with, once: it pins the hub and IT's key. */
export async function createTicket(db: Queries, request: TicketRequest): Promise<EnrolmentTicket> {
  const owner = await findOrganisation(db, request.organisation)
  if (owner.policyRoot === null) {
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
    policyRoot: owner.policyRoot
  })
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
