import type { FastifyInstance } from 'fastify'
import { deviceQuerySchema, revokeDeviceSchema } from '../../contract/wire/v1/device-admin'
import { ok } from '../../core/result'
import { releaseDevice, revokeDevice } from '../fleet/act'
import { listDevices } from '../fleet/list'
import { postureOf } from '../fleet/posture'
import type { Database } from '../store/open'
import { parseBody, rawBody } from './body'
import { parseQuery } from './query'
import { withId, withViewer } from './viewer'

export interface DeviceAdminParts {
  readonly db: Database
  readonly now: () => Date
}

type WithId = { Params: { id: string } }

/** What IT sees of and does with the computers of its organisation. */
export function registerDeviceAdminRoutes(app: FastifyInstance, { db, now }: DeviceAdminParts): void {
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
}
