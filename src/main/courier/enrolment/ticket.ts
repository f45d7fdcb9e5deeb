import { join } from 'node:path'
import { err, ok, type Result } from '../../../core/result'
import { enrolmentTicketSchema, type EnrolmentTicket } from '../../../contract/wire/v1/device'
import { codeOf, readSmall, removeSecurely } from '../durable-file'

const MAX_TICKET_BYTES = 128 * 1024
const pathOf = (dataFolder: string): string => join(dataFolder, 'ticket.json')

/** Reads `ticket.json`; null when there is none. An error names the field at fault. */
export async function readTicket(dataFolder: string): Promise<Result<EnrolmentTicket | null, string>> {
  let bytes: Uint8Array | null
  try {
    bytes = await readSmall(pathOf(dataFolder), MAX_TICKET_BYTES)
  } catch (error) {
    return err(`ticket.json cannot be read: ${error instanceof Error ? error.message : codeOf(error)}`)
  }
  if (bytes === null) return ok(null)
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return err('ticket.json is not JSON in UTF-8; ask IT for a new ticket')
  }
  const ticket = enrolmentTicketSchema.safeParse(json)
  if (ticket.success) return ok(ticket.data)
  const issue = ticket.error.issues[0]
  const field = issue === undefined || issue.path.length === 0 ? 'the document' : issue.path.join('.')
  return err(`ticket.json, ${field}: ${issue?.message ?? 'not as expected'}; ask IT for a new ticket`)
}

/** Removes the used ticket: its bytes are overwritten first. */
export async function removeTicket(dataFolder: string): Promise<void> {
  await removeSecurely(pathOf(dataFolder))
}
