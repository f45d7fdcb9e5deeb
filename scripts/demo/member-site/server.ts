import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { act, ask, type Answer } from './desk'
import { recordPage, sectionMarkup } from './page'
import { openRecord, type RecordState } from './record'
import { sectionIds } from './sections'

const MAX_BODY_BYTES = 16 * 1024

const files: Readonly<Record<string, readonly [name: string, type: string]>> = {
  '/site.css': ['site.css', 'text/css; charset=utf-8'],
  '/site.js': ['site.js', 'text/javascript; charset=utf-8'],
  '/icon.svg': ['icon.svg', 'image/svg+xml']
}

const headers = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff'
}

/** A running site. */
export interface MemberSite {
  /** Where it answers, for example `http://127.0.0.1:4710`. */
  readonly origin: string
  close(): Promise<void>
}

/**
 * Starts the member-record site of the demonstration on the loopback address; port 0 takes a free one.
 * Everything it is told lives in memory. Rejects when the port is taken.
 */
export async function startMemberSite(
  port: number,
  clock: () => Date = () => new Date()
): Promise<MemberSite> {
  const site = { state: openRecord(clock()), clock }
  const server = createServer((request, response) => {
    serve(site, request, response).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error)
      if (!response.headersSent)
        send(response, 500, 'text/plain', `The record could not be shown: ${message}`)
      response.end()
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the member site has no port')
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => {
          if (error) reject(error)
          else resolve()
        })
        server.closeAllConnections()
      })
  }
}

interface Site {
  state: RecordState
  readonly clock: () => Date
}

async function serve(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  const file = files[url.pathname]
  if (request.method === 'POST') {
    const from = request.headers['sec-fetch-site']
    if (from !== undefined && from !== 'same-origin') {
      send(response, 403, 'text/plain', 'Forms of other sites are not taken.')
      return
    }
    const form = await readForm(request)
    if (form === null) send(response, 413, 'text/plain', 'That is too long.')
    else show(site, request, response, act(site.state, url.pathname, form, site.clock()))
  } else if (file !== undefined) {
    send(response, 200, file[1], await readFile(new URL(`page/${file[0]}`, import.meta.url)))
  } else if (url.pathname === '/') {
    response.writeHead(303, { ...headers, location: '/members/0042' }).end()
  } else {
    show(site, request, response, ask(site.state, url, site.clock()))
  }
}

/** Sends the section that the page's script asked for, or the whole page to a browser without script. */
function show(site: Site, request: IncomingMessage, response: ServerResponse, answer: Answer | null): void {
  if (answer === null) {
    send(response, 404, 'text/plain', 'There is no such page.')
    return
  }
  site.state = answer.state
  const wanted = sectionIds.find((id) => id === request.headers['x-section'])
  const markup =
    wanted === undefined
      ? recordPage(answer.state, answer.moment)
      : sectionMarkup(wanted, answer.state, answer.moment)
  send(response, 200, 'text/html; charset=utf-8', markup)
}

function send(response: ServerResponse, status: number, type: string, body: string | Uint8Array): void {
  response.writeHead(status, { ...headers, 'content-type': type }).end(body)
}

/** The fields of a posted form; null when it is larger than any form of this site. */
async function readForm(request: IncomingMessage): Promise<URLSearchParams | null> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size <= MAX_BODY_BYTES) chunks.push(chunk)
  }
  return size > MAX_BODY_BYTES ? null : new URLSearchParams(Buffer.concat(chunks).toString('utf8'))
}
