import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ConsoleOrigins } from './origin'

/** Over https the name itself binds the cookie to this host, this path and to https. */
const nameFor = (secure: boolean): string => (secure ? '__Host-havendesk' : 'havendesk')

export function isSecure(request: FastifyRequest, origins: ConsoleOrigins): boolean {
  const own = origins.all().find((origin) => new URL(origin).host === request.headers.host)
  return own?.startsWith('https:') === true
}

/** The session's token as the browser sent it, or null. */
export function sessionOf(request: FastifyRequest, origins: ConsoleOrigins): string | null {
  return request.cookies[nameFor(isSecure(request, origins))] ?? null
}

/** Hands the browser its session; it ends with the browser at the latest. */
export function setSession(
  request: FastifyRequest,
  reply: FastifyReply,
  origins: ConsoleOrigins,
  token: string
): void {
  const secure = isSecure(request, origins)
  void reply.setCookie(nameFor(secure), token, { httpOnly: true, sameSite: 'strict', path: '/', secure })
}

export function clearSession(request: FastifyRequest, reply: FastifyReply, origins: ConsoleOrigins): void {
  const secure = isSecure(request, origins)
  void reply.clearCookie(nameFor(secure), { httpOnly: true, sameSite: 'strict', path: '/', secure })
}
