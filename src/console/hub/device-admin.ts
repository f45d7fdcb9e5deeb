import type { z } from 'zod'
import {
  deviceListSchema,
  postureSchema,
  type DeviceList,
  type DeviceQuery,
  type Posture,
  type RevokeDevice
} from '../../contract/wire/v1/device-admin'
import {
  madeTicketSchema,
  ticketListSchema,
  type MadeTicket,
  type NewTicket,
  type TicketList
} from '../../contract/wire/v1/enrolment-admin'
import { publishedSchema, type Published } from '../../contract/wire/v1/published'

/** What IT's page about computers asks of the hub. */
export interface DeviceAdminCalls {
  readonly devices: (query: DeviceQuery, signal: AbortSignal) => Promise<DeviceList>
  readonly posture: (signal: AbortSignal) => Promise<Posture>
  readonly revokeDevice: (workstation: string, why: RevokeDevice) => Promise<void>
  readonly releaseDevice: (workstation: string) => Promise<void>
  readonly published: (signal: AbortSignal) => Promise<Published>
  readonly tickets: (signal: AbortSignal) => Promise<TicketList>
  readonly makeTicket: (request: NewTicket) => Promise<MadeTicket>
  readonly withdrawTicket: (ticket: string) => Promise<void>
}

/** How the hub client asks: paths below `/console/v1/`, failures as `HubFailure`. */
export interface Asking {
  readonly get: (path: string, signal?: AbortSignal) => Promise<Response>
  readonly post: (path: string, body: object) => Promise<Response>
  readonly act: (path: string, body?: object) => Promise<void>
  readonly understood: <T extends z.ZodType>(schema: T, response: Response) => Promise<z.infer<T>>
}

export const deviceAdminCalls = ({ get, post, act, understood }: Asking): DeviceAdminCalls => ({
  devices: async ({ page, check, ...rest }, signal) => {
    const query = new URLSearchParams({
      ...rest,
      page: String(page),
      ...(check === undefined ? {} : { check })
    })
    return understood(deviceListSchema, await get(`devices?${query.toString()}`, signal))
  },
  posture: async (signal) => understood(postureSchema, await get('devices/posture', signal)),
  revokeDevice: (workstation, why) => act(`devices/${encodeURIComponent(workstation)}/revoke`, why),
  releaseDevice: (workstation) => act(`devices/${encodeURIComponent(workstation)}/release`),
  published: async (signal) => understood(publishedSchema, await get('policies', signal)),
  tickets: async (signal) => understood(ticketListSchema, await get('enrolment-tokens', signal)),
  makeTicket: async (request) => understood(madeTicketSchema, await post('enrolment-tokens', request)),
  withdrawTicket: (ticket) => act(`enrolment-tokens/${encodeURIComponent(ticket)}/withdraw`)
})
