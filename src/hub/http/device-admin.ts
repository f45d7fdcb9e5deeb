import type { FastifyInstance } from 'fastify'
import { newTicketSchema } from '../../contract/wire/v1/enrolment-admin'
import { deviceQuerySchema, revokeDeviceSchema } from '../../contract/wire/v1/device-admin'
import { ok } from '../../core/result'
import { releaseDevice, revokeDevice } from '../fleet/act'
import { buildsOf, withdrawBuildAtConsole } from '../fleet/builds'
import { listDevices } from '../fleet/list'
import { postureOf } from '../fleet/posture'
import { publishedOf } from '../fleet/published'
import { listTickets, makeTicket, withdrawTicket, type TicketSettings } from '../fleet/tickets'
import type { Database } from '../store/open'
import { parseBody, rawBody } from './body'
import { parseQuery } from './query'
import { withId, withViewer } from './viewer'

export interface DeviceAdminParts {
  readonly db: Database
  readonly tickets: TicketSettings
  readonly now: () => Date
}

type WithId = { Params: { id: string } }

/** What IT sees of and does with the computers of its organisation. */
export function registerDeviceAdminRoutes(
  app: FastifyInstance,
  { db, tickets, now }: DeviceAdminParts
): void {
  app.get('/console/v1/devices', (request, reply) =>
    withViewer(request, reply, async (viewer) => {
      const query = parseQuery(deviceQuerySchema, request.query)
      return query.ok ? ok(await listDevices(db, viewer, query.value)) : query
    })
  )

  app.get('/console/v1/devices/posture', (request, reply) =>
    withViewer(request, reply, async (viewer) => ok(await postureOf(db, viewer)))
  )

  app.post<WithId>('/console/v1/devices/:id/revoke', (request, reply) =>
    withViewer(request, reply, async (viewer) => {
      const body = parseBody(revokeDeviceSchema, rawBody(request.body))
      if (!body.ok) return body
      return withId(request.params.id, (id) => revokeDevice(db, viewer, id, body.value, now()))
    })
  )

  app.post<WithId>('/console/v1/devices/:id/release', (request, reply) =>
    withViewer(request, reply, (viewer) =>
      withId(request.params.id, (id) => releaseDevice(db, viewer, id, now()))
    )
  )

  app.get('/console/v1/builds', (request, reply) =>
    withViewer(request, reply, async (viewer) => ok(await buildsOf(db, viewer)))
  )
  app.post<WithId>('/console/v1/builds/:id/withdraw', (request, reply) =>
    withViewer(request, reply, (viewer) => withdrawBuildAtConsole(db, viewer, request.params.id, now()))
  )

  app.get('/console/v1/policies', (request, reply) =>
    withViewer(request, reply, async (viewer) => ok(await publishedOf(db, viewer, now())))
  )

  app.get('/console/v1/enrolment-tokens', (request, reply) =>
    withViewer(request, reply, async (viewer) => ok(await listTickets(db, viewer, tickets, now())))
  )

  app.post('/console/v1/enrolment-tokens', (request, reply) =>
    withViewer(request, reply, async (viewer) => {
      const body = parseBody(newTicketSchema, rawBody(request.body))
      return body.ok ? makeTicket(db, viewer, body.value, tickets, now()) : body
    })
  )

  app.post<WithId>('/console/v1/enrolment-tokens/:id/withdraw', (request, reply) =>
    withViewer(request, reply, (viewer) =>
      withId(request.params.id, (id) => withdrawTicket(db, viewer, id, now()))
    )
  )
}
