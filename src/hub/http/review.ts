import type { FastifyInstance } from 'fastify'
import { appealAnswerSchema, decideRequestSchema } from '../../contract/wire/v1/alert-life'
import { instructRequestSchema } from '../../contract/wire/v1/instruction'
import { alertListQuerySchema } from '../../contract/wire/v1/review'
import { ok } from '../../core/result'
import { answerAppeal, decide } from '../alerts/act'
import { listAlerts } from '../alerts/list'
import { alertHistory } from '../audit/history'
import { instruct, instructionsOf } from '../instructions/console'
import type { Database } from '../store/open'
import { parseBody, rawBody } from './body'
import { parseQuery } from './query'
import { withId, withViewer } from './viewer'

export interface ReviewParts {
  readonly db: Database
  readonly now: () => Date
}

type WithId = { Params: { id: string } }

/** What people at the console do: decide on alerts, look back, ask something of a desk. */
export function registerReviewRoutes(app: FastifyInstance, { db, now }: ReviewParts): void {
  app.get('/console/v1/alerts', (request, reply) =>
    withViewer(request, reply, async (viewer) => {
      const query = parseQuery(alertListQuerySchema, request.query)
      return query.ok ? ok(await listAlerts(db, viewer, query.value, now())) : query
    })
  )

  app.get<WithId>('/console/v1/alerts/:id/history', (request, reply) =>
    withViewer(request, reply, (viewer) => withId(request.params.id, (id) => alertHistory(db, viewer, id)))
  )

  app.post<WithId>('/console/v1/alerts/:id/decide', (request, reply) =>
    withViewer(request, reply, async (viewer) => {
      const body = parseBody(decideRequestSchema, rawBody(request.body))
      if (!body.ok) return body
      return withId(request.params.id, (id) => decide(db, viewer, id, body.value, now()))
    })
  )

  app.post<WithId>('/console/v1/alerts/:id/appeal', (request, reply) =>
    withViewer(request, reply, async (viewer) => {
      const body = parseBody(appealAnswerSchema, rawBody(request.body))
      if (!body.ok) return body
      return withId(request.params.id, (id) => answerAppeal(db, viewer, id, body.value, now()))
    })
  )

  app.get<WithId>('/console/v1/workstations/:id/instructions', (request, reply) =>
    withViewer(request, reply, (viewer) =>
      withId(request.params.id, (id) => instructionsOf(db, viewer, id, now()))
    )
  )

  app.post<WithId>('/console/v1/workstations/:id/instructions', (request, reply) =>
    withViewer(request, reply, async (viewer) => {
      const body = parseBody(instructRequestSchema, rawBody(request.body))
      if (!body.ok) return body
      return withId(request.params.id, (id) => instruct(db, viewer, id, body.value, now()))
    })
  )
}
