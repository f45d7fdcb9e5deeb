import { z } from 'zod'
import { enrolmentTicketSchema } from './device'

/** Tickets that IT makes at the console: each enrols one computer once. */

const instant = z.iso.datetime()

/** POST /console/v1/enrolment-tokens */
export const newTicketSchema = z.strictObject({
  team: z.uuid(),
  /** What the console calls the workstation. */
  label: z.string().trim().min(1).max(80),
  /** How long it can be used, hours. */
  hours: z.number().int().min(1).max(24),
  /** E-mail of the advocate whose workstation it will be; null: every advocate of the organisation may sign in at it. */
  person: z.email().max(200).nullable(),
  /** Where the workstation finds the hub: `https://host:port`, the host one that the hub's certificate names. */
  hubUrl: z.url({ protocol: /^https$/, error: 'it has to start with https://' }).max(300)
})
export type NewTicket = z.infer<typeof newTicketSchema>

/** Answer to it: the ticket itself, this once. */
export const madeTicketSchema = z.strictObject({
  id: z.uuid(),
  expiresAt: instant,
  ticket: enrolmentTicketSchema,
  /** The keys that the ticket makes a workstation trust, by their ids, to be compared with IT's own. */
  pinned: z.strictObject({
    /** Version of the root; 0: a single key, from before roots. */
    root: z.number().int().nonnegative(),
    keyIds: z.array(z.string())
  })
})
export type MadeTicket = z.infer<typeof madeTicketSchema>

/** GET /console/v1/enrolment-tokens: those that can still be used, never the tokens themselves. */
export const ticketListSchema = z.strictObject({
  /** Addresses at which this hub's certificate is good; the first is the one to offer. */
  hubUrls: z.array(z.string()).min(1),
  teams: z.array(z.strictObject({ id: z.uuid(), name: z.string() })),
  tickets: z.array(
    z.strictObject({
      id: z.uuid(),
      label: z.string(),
      team: z.string(),
      /** Whose workstation it will be; null: anybody of the organisation's. */
      person: z.string().nullable(),
      madeAt: instant,
      /** Null where it was made with the command line. */
      madeBy: z.string().nullable(),
      expiresAt: instant
    })
  )
})
export type TicketList = z.infer<typeof ticketListSchema>
