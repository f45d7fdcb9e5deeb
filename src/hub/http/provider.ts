import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { beginProviderSignIn, finishProviderSignIn, FLOW_MS, type Flow } from '../people/provider/sign-in'
import { noteRefusal } from '../people/provider/refusals'
import { refusedAt } from '../people/provider/told'
import { createOnce } from '../people/sign-in/once'
import { secretHash } from '../store/admin/enrolment'
import { sendRefusal } from './errors'
import { sessionOf } from './session-cookie'
import { fromBrowser, perMinute, settle, type SignInRoutesParts } from './sign-in'

type WithId = { Params: { id: string } }

const path = '/console/v1/sign-in/provider/:id'

/** Signing in by an OpenID Connect provider: the way there, and the way back. */
export function registerProviderRoutes(app: FastifyInstance, parts: SignInRoutesParts): void {
  const { providers, cookies, now, log, origins } = parts
  const flows = createOnce<Flow>({ lifetimeMs: FLOW_MS, max: 10_000 })

  app.post<WithId>(path, { config: perMinute }, async (request, reply) => {
    const provider = providers.find(request.params.id)
    if (provider === null) {
      return sendRefusal(reply, { code: 'not-found', message: 'There is no provider of that name.' })
    }
    const secret = randomBytes(32).toString('base64url')
    const callback = `${request.headers.origin ?? ''}${path.replace(':id', provider.config.id)}/callback`
    const leaving = { browser: browserOf(secret), before: sessionOf(request, origins) }
    try {
      const url = await beginProviderSignIn(provider, flows, leaving, callback, now())
      cookies.write(request, reply, 'flow', secret)
      return await reply.header('cache-control', 'no-store').send({ url: url.href })
    } catch (error) {
      log.error({ provider: provider.config.id, err: error }, 'a sign-in provider is away')
      return sendRefusal(reply, {
        code: 'unavailable',
        message: 'The provider does not answer as it is set up. Try again, or tell IT.'
      })
    }
  })

  app.get<WithId>(`${path}/callback`, { config: perMinute }, async (request, reply) => {
    void reply.header('cache-control', 'no-store')
    const provider = providers.find(request.params.id)
    if (provider === null) {
      return sendRefusal(reply, { code: 'not-found', message: 'There is no provider of that name.' })
    }
    const secret = cookies.read(request, 'flow')
    cookies.write(request, reply, 'flow', null)
    const url = new URL(request.url, origins.all()[0])
    const cameBack = {
      query: url.search,
      state: url.searchParams.get('state'),
      browser: secret === null ? null : browserOf(secret)
    }
    const outcome = await finishProviderSignIn(
      { ...parts, flows },
      provider,
      cameBack,
      fromBrowser(request, cookies),
      now()
    )
    if (outcome.kind === 'refused') {
      const { why, who } = outcome
      const { id, organisation } = provider.config
      log.warn({ provider: id, why }, 'sign-in by a provider refused')
      await noteRefusal(parts.db, organisation, { provider: id, why, who }, now())
      return reply.redirect(refusedAt(why), 303)
    }
    await settle(request, reply, parts, outcome.entered, outcome.before)
    return reply.redirect('/', 303)
  })
}

const browserOf = (secret: string): string => secretHash(secret).toString('base64url')
