import { LogController, type FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { answerErrors } from './errors'
import { keepRawBodies } from './body'

/** Largest body of most requests, bytes. */
export const SMALL_BODY = 16 * 1024
/** Largest attestation and largest evidence of a TPM, bytes: 64 checks, or a chain of four certificates. */
export const EVIDENCE_BODY = 128 * 1024
/** Largest sync batch, bytes: two hundred records of the largest kind and a snapshot fit with room. */
export const SYNC_BODY = 1024 * 1024

/** What both listeners share. Slow or endless senders are cut off. */
export const listenerOptions = (log: Logger) =>
  ({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: SMALL_BODY,
    requestTimeout: 20_000,
    keepAliveTimeout: 75_000,
    forceCloseConnections: true,
    return503OnClosing: true
  }) as const

declare module 'fastify' {
  interface FastifyInstance {
    /** Every route of this listener, as `METHOD path`. */
    readonly knownRoutes: readonly string[]
  }
}

/** Bodies raw, errors in the wire's words, one quiet line per request: its route, never its address or contents. */
export function prepare(app: FastifyInstance): void {
  const known: string[] = []
  app.decorate('knownRoutes', known)
  app.addHook('onRoute', ({ method, url }) => {
    known.push(...[method].flat().map((one) => `${one} ${url}`))
  })
  keepRawBodies(app)
  answerErrors(app)
  app.addHook('onResponse', (request, reply, done) => {
    const route = `${request.method} ${request.routeOptions.url ?? '(none)'}`
    const line = { route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }
    if (reply.statusCode >= 500) request.log.warn(line, 'answered')
    else request.log.debug(line, 'answered')
    done()
  })
}
