import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import { fastify, type FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { z } from 'zod'
import { declineRequestSchema, grantRequestSchema } from '../../contract/wire/v1/break-glass'
import { ok } from '../../core/result'
import { acknowledge, markSeen } from '../alerts/act'
import { declineAtConsole, grantAtConsole } from '../break-glass/decide'
import { exceptionsOf } from '../break-glass/view'
import type { HubConfig } from '../config'
import type { TicketSettings } from '../fleet/tickets'
import type { OutboxSettings } from '../outbox/manage'
import { viewerOf } from '../people/console-session'
import type { Providers } from '../people/provider/providers'
import type { SignInKeys } from '../people/sign-in/keys'
import type { Database } from '../store/open'
import { board } from '../stream/board'
import type { Feeds } from '../stream/feeds'
import { deskChecks } from '../stream/posture'
import { guardAccess } from './access'
import { registerAccountRoutes } from './account'
import { parseBody, rawBody } from './body'
import { registerConnectionRoutes } from './connections'
import { registerDeviceAdminRoutes } from './device-admin'
import { sendRefusal } from './errors'
import { listenerOptions, prepare } from './listener'
import { guardOrigin, type ConsoleOrigins } from './origin'
import { serveConsoleFiles } from './files'
import { registerProviderRoutes } from './provider'
import { sessionOf } from './session-cookie'
import { createSignInParts, registerSignInRoutes } from './sign-in'
import { openEventStream } from './event-stream'
import { registerReportRoutes } from './reports'
import { registerReviewRoutes } from './review'
import { viewerBehind, withId, withViewer } from './viewer'

export interface ConsoleListenerParts {
  readonly db: Database
  readonly config: HubConfig
  readonly feeds: Feeds
  readonly outbox: OutboxSettings
  readonly tickets: TicketSettings
  readonly origins: ConsoleOrigins
  readonly keys: SignInKeys
  readonly providers: Providers
  readonly log: Logger
  readonly now: () => Date
}

/** The console API and the console's own files, on loopback. */
export async function createConsoleListener(parts: ConsoleListenerParts): Promise<FastifyInstance> {
  const { config, db, feeds, now, origins } = parts
  const app = fastify({
    ...listenerOptions(parts.log),
    // Behind the reverse proxy of this machine, tries are counted by the address that it names.
    ...(config.consoleOrigin === undefined ? {} : { trustProxy: 'loopback' })
  }) as unknown as FastifyInstance
  prepare(app)
  await app.register(cookie)
  await app.register(rateLimit, { global: false })
  await app.register(helmet, {
    // Scripts, styles, fonts and pictures come from the console's own files alone; see src/ui/README.md.
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"]
      }
    },
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' }
  })
  app.addHook('onRequest', guardOrigin(origins))
  guardAccess(app, parts)

  const signIn = createSignInParts(parts)
  registerSignInRoutes(app, signIn)
  registerProviderRoutes(app, signIn)
  registerAccountRoutes(app, signIn)

  app.get('/console/v1/me', (request, reply) =>
    withViewer(request, reply, (viewer) => Promise.resolve(ok(viewer.me)))
  )

  app.get('/console/v1/board', (request, reply) =>
    withViewer(request, reply, async (viewer) => ok(await board(db, viewer, now())))
  )

  app.get<{ Params: { id: string } }>('/console/v1/workstations/:id/checks', (request, reply) =>
    withViewer(request, reply, (viewer) =>
      withId(request.params.id, (id) => deskChecks(db, viewer, id, now()))
    )
  )

  app.get<{ Params: { id: string } }>('/console/v1/workstations/:id/break-glass', (request, reply) =>
    withViewer(request, reply, (viewer) =>
      withId(request.params.id, (id) => exceptionsOf(db, viewer, id, now()))
    )
  )

  app.post<{ Params: { id: string } }>('/console/v1/break-glass/:id/grant', (request, reply) =>
    withViewer(request, reply, async (viewer) => {
      const body = parseBody(grantRequestSchema, rawBody(request.body))
      if (!body.ok) return body
      return withId(request.params.id, (id) => grantAtConsole(db, viewer, id, body.value, now()))
    })
  )

  app.post<{ Params: { id: string } }>('/console/v1/break-glass/:id/decline', (request, reply) =>
    withViewer(request, reply, async (viewer) => {
      const body = parseBody(declineRequestSchema, rawBody(request.body))
      if (!body.ok) return body
      return withId(request.params.id, (id) => declineAtConsole(db, viewer, id, body.value, now()))
    })
  )

  app.post<{ Params: { id: string } }>('/console/v1/alerts/:id/acknowledge', (request, reply) =>
    withViewer(request, reply, (viewer) =>
      withId(request.params.id, (id) => acknowledge(db, viewer, id, now()))
    )
  )

  app.post<{ Params: { id: string } }>('/console/v1/alerts/:id/seen', (request, reply) =>
    withViewer(request, reply, (viewer) => withId(request.params.id, (id) => markSeen(db, viewer, id, now())))
  )

  registerReviewRoutes(app, parts)
  registerReportRoutes(app, parts)
  registerConnectionRoutes(app, parts)
  registerDeviceAdminRoutes(app, parts)

  app.get<{ Querystring: { after?: unknown } }>('/console/v1/stream', async (request, reply) => {
    const token = sessionOf(request, origins) ?? ''
    const viewer = viewerBehind(request)
    const cursor = cursorSchema.safeParse(request.headers['last-event-id'] ?? request.query.after)
    if (!cursor.success) {
      return sendRefusal(reply, {
        code: 'bad-request',
        message: 'Name where to start: the cursor of the board, or the last event seen.',
        field: 'after'
      })
    }
    openEventStream(reply, {
      subscribe: (sink) => feeds.subscribe(viewer, Number(cursor.data), sink),
      isAllowed: async () => (await viewerOf(db, token, now(), 'look')) !== null,
      beatMs: config.beatMs,
      now
    })
    return reply
  })

  await serveConsoleFiles(app, config.consoleFiles)
  return app
}

const cursorSchema = z.string().regex(/^\d{1,15}$/)
