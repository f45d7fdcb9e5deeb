import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'
import { pathToFileURL } from 'node:url'

/** What is older or newer than this is refused, seconds: somebody may have kept it. */
const TOLERANCE_S = 300

/**
 * Whether a message came from the hub: Standard Webhooks, HMAC-SHA256 over `id.timestamp.body`. Any library for Standard
 * Webhooks does the same.
 *
 * @param {string} secret As the console showed it, beginning with `whsec_`.
 * @param {Record<string, string | string[] | undefined>} headers
 * @param {string} body Exactly as it came.
 */
export function isGenuine(secret, headers, body, now = Date.now()) {
  const id = String(headers['webhook-id'] ?? '')
  const timestamp = String(headers['webhook-timestamp'] ?? '')
  if (!/^\d+$/.test(timestamp) || Math.abs(now / 1000 - Number(timestamp)) > TOLERANCE_S) return false
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest()
  return String(headers['webhook-signature'] ?? '')
    .split(' ')
    .some((one) => {
      const [version, signature] = one.split(',')
      const given = Buffer.from(signature ?? '', 'base64')
      return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected)
    })
}

/**
 * What telephony makes of it: who is ready. Messages may come twice, and a late one after a newer one; the sequence of
 * each person says which counts.
 */
export class Readiness {
  #people = new Map()

  take(message) {
    if (!['person.ready', 'person.not-ready'].includes(message.type)) return false
    const { person, sequence } = message.data
    if ((this.#people.get(person)?.sequence ?? 0) >= sequence) return false
    this.#people.set(person, { ready: message.type === 'person.ready', sequence })
    return true
  }

  isReady(person) {
    return this.#people.get(person)?.ready === true
  }
}

/** A server that takes messages. Resolves once it listens. */
export async function startReceiver({ secret, port = 0, onMessage }) {
  const server = createServer((request, response) => {
    const chunks = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8')
      if (!isGenuine(secret(), request.headers, body)) {
        response.writeHead(401).end()
        return
      }
      onMessage(JSON.parse(body), request.headers)
      response.writeHead(204).end()
    })
  })
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${server.address().port}/hooks`, close: () => server.close() }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const readiness = new Readiness()
  const { url } = await startReceiver({
    secret: () => process.env.HAVENDESK_WEBHOOK_SECRET ?? '',
    port: Number(process.argv[2] ?? 0),
    onMessage: (message) => {
      if (readiness.take(message))
        console.log(
          `${message.data.person}: ${readiness.isReady(message.data.person) ? 'ready' : 'not ready'}`
        )
    }
  })
  console.log(`listening on ${url}`)
}
