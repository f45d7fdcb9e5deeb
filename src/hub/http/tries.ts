import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { HubError } from '../../contract/wire/v1/device'
import { refuse, type Outcome } from '../outcome'

/** One kind of try at something that has to be guessed: whose it is, how many may fail, what a failure looks like. */
export interface TryOf {
  readonly who: string
  readonly max: number
  readonly failure: HubError['code']
}

/** Lets `run` happen unless too many tries failed lately. Successes are not counted. */
export type Attempt = <T>(
  request: FastifyRequest,
  of: TryOf,
  run: () => Promise<Outcome<T>>
) => Promise<Outcome<T>>

/** Wrong passwords allowed for one account from one place within the window. */
export const MAX_WRONG_PASSWORDS = 10
/** Unknown tickets allowed from one address within the window. */
export const MAX_WRONG_TICKETS = 100
const WINDOW_MS = 5 * 60_000

/**
 * Counts failures by @fastify/rate-limit, which must be registered on `app` before. Tries that run count as failed
 * until they are done, so that asking many times at once gains nothing.
 */
export function createAttempt(app: FastifyInstance): Attempt {
  const names = new WeakMap<FastifyRequest, string>()
  const running = new Map<string, number>()
  const limit = app.createRateLimit({
    max: Number.MAX_SAFE_INTEGER,
    timeWindow: WINDOW_MS,
    keyGenerator: (request) => names.get(request) ?? request.ip
  })
  const failures = async (request: FastifyRequest): Promise<number> => {
    const state = await limit(request, { increment: false })
    return state.isAllowed ? 0 : state.max - state.remaining
  }
  return async (request, of, run) => {
    names.set(request, of.who)
    const beside = running.get(of.who) ?? 0
    running.set(of.who, beside + 1)
    try {
      if ((await failures(request)) + beside >= of.max) {
        return refuse('too-many-tries', 'Too many tries. Wait five minutes, then try again.')
      }
      const outcome = await run()
      if (!outcome.ok && outcome.error.code === of.failure) await limit(request)
      return outcome
    } finally {
      const left = (running.get(of.who) ?? 1) - 1
      if (left > 0) running.set(of.who, left)
      else running.delete(of.who)
    }
  }
}
