import { Agent, request, type Dispatcher } from 'undici'

const MAX_REPLY_BYTES = 1024 * 1024
/** Longer than any heartbeat, so that an alert finds the connection warm. */
const KEEP_ALIVE_MS = 10 * 60_000

/** One HTTP exchange as bytes. */
export interface LineRequest {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly body: Uint8Array
  readonly proof: string
  /** The access token, null when there is none. */
  readonly token: string | null
  readonly limitMs: number
  readonly signal: AbortSignal
  /** Most bytes of a reply's body that are read; a megabyte when left out. */
  readonly maxBytes?: number
}

export type LineOutcome =
  | {
      readonly kind: 'reply'
      readonly status: number
      /** Parsed JSON, or null when the body is none. */
      readonly json: unknown
      readonly nonce: string | null
      /** Milliseconds that the hub asked to wait, null when it did not. */
      readonly retryAfterMs: number | null
      /** The hub's clock, milliseconds since 1970, null when it did not say. */
      readonly hubTime: number | null
    }
  | {
      readonly kind: 'no-answer'
      readonly problem: string
      /** True when the enrolled hub was there and began to answer: what came is not how a hub answers. */
      readonly odd: boolean
    }

export interface Line {
  send(request: LineRequest): Promise<LineOutcome>
  close(): Promise<void>
}

/**
 * The connection to the hub: TLS 1.3, the enrolled authority and no other, no proxy of the system or the
 * environment, kept alive.
 */
export function openLine(hubCa: string): Line {
  const agent = new Agent({
    connections: 1,
    pipelining: 1,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    maxResponseSize: MAX_REPLY_BYTES,
    allowH2: false,
    connect: { ca: [hubCa], minVersion: 'TLSv1.3', rejectUnauthorized: true, timeout: 4000, keepAlive: true }
  })
  return { send: (subject) => send(agent, subject), close: () => agent.destroy() }
}

async function send(agent: Agent, subject: LineRequest): Promise<LineOutcome> {
  // Held here until the exchange is over: a signal that nobody holds may be collected before it fires.
  const over = new AbortController()
  const giveUp = (): void => {
    over.abort()
  }
  const limit = setTimeout(giveUp, subject.limitMs)
  subject.signal.addEventListener('abort', giveUp, { once: true })
  if (subject.signal.aborted) giveUp()
  let began = false
  try {
    const reply = await request(subject.url, {
      dispatcher: agent,
      method: subject.method,
      signal: over.signal,
      headersTimeout: subject.limitMs,
      bodyTimeout: subject.limitMs,
      headers: {
        dpop: subject.proof,
        ...(subject.token === null ? {} : { authorization: `DPoP ${subject.token}` }),
        accept: 'application/json',
        ...(subject.method === 'POST' ? { 'content-type': 'application/json' } : {})
      },
      ...(subject.method === 'POST' ? { body: subject.body } : {})
    })
    began = true
    const text = await textOf(reply.body, subject.maxBytes ?? MAX_REPLY_BYTES)
    return {
      kind: 'reply',
      status: reply.statusCode,
      json: isJson(headerOf(reply, 'content-type')) ? jsonOf(text) : null,
      nonce: headerOf(reply, 'dpop-nonce'),
      retryAfterMs: retryAfter(headerOf(reply, 'retry-after')),
      hubTime: dateOf(headerOf(reply, 'date'))
    }
  } catch (error) {
    if (subject.signal.aborted) return { kind: 'no-answer', problem: 'given up for an alert', odd: false }
    return { kind: 'no-answer', problem: problemOf(error), odd: began || isOdd(error) }
  } finally {
    clearTimeout(limit)
    subject.signal.removeEventListener('abort', giveUp)
  }
}

/** Reads at most so many bytes and lets go of the rest: a body without end is not waited for. */
async function textOf(body: Dispatcher.ResponseData['body'], most: number): Promise<string> {
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of body as AsyncIterable<Buffer>) {
    length += piece.length
    if (length > most) throw new TooLarge()
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}

class TooLarge extends Error {
  readonly code = 'BODY_OVER_MAX_SIZE'
}

/** Something answered, and not as the enrolled hub does: no HTTP, too much of it, another protocol, another certificate. */
function isOdd(error: unknown): boolean {
  const label = problemOf(error)
  const isNoHttp = /^HPE_|^HTTPParserError|MAX_SIZE|HEADERS_OVERFLOW|CONTENT_LENGTH_MISMATCH/.test(label)
  return isNoHttp || label === OTHER_PROTOCOL || isUntrusted(label)
}

const OTHER_PROTOCOL = 'another protocol'
const UNTRUSTED = 'certificate not trusted'

/** True for the label of a line on which the enrolled hub did not show itself. */
export const isUntrusted = (problem: string): boolean => problem.startsWith(UNTRUSTED)

const isJson = (contentType: string | null): boolean => /^application\/json(\s*;|$)/i.test(contentType ?? '')

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null // the caller validates: null is no reply of the hub
  }
}

function headerOf(reply: Dispatcher.ResponseData, name: string): string | null {
  const value = reply.headers[name]
  return typeof value === 'string' ? value : null
}

/** Seconds or a date (RFC 9110); what cannot be read counts as absent. */
export function retryAfter(value: string | null, now = Date.now()): number | null {
  if (value === null) return null
  if (/^\d{1,6}$/.test(value)) return Number(value) * 1000
  const date = dateOf(value)
  return date === null ? null : Math.max(0, date - now)
}

function dateOf(value: string | null): number | null {
  const at = value === null ? Number.NaN : Date.parse(value)
  return Number.isNaN(at) ? null : at
}

/** A label for the technical line: a code, never a body. */
function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer'
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'no answer in time'
  if (error.message === 'bad upgrade') return OTHER_PROTOCOL
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name
  if (/CERT|TLS|SSL|SELF_SIGNED|VERIFY|EPROTO/.test(code)) return `${UNTRUSTED} (${code})`
  return code
}
