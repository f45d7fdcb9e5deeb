import type { FastifyReply, FastifyRequest } from 'fastify'
import { CONSOLE_HEADER } from '../../contract/wire/v1/console'
import { sendRefusal } from './errors'

/** Where the console may be seen from; the port is known only once the listener has one. */
export interface ConsoleOrigins {
  /** Full origins, such as `http://localhost:8480`. */
  all(): readonly string[]
}

/**
 * Answers only to the console's own names, so that a foreign name that resolves to this machine gets nothing; and
 * takes a POST only with the console's header and origin, which no other site can send.
 */
export function guardOrigin(origins: ConsoleOrigins) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const hosts = origins.all().map((origin) => new URL(origin).host)
    if (!hosts.includes(request.headers.host ?? '')) {
      return sendRefusal(reply, { code: 'forbidden', message: 'The console is not served under this name.' })
    }
    if (request.method === 'GET' || request.method === 'HEAD') return undefined
    const fromPage = origins.all().includes(request.headers.origin ?? '')
    if (!fromPage || request.headers[CONSOLE_HEADER] !== '1') {
      return sendRefusal(reply, {
        code: 'forbidden',
        message: 'This has to come from the console’s own page.'
      })
    }
    return undefined
  }
}
