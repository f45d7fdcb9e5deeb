import rateLimit from '@fastify/rate-limit'
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import {
  callFiguresSchema,
  callsSchema,
  certificationsSchema,
  scheduleSchema,
  type Told
} from '../../contract/wire/v1/integration'
import type { z } from 'zod'
import type { Scope } from '../../core/integration/scope'
import { integratorOf, type Integrator } from '../integration/keys'
import { readinessList } from '../integration/readiness'
import { tellCalls, tellCertifications, tellFigures, tellSchedule } from '../integration/tell'
import { refuse, type Outcome } from '../outcome'
import type { Database } from '../store/open'
import type { HubCertificate } from '../tls/authority'
import { parseBody, rawBody } from './body'
import { answer, sendRefusal } from './errors'
import { listenerOptions, prepare } from './listener'
import { createAttempt } from './tries'

/**
 * What each route of the integration API asks of a key; `any` needs a key and nothing of it. A route that does not stand
 * here keeps the hub from starting.
 */
export const integrationAccess: Readonly<Record<string, Scope | 'any'>> = {
  'GET /integration/v1/key': 'any',
  'GET /integration/v1/readiness': 'readiness.read',
  'POST /integration/v1/calls': 'calls.write',
  'POST /integration/v1/call-figures': 'calls.write',
  'POST /integration/v1/schedule': 'schedule.write',
  'POST /integration/v1/certifications': 'certifications.write'
}

/** Wrong keys allowed from one address within five minutes. */
const MAX_WRONG_KEYS = 30
/** Requests of one key in a minute. */
const MAX_REQUESTS = 1200
/** Largest batch, bytes: two hundred schedules of a month fit. */
const BATCH_BODY = 2 * 1024 * 1024

export interface IntegrationListenerParts {
  readonly db: Database
  readonly certificate: HubCertificate
  readonly log: Logger
  readonly now: () => Date
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The system that asks; null before its key was looked at. */
    integrator: Integrator | null
  }
}

/** The integration API: TLS 1.3 under the hub's own authority, every request with a key. */
export async function createIntegrationListener(parts: IntegrationListenerParts): Promise<FastifyInstance> {
  const { certificate, db, now } = parts
  const app = fastify({
    ...listenerOptions(parts.log),
    bodyLimit: BATCH_BODY,
    https: { key: certificate.key, cert: certificate.certificate, minVersion: 'TLSv1.3' }
  }) as unknown as FastifyInstance
  prepare(app)
  await app.register(rateLimit, { global: false })
  guardKeys(app, parts)

  app.get('/integration/v1/key', (request, reply) => {
    const { name, organisation, scopes, expiresAt } = integratorBehind(request)
    return reply.send({ name, organisation, scopes, expiresAt })
  })
  app.get('/integration/v1/readiness', async (request, reply) =>
    reply.send(await readinessList(db, integratorBehind(request).organisationId, now()))
  )

  const takes = <T>(
    path: string,
    schema: z.ZodType<T>,
    store: (db: Database, organisationId: string, body: T, now: Date) => Promise<Outcome<Told>>
  ): void => {
    app.post(path, async (request, reply) => {
      const body = parseBody(schema, rawBody(request.body))
      if (!body.ok) return sendRefusal(reply, body.error)
      return answer(reply, await store(db, integratorBehind(request).organisationId, body.value, now()))
    })
  }
  takes('/integration/v1/calls', callsSchema, tellCalls)
  takes('/integration/v1/call-figures', callFiguresSchema, tellFigures)
  takes('/integration/v1/schedule', scheduleSchema, tellSchedule)
  takes('/integration/v1/certifications', certificationsSchema, tellCertifications)
  return app
}

function integratorBehind(request: FastifyRequest): Integrator {
  if (request.integrator === null) throw new Error('a route is answered without a key')
  return request.integrator
}

/** Looks at the key before anything else of the request is read. */
function guardKeys(app: FastifyInstance, { db, now }: IntegrationListenerParts): void {
  const attempt = createAttempt(app)
  const limit = app.createRateLimit({
    max: MAX_REQUESTS,
    timeWindow: 60_000,
    keyGenerator: (request) => request.integrator?.keyId ?? request.ip
  })
  app.decorateRequest('integrator', null)
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) {
      const route = `${one === 'HEAD' ? 'GET' : one} ${url}`
      if (integrationAccess[route] === undefined)
        throw new Error(`the route ${route} stands in no line of integrationAccess`)
    }
  })
  app.addHook('onRequest', async (request, reply): Promise<FastifyReply | undefined> => {
    void reply.header('cache-control', 'no-store')
    const { url } = request.routeOptions
    if (url === undefined) return undefined // answered with not-found
    const found = await attempt(
      request,
      { who: `key ${request.ip}`, max: MAX_WRONG_KEYS, failure: 'bad-credentials' },
      () => holderOf(db, request.headers.authorization, now())
    )
    if (!found.ok) return sendRefusal(reply.header('www-authenticate', 'Bearer'), found.error)
    request.integrator = found.value
    const asked = integrationAccess[`${request.method === 'HEAD' ? 'GET' : request.method} ${url}`]
    if (asked === undefined || (asked !== 'any' && !found.value.scopes.includes(asked)))
      return sendRefusal(reply, {
        code: 'forbidden',
        message: `This key does not have the scope ${asked ?? 'that is asked for'}.`
      })
    const rate = await limit(request)
    if (!rate.isAllowed && rate.isExceeded)
      return sendRefusal(reply, {
        code: 'too-many-tries',
        message: `More than ${MAX_REQUESTS} requests a minute. Put several people into one request.`
      })
    return undefined
  })
}

async function holderOf(
  db: Database,
  authorization: string | undefined,
  now: Date
): Promise<Outcome<Integrator>> {
  const key = /^Bearer (hdk_[A-Za-z0-9_-]{43})$/.exec(authorization ?? '')?.[1]
  const found = key === undefined ? null : await integratorOf(db, key, now)
  if (found !== null) return { ok: true, value: found }
  return refuse('bad-credentials', 'This needs the header Authorization: Bearer, with a key that IT made.')
}
