import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { EnrolmentTicket } from '../contract/wire/v1/device'
import { issueTicket, type Queries, type TicketRequest } from '../hub/store/index'
import { ProvisionError } from './problem'

export type { TicketRequest } from '../hub/store/index'

/** Makes the ticket that a workstation is enrolled with, once: it pins the hub and IT's key. */
export const createTicket = async (db: Queries, request: TicketRequest): Promise<EnrolmentTicket> =>
  (await issueTicket(db, request)).ticket

/** Reads the authority that a hub made for itself at its first start. */
export async function readHubCa(dataFolder: string): Promise<string> {
  const path = join(dataFolder, 'tls', 'ca.crt')
  return readFile(path, 'utf8').catch(() => {
    throw new ProvisionError(
      `${path} is not there. Start the hub once: it makes its certificate at its first start.`
    )
  })
}
