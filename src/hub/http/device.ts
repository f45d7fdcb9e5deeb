import rateLimit from '@fastify/rate-limit'
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { eq } from 'drizzle-orm'
import type { Logger } from 'pino'
import { z } from 'zod'
import {
  enrolRequestSchema,
  SESSION_PATH,
  signInRequestSchema,
  signOutRequestSchema,
  syncRequestSchema,
  type DeviceJwk,
  type ProofClaims
} from '../../contract/wire/v1/device'
import { ACCOMMODATIONS_PATH } from '../../contract/wire/v1/accommodation'
import { OWN_ALERTS_PATH, OWN_APPEAL_PATH, ownAppealRequestSchema } from '../../contract/wire/v1/alert-life'
import { INSTRUCTIONS_PATH } from '../../contract/wire/v1/instruction'
import { BREAK_GLASS_PATH } from '../../contract/wire/v1/break-glass'
import { ok } from '../../core/result'
import {
  activationRequestSchema,
  attestationRequestSchema,
  challengeRequestSchema
} from '../../contract/wire/v1/attestation'
import { appealOwn, ownAlerts } from '../alerts/own'
import { accommodationsFor } from '../accommodation/for-device'
import { breakGlassFor } from '../break-glass/for-device'
import { OFFLINE_PATH, offlineRequestSchema } from '../../contract/wire/v1/offline'
import { challengeTpm } from '../attestation/activation'
import { attest } from '../attestation/attest'
import { challengeFor } from '../attestation/challenge'
import { enrol } from '../attestation/enrol'
import type { AttestationTokens } from '../attestation/token'
import { NONCE_LIFETIME_MS, type Nonces } from '../attestation/nonce'
import { readProof, verifyProof, type ProvenClaims } from '../attestation/proof'
import { standingOf } from '../attestation/standing'
import type { HubConfig } from '../config'
import { sync } from '../ingest/sync'
import { instructionsFor } from '../instructions/device'
import { refuse, type Outcome, type RefusalError } from '../outcome'
import { sessionFor } from '../people/device-session'
import { signInAtDesk, signOutAtDesk } from '../people/device-sign-in'
import { offlineStanding } from '../people/offline-session'
import { modelFor, modelPieceFor } from '../model/hand-out'
import { policyFor } from '../policy/hand-out'
import { rootFor, snapshotFor } from '../policy/trust'
import type { Database } from '../store/open'
import { secretHash } from '../store/admin/enrolment'
import { workstation } from '../store/tables'
import type { HubCertificate } from '../tls/authority'
import { parseBody, rawBody } from './body'
import * as errors from './errors'
import type { Wakes } from '../stream/wakes'
import { createAttempt, MAX_WRONG_PASSWORDS, MAX_WRONG_TICKETS } from './tries'
import { EVIDENCE_BODY, listenerOptions, prepare, SYNC_BODY } from './listener'

export interface DeviceListenerParts {
  readonly db: Database
  readonly config: HubConfig
  readonly certificate: HubCertificate
  readonly hostNames: readonly string[]
  readonly nonces: Nonces
  readonly tokens: AttestationTokens
  readonly wakes: Wakes
  readonly log: Logger
  readonly now: () => Date
}

/** The device API: TLS 1.3 under the hub's own authority, every request proven. */
export async function createDeviceListener(parts: DeviceListenerParts): Promise<FastifyInstance> {
  const { certificate, config, db, now } = parts
  const app = fastify({
    ...listenerOptions(parts.log),
    https: { key: certificate.key, cert: certificate.certificate, minVersion: 'TLSv1.3' }
  }) as unknown as FastifyInstance
  prepare(app)
  await app.register(rateLimit, { global: false })
  const attempt = createAttempt(app)
  const prove = prover(parts)
  // A nonce goes with every refusal that asks for one, and says what the run has to hear.
  const sendRefusal = (reply: FastifyReply, error: RefusalError): FastifyReply => {
    if (error.code === 'use-nonce')
      void reply.header('dpop-nonce', parts.nonces.issue(now().getTime(), error.told))
    return errors.sendRefusal(reply, error)
  }
  const answer = <T>(reply: FastifyReply, outcome: Outcome<T>): FastifyReply =>
    outcome.ok ? reply.send(outcome.value) : sendRefusal(reply, outcome.error)
  const flavours = { acceptFlavours: config.acceptFlavours }

  app.post('/device/v1/enrol', async (request, reply) => {
    const body = parseBody(enrolRequestSchema, rawBody(request.body))
    if (!body.ok) return sendRefusal(reply, body.error)
    const claims = await prove(request, reply, () => Promise.resolve(body.value.key))
    if (!claims.ok) return sendRefusal(reply, claims.error)
    const settings = { ...flavours, hubName: parts.hostNames[0] ?? 'localhost', now: now() }
    const of = { who: `enrol ${request.ip}`, max: MAX_WRONG_TICKETS, failure: 'bad-token' } as const
    return answer(reply, await attempt(request, of, () => enrol(db, body.value, claims.value, settings)))
  })

  app.post('/device/v1/sign-in', async (request, reply) => {
    const proven = await provenBody(request, reply, signInRequestSchema)
    if (!proven.ok) return sendRefusal(reply, proven.error)
    const { claims, body } = proven.value
    const account = secretHash(body.email.trim().toLowerCase()).toString('hex')
    const who = `sign-in ${claims.device} ${account}`
    const of = { who, max: MAX_WRONG_PASSWORDS, failure: 'bad-credentials' } as const
    const attestation = await attestationOf(request, claims)
    const run = () => signInAtDesk(db, body, claims, { ...flavours, now: now(), attestation })
    return answer(reply, await attempt(request, of, run))
  })

  app.post('/device/v1/sign-out', async (request, reply) => {
    const proven = await provenBody(request, reply, signOutRequestSchema)
    if (!proven.ok) return sendRefusal(reply, proven.error)
    return answer(reply, await signOutAtDesk(db, proven.value.body.session, proven.value.claims, now()))
  })

  app.post(OFFLINE_PATH, async (request, reply) => {
    const proven = await provenBody(request, reply, offlineRequestSchema)
    if (!proven.ok) return sendRefusal(reply, proven.error)
    const { body, claims } = proven.value
    const attestation = await attestationOf(request, claims)
    return answer(reply, await offlineStanding(db, body, claims, { ...flavours, now: now(), attestation }))
  })

  app.post('/device/v1/sync', { bodyLimit: SYNC_BODY }, async (request, reply) => {
    const proven = await provenBody(request, reply, syncRequestSchema)
    if (!proven.ok) return sendRefusal(reply, proven.error)
    const attestation = await attestationOf(request, proven.value.claims)
    const settings = { ...flavours, heartbeatMs: config.heartbeatMs, now: now(), attestation }
    return answer(reply, await sync(db, proven.value.body, proven.value.claims, settings))
  })

  app.post(OWN_APPEAL_PATH, async (request, reply) => {
    const proven = await provenBody(request, reply, ownAppealRequestSchema)
    if (!proven.ok) return sendRefusal(reply, proven.error)
    const { body, claims } = proven.value
    return answer(reply, await appealOwn(db, body, claims, { ...flavours, now: now() }))
  })

  /** What a device may fetch: asked for by a proof alone, and handed out to whom it is for. */
  const handOut = (path: string, give: (params: unknown, claims: ProvenClaims) => Promise<Outcome<object>>) =>
    app.get(path, async (request, reply) => {
      const claims = await prove(request, reply, keyOf(db))
      if (!claims.ok) return sendRefusal(reply, claims.error)
      return answer(reply, await give(request.params, claims.value))
    })
  const settings = () => ({ ...flavours, now: now() })
  handOut(SESSION_PATH, (_, claims) => sessionFor(db, claims, settings()))
  handOut(ACCOMMODATIONS_PATH, (_, claims) => accommodationsFor(db, claims, settings()))
  handOut(BREAK_GLASS_PATH, (_, claims) => breakGlassFor(db, claims, settings()))
  handOut(INSTRUCTIONS_PATH, (_, claims) => instructionsFor(db, claims, settings()))
  handOut(OWN_ALERTS_PATH, (_, claims) => ownAlerts(db, claims, settings()))
  handOut('/device/v1/policy', (_, claims) => policyFor(db, claims, settings()))
  handOut('/device/v1/trust/roots/:version', (which, claims) => rootFor(db, which, claims, settings()))
  handOut('/device/v1/trust/snapshot', (_, claims) => snapshotFor(db, claims, settings()))
  handOut('/device/v1/models/:name/:version', (which, claims) => modelFor(db, which, claims, settings()))
  handOut('/device/v1/model-files/:sha256/:piece', (which, claims) =>
    modelPieceFor(db, which, claims, settings())
  )

  const evidence = { bodyLimit: EVIDENCE_BODY }
  app.post('/device/v1/enrol/activation', evidence, async (request, reply) => {
    const body = parseBody(activationRequestSchema, rawBody(request.body))
    if (!body.ok) return sendRefusal(reply, body.error)
    const claims = await prove(request, reply, () => Promise.resolve(body.value.key))
    if (!claims.ok) return sendRefusal(reply, claims.error)
    const of = { who: `enrol ${request.ip}`, max: MAX_WRONG_TICKETS, failure: 'bad-token' } as const
    return answer(reply, await attempt(request, of, () => challengeTpm(db, body.value, now())))
  })

  app.post('/device/v1/attestation/challenge', async (request, reply) => {
    const proven = await provenBody(request, reply, challengeRequestSchema)
    if (!proven.ok) return sendRefusal(reply, proven.error)
    return answer(reply, await challengeFor(db, proven.value.claims, now()))
  })

  app.post('/device/v1/attestation', evidence, async (request, reply) => {
    const proven = await provenBody(request, reply, attestationRequestSchema)
    if (!proven.ok) return sendRefusal(reply, proven.error)
    const settings = { ...flavours, tokens: parts.tokens, now: now() }
    return answer(reply, await attest(db, proven.value.body, proven.value.claims, settings))
  })

  // Waits beside the device's other requests, so its sequence is not looked at: a repeated one learns nothing.
  app.get('/device/v1/wake', async (request, reply) => {
    const claims = await prove(request, reply, keyOf(db))
    if (!claims.ok) return sendRefusal(reply, claims.error)
    const standing = await standingOf(db, claims.value.device)
    if (standing !== null) return sendRefusal(reply, standing)
    const gone = new AbortController()
    request.raw.once('close', () => gone.abort())
    const wake = await parts.wakes.wait(claims.value.device, WAKE_LIMIT_MS, gone.signal)
    return reply.send({ v: 1, wake })
  })

  /** The attestation whose token came along: null when the token is not good, undefined when there is none. */
  async function attestationOf(
    request: FastifyRequest,
    claims: ProofClaims
  ): Promise<string | null | undefined> {
    const header = request.headers.authorization
    if (header === undefined) return undefined
    const rows = await db
      .select({ thumbprint: workstation.keyThumbprint })
      .from(workstation)
      .where(eq(workstation.id, claims.device))
    return parts.tokens.attestationOf(header, claims, rows[0]?.thumbprint ?? '', now())
  }

  // The signature is checked over the raw bytes before anything of the body is read.
  async function provenBody<T>(
    request: FastifyRequest,
    reply: FastifyReply,
    schema: z.ZodType<T>
  ): Promise<Outcome<{ readonly claims: ProvenClaims; readonly body: T }>> {
    const claims = await prove(request, reply, keyOf(db))
    if (!claims.ok) return claims
    const body = parseBody(schema, rawBody(request.body))
    return body.ok ? ok({ claims: claims.value, body: body.value }) : body
  }
  return app
}

/** How long a device's waiting line stays open; below the times after which lines that say nothing are cut. */
const WAKE_LIMIT_MS = 30_000

type KeyOf = (claims: ProofClaims) => Promise<DeviceJwk | null>

const keyOf =
  (db: Database): KeyOf =>
  async (claims) => {
    if (!z.uuid().safeParse(claims.device).success) return null
    const rows = await db
      .select({ key: workstation.key })
      .from(workstation)
      .where(eq(workstation.id, claims.device))
    return rows[0]?.key ?? null
  }

function prover(parts: DeviceListenerParts) {
  return async (request: FastifyRequest, reply: FastifyReply, key: KeyOf): Promise<Outcome<ProvenClaims>> => {
    const proof = readProof(request.headers['dpop'])
    if (!proof.ok) return proof
    const known = await key(proof.value.claims)
    if (known === null) return refuse('unknown-device', 'This device is not enrolled here. Enrol it again.')
    const now = parts.now().getTime()
    const about = {
      method: request.method,
      host: request.headers.host,
      path: request.url,
      body: rawBody(request.body)
    }
    const outcome = await verifyProof(proof.value, known, about, { ...parts, now })
    if (!outcome.ok) {
      const { code, field } = outcome.error
      request.log.info({ code, field, device: proof.value.claims.device }, 'proof refused')
      return outcome
    }
    // A nonce that ages is replaced before it is refused: that would cost an alert another turn.
    const { fromNonce } = outcome.value
    if (fromNonce !== null && now - fromNonce.issuedAt > NONCE_LIFETIME_MS / 2)
      void reply.header('dpop-nonce', parts.nonces.issue(now))
    return outcome
  }
}
