import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { mayDo, type Right } from '../../core/access/right'
import { recordAct } from '../audit/acts'
import { viewerOf, type Viewer } from '../people/console-session'
import type { Database } from '../store/open'
import { sendRefusal } from './errors'
import type { ConsoleOrigins } from './origin'
import { sessionOf } from './session-cookie'
import { signInAccess } from './sign-in-access'

/** `anyone`: needs no session. Everything else is the one right that a route asks for. */
export type Access = 'anyone' | Right

/**
 * Who may use which route of the console's listener. A route that does not stand here keeps the hub from starting, and
 * nothing but this table opens one.
 */
export const consoleAccess: Readonly<Record<string, Access>> = {
  'GET /': 'anyone',
  'GET /*': 'anyone',
  'POST /console/v1/sign-in': 'anyone',
  'POST /console/v1/sign-out': 'anyone',
  ...signInAccess,
  'GET /console/v1/me': 'session.own',
  'GET /console/v1/board': 'board.read',
  'GET /console/v1/stream': 'board.read',
  'GET /console/v1/workstations/:id/checks': 'posture.read',
  'GET /console/v1/workstations/:id/work': 'work.read',
  'GET /console/v1/workstations/:id/break-glass': 'exception.read',
  'GET /console/v1/workstations/:id/instructions': 'desk.instruct',
  'POST /console/v1/workstations/:id/instructions': 'desk.instruct',
  'POST /console/v1/break-glass/:id/grant': 'exception.decide',
  'POST /console/v1/break-glass/:id/decline': 'exception.decide',
  'GET /console/v1/alerts': 'alert.read',
  'GET /console/v1/alerts/:id/history': 'audit.read',
  'POST /console/v1/alerts/:id/decide': 'alert.decide',
  'POST /console/v1/alerts/:id/appeal': 'appeal.decide',
  'GET /console/v1/reports/alerts': 'report.read',
  'GET /console/v1/reports/filters': 'report.read',
  'POST /console/v1/reports/filters': 'report.read',
  'POST /console/v1/reports/filters/:id/name': 'report.read',
  'POST /console/v1/reports/filters/:id/remove': 'report.read',
  'GET /console/v1/advocates': 'coaching.read',
  'GET /console/v1/advocates/:id/trend': 'coaching.read',
  'GET /console/v1/integration/keys': 'integration.manage',
  'POST /console/v1/integration/keys': 'integration.manage',
  'POST /console/v1/integration/keys/:id/revoke': 'integration.manage',
  'GET /console/v1/integration/channels': 'integration.manage',
  'POST /console/v1/integration/channels': 'integration.manage',
  'POST /console/v1/integration/channels/:id/retire': 'integration.manage',
  'GET /console/v1/integration/dead-letters': 'integration.manage',
  'POST /console/v1/integration/dead-letters/:id/resend': 'integration.manage',
  'GET /console/v1/devices': 'device.manage',
  'GET /console/v1/devices/posture': 'device.manage',
  'POST /console/v1/devices/:id/revoke': 'device.manage',
  'POST /console/v1/devices/:id/release': 'device.manage',
  'GET /console/v1/builds': 'device.manage',
  'POST /console/v1/builds/:id/withdraw': 'device.manage',
  'GET /console/v1/policies': 'device.manage',
  'GET /console/v1/enrolment-tokens': 'device.manage',
  'POST /console/v1/enrolment-tokens': 'device.manage',
  'POST /console/v1/enrolment-tokens/:id/withdraw': 'device.manage',
  'POST /console/v1/alerts/:id/acknowledge': 'alert.acknowledge',
  'POST /console/v1/alerts/:id/seen': 'alert.read'
}

/** The files of the built console are each a route of their own. */
const isFile = (route: string): boolean => /^GET \/(?!console\/)[^:*]+$/.test(route)

export const accessOf = (route: string): Access | null =>
  consoleAccess[route] ?? (isFile(route) ? 'anyone' : null)

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; null on routes that are for anyone. */
    viewer: Viewer | null
  }
}

export interface AccessParts {
  readonly db: Database
  readonly origins: ConsoleOrigins
  readonly now: () => Date
}

/** Asks for the right of each route before anything of the request is read; a refusal is noted with who was refused. */
export function guardAccess(app: FastifyInstance, { db, origins, now }: AccessParts): void {
  app.decorateRequest('viewer', null)
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) {
      const route = `${one === 'HEAD' ? 'GET' : one} ${url}`
      if (accessOf(route) === null) throw new Error(`the route ${route} stands in no line of consoleAccess`)
    }
  })
  app.addHook('onRequest', async (request, reply): Promise<FastifyReply | undefined> => {
    const route = routeOf(request)
    const access = route === null ? 'anyone' : accessOf(route) // no route: answered with not-found
    if (access === 'anyone') return undefined
    void reply.header('cache-control', 'no-store')
    const token = sessionOf(request, origins)
    const viewer = token === null ? null : await viewerOf(db, token, now(), 'use')
    if (viewer === null) return sendRefusal(reply, notSignedIn)
    if (access === null || !mayDo(viewer.me.role, access)) {
      await recordAct(db, viewer, { act: 'refused', subject: null, detail: route ?? '' }, now())
      return sendRefusal(reply, {
        code: 'forbidden',
        message: 'Your role at the console does not include this.'
      })
    }
    if (viewer.mustSetUp && access !== 'session.own') {
      return sendRefusal(reply, {
        code: 'second-factor-required',
        message: 'Your organisation asks for a second factor. Set one up under “Your account” first.'
      })
    }
    request.viewer = viewer
    return undefined
  })
}

const notSignedIn = { code: 'not-signed-in', message: 'Sign in first.' } as const

function routeOf(request: FastifyRequest): string | null {
  const { url } = request.routeOptions
  return url === undefined ? null : `${request.method === 'HEAD' ? 'GET' : request.method} ${url}`
}
