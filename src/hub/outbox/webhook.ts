import { lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { Agent, request, type Dispatcher } from 'undici'
import { hookUrlProblem, mayReach } from './hook-url'
import { withOrigin } from './body'
import type { HookSecrets } from './secret'
import { failed, type Sender, type Sent } from './send'

/** Longest wait for an answer, milliseconds. */
const PATIENCE_MS = 5000

class ForbiddenAddress extends Error {
  readonly code = 'FORBIDDEN_ADDRESS'
}

/** Looks a name up and leaves out the addresses that may not be spoken to: what a name means can change. */
const guardedLookup =
  (allowLoopback: boolean): LookupFunction =>
  (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error !== null) {
        callback(error, '')
        return
      }
      const allowed = found.filter(({ address }) => mayReach(address, allowLoopback))
      const [first] = allowed
      if (first === undefined) callback(new ForbiddenAddress('no address that may be spoken to'), '')
      else if (options.all === true) callback(null, allowed)
      else callback(null, first.address, first.family)
    })
  }

const agentFor = (allowLoopback: boolean): Agent =>
  new Agent({
    connect: { lookup: guardedLookup(allowLoopback), timeout: PATIENCE_MS },
    headersTimeout: PATIENCE_MS,
    bodyTimeout: PATIENCE_MS,
    connections: 8
  })

/** Sends by POST, signed; no redirect is followed, and nothing of the answer is kept but its status. */
export function createWebhookSender(secrets: HookSecrets, origin: () => string): Sender {
  const agents = { demo: agentFor(true), work: agentFor(false) }
  return {
    send: async ({ id, target, body, salt, demo }, now) => {
      const problem = hookUrlProblem(target, demo)
      if (problem !== null) return failed(problem, true)
      const text = withOrigin(body, origin())
      const message = `msg_${id}`
      const seconds = Math.floor(now.getTime() / 1000)
      return post(demo ? agents.demo : agents.work, target, text, {
        'content-type': 'application/json',
        'user-agent': 'Havendesk',
        'webhook-id': message,
        'webhook-timestamp': String(seconds),
        'webhook-signature': secrets.sign(salt, message, seconds, text)
      })
    },
    close: async () => {
      await Promise.all([agents.demo.destroy(), agents.work.destroy()])
    }
  }
}

async function post(
  dispatcher: Dispatcher,
  target: string,
  body: string,
  headers: Record<string, string>
): Promise<Sent> {
  try {
    const answer = await request(target, {
      method: 'POST',
      body,
      headers,
      dispatcher,
      signal: AbortSignal.timeout(2 * PATIENCE_MS)
    })
    await answer.body.dump({ limit: 16_384 })
    const { statusCode } = answer
    if (statusCode >= 200 && statusCode < 300) return { ok: true }
    // 410 means: never again (Standard Webhooks).
    return failed(`status-${statusCode}`, statusCode === 410)
  } catch (error) {
    return failed(codeOf(error))
  }
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unreachable'
  if (error.name === 'TimeoutError') return 'timeout'
  const { code } = error as NodeJS.ErrnoException
  return typeof code === 'string' && /^[A-Z_0-9]{3,60}$/.test(code)
    ? code.toLowerCase().replaceAll('_', '-')
    : 'unreachable'
}
