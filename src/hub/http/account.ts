import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { appCodeSchema, newPasskeySchema, passkeyNameSchema } from '../../contract/wire/v1/account'
import { ok } from '../../core/result'
import type { Outcome } from '../outcome'
import { mayNotChange, notRecent } from '../people/account/recent'
import { endOwnSession } from '../people/account/sessions'
import { accountOf } from '../people/account/view'
import type { Viewer } from '../people/console-session'
import { addPasskey, beginPasskey, removePasskey, renamePasskey } from '../people/passkey/register'
import { siteOf } from '../people/passkey/site'
import { unlinkProvider } from '../people/provider/unlink'
import { resetAtConsole } from '../people/second-factor/reset'
import { secondFactorsOf } from '../people/second-factor/view'
import { beginApp, confirmApp, newRecoveryCodes, removeApp } from '../people/totp/app'
import { unlock, waitingPeople } from '../people/unlock'
import { parseBody, rawBody } from './body'
import type { SignInRoutesParts } from './sign-in'
import { withId, withViewer } from './viewer'

type WithId = { Params: { id: string } }

/** "Your account": what everybody may see and change of themselves, and unlocking others. */
export function registerAccountRoutes(app: FastifyInstance, parts: SignInRoutesParts): void {
  const { db, keys, challenges, now } = parts
  /** What changes how somebody signs in takes a recent sign-in, with a factor where they have one. */
  const change =
    <T, R>(
      schema: z.ZodType<T>,
      run: (viewer: Viewer, body: T, request: FastifyRequest) => Promise<Outcome<R>>
    ) =>
    (request: FastifyRequest, reply: FastifyReply) =>
      withViewer<R>(request, reply, async (viewer) => {
        const body = parseBody(schema, rawBody(request.body))
        if (!body.ok) return body
        return (await mayNotChange(db, viewer, now())) ?? run(viewer, body.value, request)
      })
  const begin =
    <R>(run: (viewer: Viewer, request: FastifyRequest) => Promise<Outcome<R>>) =>
    (request: FastifyRequest, reply: FastifyReply) =>
      withViewer<R>(
        request,
        reply,
        async (viewer) => (await mayNotChange(db, viewer, now())) ?? run(viewer, request)
      )
  const site = (request: FastifyRequest) => siteOf(request.headers.origin ?? '')
  const base = '/console/v1/account'

  app.get(base, (request, reply) =>
    withViewer(request, reply, async (viewer) => ok(await accountOf(db, viewer, now())))
  )
  app.post<WithId>(`${base}/sessions/:id/end`, (request, reply) =>
    withViewer(request, reply, (viewer) =>
      withId(request.params.id, (id) => endOwnSession(db, viewer, id, now()))
    )
  )

  app.post(
    `${base}/app/begin`,
    begin((viewer) => beginApp(db, keys, viewer, now()))
  )
  app.post(
    `${base}/app/confirm`,
    change(appCodeSchema, (viewer, { code }) => confirmApp(db, keys, viewer, code, now()))
  )
  app.post(
    `${base}/app/remove`,
    change(appCodeSchema, (viewer, { code }) => removeApp(db, keys, viewer, code, now()))
  )
  app.post(
    `${base}/recovery-codes`,
    change(appCodeSchema, (viewer, { code }) => newRecoveryCodes(db, keys, viewer, code, now()))
  )

  app.post(
    `${base}/passkeys/begin`,
    begin((viewer, request) => beginPasskey(db, challenges, viewer, site(request), now()))
  )
  app.post(
    `${base}/passkeys`,
    change(newPasskeySchema, (viewer, made, request) =>
      addPasskey(db, challenges, viewer, made, site(request), now())
    )
  )
  app.post<WithId>(`${base}/passkeys/:id/name`, (request, reply) =>
    withViewer(request, reply, async (viewer) => {
      const body = parseBody(passkeyNameSchema, rawBody(request.body))
      if (!body.ok) return body
      return withId(request.params.id, (id) => renamePasskey(db, viewer, id, body.value.name))
    })
  )
  app.post<WithId>(`${base}/passkeys/:id/remove`, (request, reply) =>
    withViewer(
      request,
      reply,
      async (viewer) =>
        (await mayNotChange(db, viewer, now())) ??
        withId(request.params.id, (id) => removePasskey(db, viewer, id, now()))
    )
  )

  app.post<WithId>(`${base}/providers/:id/unlink`, (request, reply) =>
    withViewer(
      request,
      reply,
      async (viewer) =>
        (await mayNotChange(db, viewer, now())) ??
        withId(request.params.id, (id) => unlinkProvider(db, viewer, id, now()))
    )
  )

  app.get('/console/v1/people/waiting', (request, reply) =>
    withViewer(request, reply, async (viewer) => ok(await waitingPeople(db, viewer, now())))
  )
  app.post<WithId>('/console/v1/people/:id/unlock', (request, reply) =>
    withViewer(request, reply, (viewer) => withId(request.params.id, (id) => unlock(db, viewer, id, now())))
  )

  app.get('/console/v1/people/second-factors', (request, reply) =>
    withViewer(request, reply, async (viewer) => ok(await secondFactorsOf(db, viewer)))
  )
  app.post<WithId>('/console/v1/people/:id/second-factor/reset', (request, reply) =>
    withViewer(
      request,
      reply,
      async (viewer) =>
        notRecent(viewer, now()) ?? withId(request.params.id, (id) => resetAtConsole(db, viewer, id, now()))
    )
  )
}
