import type { FastifyReply, FastifyRequest } from 'fastify'
import { KNOWN_MS } from '../people/sign-in/known-browser'
import type { ConsoleOrigins } from './origin'
import { isSecure } from './session-cookie'

/**
 * Cookies around a sign-in: `step`, who owes a code; `known`, who signed in here before; `flow`, the way to a provider
 * and back, which is the only one that comes along from another site (the provider sends the browser back).
 */
type Name = 'step' | 'known' | 'flow'

const nameOf = (name: Name, secure: boolean): string =>
  secure ? `__Host-havendesk-${name}` : `havendesk-${name}`

const seconds: Readonly<Record<Name, number>> = { step: 300, flow: 600, known: Math.floor(KNOWN_MS / 1000) }

export interface SignInCookies {
  readonly read: (request: FastifyRequest, name: Name) => string | null
  readonly write: (request: FastifyRequest, reply: FastifyReply, name: Name, value: string | null) => void
}

export const signInCookies = (origins: ConsoleOrigins): SignInCookies => ({
  read: (request, name) => request.cookies[nameOf(name, isSecure(request, origins))] ?? null,
  write: (request, reply, name, value) => {
    const secure = isSecure(request, origins)
    const sameSite = name === 'flow' ? 'lax' : 'strict'
    const options = { httpOnly: true, sameSite, path: '/', secure } as const
    if (value === null) void reply.clearCookie(nameOf(name, secure), options)
    else void reply.setCookie(nameOf(name, secure), value, { ...options, maxAge: seconds[name] })
  }
})
