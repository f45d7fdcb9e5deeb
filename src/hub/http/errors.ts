import type { FastifyBaseLogger, FastifyError, FastifyInstance, FastifyReply } from 'fastify'
import type { HubError } from '../../contract/wire/v1/device'
import type { Outcome, RefusalError } from '../outcome'

const statusOf: Readonly<Record<HubError['code'], number>> = {
  'bad-request': 400,
  'bad-proof': 401,
  'use-nonce': 401,
  replayed: 401,
  'unknown-device': 401,
  revoked: 403,
  quarantined: 403,
  'attestation-required': 403,
  'bad-attestation': 403,
  'flavour-refused': 403,
  'bad-token': 403,
  'bad-credentials': 401,
  'too-many-tries': 429,
  'not-signed-in': 401,
  forbidden: 403,
  'altered-duplicate': 422,
  gap: 409,
  'not-found': 404,
  conflict: 409,
  'second-factor-required': 403,
  'sign-in-again': 403,
  'too-large': 413,
  unavailable: 503
}

/** Answers with the value or with the refusal and its status. */
export function answer<T>(reply: FastifyReply, outcome: Outcome<T>): FastifyReply {
  return outcome.ok ? reply.send(outcome.value) : sendRefusal(reply, outcome.error)
}

/** What goes over the wire, and no more: what the nonce tells is in the nonce. */
export function sendRefusal(
  reply: FastifyReply,
  { code, message, field, expected }: RefusalError
): FastifyReply {
  return reply.code(statusOf[code]).send({ code, message, field, expected })
}

/** Every error of a listener leaves it as a `HubError`; what went wrong inside goes to the log, without values. */
export function answerErrors(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) =>
    sendRefusal(reply, { code: 'not-found', message: 'There is nothing at this address.' })
  )
  app.setErrorHandler((error: FastifyError, request, reply) => {
    sendRefusal(reply, translate(error, request.routeOptions.bodyLimit, request.log))
  })
}

function translate(error: FastifyError, bodyLimit: number, log: FastifyBaseLogger): HubError {
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return { code: 'too-large', message: `The body is larger than the ${bodyLimit} bytes allowed here.` }
  }
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return { code: 'bad-request', message: 'The body has to be application/json.', field: 'content-type' }
  }
  if (error.statusCode === 429) {
    return { code: 'too-many-tries', message: 'Too many requests from here. Wait a minute, then try again.' }
  }
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return { code: 'bad-request', message: 'The request is not well formed.' }
  }
  log.error({ err: error }, 'request failed')
  return { code: 'unavailable', message: 'The hub could not do this just now. Try again in a moment.' }
}
