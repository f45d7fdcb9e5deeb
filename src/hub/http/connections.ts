import type { FastifyInstance } from 'fastify'
import { newChannelSchema, newKeySchema } from '../../contract/wire/v1/connections'
import { ok } from '../../core/result'
import { listKeys, makeKey, revokeKey } from '../integration/keys'
import { deskWork } from '../integration/work'
import {
  listChannels,
  listDeadLetters,
  makeChannel,
  resendLetter,
  retireChannel,
  type OutboxSettings
} from '../outbox/manage'
import type { Database } from '../store/open'
import { parseBody, rawBody } from './body'
import { withId, withViewer } from './viewer'

export interface ConnectionParts {
  readonly db: Database
  readonly outbox: OutboxSettings
  readonly now: () => Date
}

type WithId = { Params: { id: string } }

/** What IT does about other systems, and what these told of the person at a desk. */
export function registerConnectionRoutes(app: FastifyInstance, { db, outbox, now }: ConnectionParts): void {
  app.get('/console/v1/integration/keys', (request, reply) =>
    withViewer(request, reply, async (viewer) => ok(await listKeys(db, viewer, now())))
  )

  app.post('/console/v1/integration/keys', (request, reply) =>
    withViewer(request, reply, async (viewer) => {
      const body = parseBody(newKeySchema, rawBody(request.body))
      return body.ok ? makeKey(db, viewer, body.value, now()) : body
    })
  )

  app.post<WithId>('/console/v1/integration/keys/:id/revoke', (request, reply) =>
    withViewer(request, reply, (viewer) =>
      withId(request.params.id, (id) => revokeKey(db, viewer, id, now()))
    )
  )

  app.get('/console/v1/integration/channels', (request, reply) =>
    withViewer(request, reply, async (viewer) => ok(await listChannels(db, viewer, outbox.hasMail)))
  )

  app.post('/console/v1/integration/channels', (request, reply) =>
    withViewer(request, reply, async (viewer) => {
      const body = parseBody(newChannelSchema, rawBody(request.body))
      return body.ok ? makeChannel(db, viewer, body.value, outbox, now()) : body
    })
  )

  app.post<WithId>('/console/v1/integration/channels/:id/retire', (request, reply) =>
    withViewer(request, reply, (viewer) =>
      withId(request.params.id, (id) => retireChannel(db, viewer, id, now()))
    )
  )

  app.get('/console/v1/integration/dead-letters', (request, reply) =>
    withViewer(request, reply, async (viewer) => ok(await listDeadLetters(db, viewer)))
  )

  app.post<WithId>('/console/v1/integration/dead-letters/:id/resend', (request, reply) =>
    withViewer(request, reply, (viewer) =>
      withId(request.params.id, (id) => resendLetter(db, viewer, id, now()))
    )
  )

  app.get<WithId>('/console/v1/workstations/:id/work', (request, reply) =>
    withViewer(request, reply, (viewer) => withId(request.params.id, (id) => deskWork(db, viewer, id, now())))
  )
}
