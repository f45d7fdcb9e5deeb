import type { FastifyInstance } from 'fastify'
import { trendQuerySchema } from '../../contract/wire/v1/coaching'
import { reportQuerySchema } from '../../contract/wire/v1/review'
import { filterNameSchema, newFilterSchema } from '../../contract/wire/v1/saved-filter'
import { ok } from '../../core/result'
import { alertReport } from '../reports/alerts'
import { removeFilter, renameFilter, savedFilters, saveFilter } from '../reports/saved'
import { advocatesOf, trendOf } from '../reports/trend'
import { parseBody, rawBody } from './body'
import { parseQuery } from './query'
import type { ReviewParts } from './review'
import { withId, withViewer } from './viewer'

type WithId = { Params: { id: string } }

/** Figures that people look at, and the filters that they keep. */
export function registerReportRoutes(app: FastifyInstance, { db, now }: ReviewParts): void {
  const filters = '/console/v1/reports/filters'

  app.get('/console/v1/reports/alerts', (request, reply) =>
    withViewer(request, reply, async (viewer) => {
      const query = parseQuery(reportQuerySchema, request.query)
      return query.ok ? alertReport(db, viewer, query.value) : query
    })
  )

  app.get('/console/v1/advocates', (request, reply) =>
    withViewer(request, reply, async (viewer) => ok(await advocatesOf(db, viewer)))
  )
  app.get<WithId>('/console/v1/advocates/:id/trend', (request, reply) =>
    withViewer(request, reply, async (viewer) => {
      const query = parseQuery(trendQuerySchema, request.query)
      if (!query.ok) return query
      return withId(request.params.id, (id) => trendOf(db, viewer, id, query.value, now()))
    })
  )

  app.get(filters, (request, reply) =>
    withViewer(request, reply, async (viewer) => ok(await savedFilters(db, viewer)))
  )
  app.post(filters, (request, reply) =>
    withViewer(request, reply, async (viewer) => {
      const body = parseBody(newFilterSchema, rawBody(request.body))
      return body.ok ? saveFilter(db, viewer, body.value, now()) : body
    })
  )
  app.post<WithId>(`${filters}/:id/name`, (request, reply) =>
    withViewer(request, reply, async (viewer) => {
      const body = parseBody(filterNameSchema, rawBody(request.body))
      if (!body.ok) return body
      return withId(request.params.id, (id) => renameFilter(db, viewer, id, body.value.name))
    })
  )
  app.post<WithId>(`${filters}/:id/remove`, (request, reply) =>
    withViewer(request, reply, (viewer) => withId(request.params.id, (id) => removeFilter(db, viewer, id)))
  )
}
