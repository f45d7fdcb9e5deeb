import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { consoleSignInSchema } from '../../contract/wire/v1/console'
import { assertionSchema, codeSchema, type Ways } from '../../contract/wire/v1/sign-in'
import type { Outcome } from '../outcome'
import { signOutAtConsole } from '../people/console-session'
import { createChallenges, type ChallengeFor } from '../people/passkey/challenges'
import { beginPasskeySignIn, signInWithPasskey } from '../people/passkey/sign-in'
import { siteOf } from '../people/passkey/site'
import type { Providers } from '../people/provider/providers'
import type { Entered, FromBrowser, SignInParts, Step } from '../people/sign-in/enter'
import type { SignInKeys } from '../people/sign-in/keys'
import { createOnce, type Once } from '../people/sign-in/once'
import { createNobodysTries } from '../people/sign-in/tries'
import { signInWithCode } from '../people/sign-in/with-code'
import { signInWithPassword } from '../people/sign-in/with-password'
import type { Database } from '../store/open'
import { parseBody, rawBody } from './body'
import { sendRefusal } from './errors'
import type { ConsoleOrigins } from './origin'
import { clearSession, sessionOf, setSession } from './session-cookie'
import { signInCookies, type SignInCookies } from './sign-in-cookies'

export interface SignInRoutesParts extends SignInParts {
  readonly challenges: Once<ChallengeFor>
  readonly providers: Providers
  readonly cookies: SignInCookies
  readonly origins: ConsoleOrigins
  readonly log: Logger
  readonly now: () => Date
}

/** How long somebody may look for their code after the password, milliseconds. */
const STEP_MS = 5 * 60_000
/** What one address may ask of the sign-in within a minute: an office behind one address signs in at the same time. */
export const perMinute = { rateLimit: { max: 300, timeWindow: 60_000 } } as const

export function createSignInParts(
  parts: { readonly db: Database; readonly keys: SignInKeys; readonly providers: Providers } & Pick<
    SignInRoutesParts,
    'origins' | 'log' | 'now'
  >
): SignInRoutesParts {
  return {
    ...parts,
    steps: createOnce<Step>({ lifetimeMs: STEP_MS, max: 10_000 }),
    challenges: createChallenges(),
    nobodys: createNobodysTries(),
    cookies: signInCookies(parts.origins)
  }
}

/** What the sign-in knows of the browser that asks. */
export const fromBrowser = (request: FastifyRequest, cookies: SignInCookies): FromBrowser => ({
  known: cookies.read(request, 'known'),
  browser: (request.headers['user-agent'] ?? '').slice(0, 200)
})

/** Sets the cookies of what came out; the session that this browser had before is over. */
export async function settle(
  request: FastifyRequest,
  reply: FastifyReply,
  { db, origins, cookies, now }: SignInRoutesParts,
  entered: Entered,
  before = sessionOf(request, origins)
): Promise<void> {
  if (entered.kind === 'owes-code') {
    cookies.write(request, reply, 'step', entered.step)
    return
  }
  if (before !== null) await signOutAtConsole(db, before, now())
  setSession(request, reply, origins, entered.token)
  cookies.write(request, reply, 'step', null)
  cookies.write(request, reply, 'known', entered.known)
}

/** Ways into the console with what a person knows or has. */
export function registerSignInRoutes(app: FastifyInstance, parts: SignInRoutesParts): void {
  const { db, steps, challenges, cookies, providers, origins, now } = parts
  const finish = async (
    request: FastifyRequest,
    reply: FastifyReply,
    outcome: Outcome<Entered>
  ): Promise<FastifyReply> => {
    void reply.header('cache-control', 'no-store')
    if (!outcome.ok) return sendRefusal(reply, outcome.error)
    await settle(request, reply, parts, outcome.value)
    return reply.send(outcome.value.kind === 'in' ? outcome.value.me : { owes: 'code' })
  }

  app.get('/console/v1/sign-in/ways', { config: perMinute }, (request, reply) => {
    const step = cookies.read(request, 'step')
    const ways: Ways = {
      providers: [...providers.offered],
      owesCode: step !== null && steps.peek(step, now()) !== null
    }
    return reply.header('cache-control', 'no-store').send(ways)
  })

  app.post('/console/v1/sign-in', { config: perMinute }, async (request, reply) => {
    const body = parseBody(consoleSignInSchema, rawBody(request.body))
    if (!body.ok) return sendRefusal(reply, body.error)
    const from = fromBrowser(request, cookies)
    return finish(request, reply, await signInWithPassword(parts, body.value, from, now()))
  })

  app.post('/console/v1/sign-in/code', { config: perMinute }, async (request, reply) => {
    const body = parseBody(codeSchema, rawBody(request.body))
    if (!body.ok) return sendRefusal(reply, body.error)
    const step = cookies.read(request, 'step')
    const from = fromBrowser(request, cookies)
    return finish(request, reply, await signInWithCode(parts, step, body.value.code, from, now()))
  })

  app.post('/console/v1/sign-in/passkey/begin', { config: perMinute }, async (request, reply) => {
    const options = await beginPasskeySignIn(challenges, siteOf(request.headers.origin ?? ''), now())
    return reply.header('cache-control', 'no-store').send(options)
  })

  app.post('/console/v1/sign-in/passkey', { config: perMinute }, async (request, reply) => {
    const body = parseBody(assertionSchema, rawBody(request.body))
    if (!body.ok) return sendRefusal(reply, body.error)
    const site = siteOf(request.headers.origin ?? '')
    const from = fromBrowser(request, cookies)
    return finish(request, reply, await signInWithPasskey(parts, body.value, site, from, now()))
  })

  app.post('/console/v1/sign-out', async (request, reply) => {
    const token = sessionOf(request, origins)
    if (token !== null) await signOutAtConsole(db, token, now())
    clearSession(request, reply, origins)
    cookies.write(request, reply, 'step', null)
    return reply.send({ accepted: true })
  })
}
