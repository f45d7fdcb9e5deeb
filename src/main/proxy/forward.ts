import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { Transform } from 'node:stream'
import { parseAbsolute } from './authority'
import type { Gate } from './gate'
import { endToEnd, framingOf, type Framing } from './headers'
import { Relay } from './relay'
import { ResponseHead } from './response-head'

/** Passes on one request in absolute form over a connection of its own; the client's ends with the answer. */
export async function forward(gate: Gate, request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.sendDate = false
  const asked = parseAbsolute(request.url ?? '')
  const framing = framingOf(request.rawHeaders)
  if (asked === null || framing === 'smuggling' || request.method === 'TRACE') {
    refuse(request, response, gate.unreadable())
    return
  }
  const relay = new Relay()
  const opened = await gate.open(asked.target, relay.onread)
  if (!opened.ok) {
    refuse(request, response, opened.error)
    return
  }
  if (response.destroyed) {
    opened.value.destroy()
    return
  }
  gate.live.add(opened.value, asked.target)
  opened.value.write(headOf(request, asked.target.authority, asked.path, framing), 'latin1')
  pass(request, response, opened.value, framing, relay)
}

function pass(
  request: IncomingMessage,
  response: ServerResponse,
  upstream: Socket,
  framing: Framing,
  relay: Relay
): void {
  const client = request.socket
  const head = new ResponseHead()
  let answering = false
  const fail = (): void => {
    upstream.destroy()
    if (answering) client.destroy()
    else refuse(request, response, 502)
  }
  const take = (bytes: Buffer): Buffer | 'more' | 'wrong' => {
    const first = head.take(bytes)
    answering = typeof first !== 'string'
    return first
  }
  upstream.on('error', fail)
  // A body that was cut off must look cut off.
  upstream.on('close', () => {
    if (!upstream.readableEnded && !response.writableEnded) fail()
  })
  client.on('close', () => upstream.destroy())
  // The answer goes to the client's connection itself: nothing else is ever sent on it.
  relay.start(upstream, client, { take, failed: fail })
  if (framing === 'length') request.pipe(upstream, { end: false })
  else if (framing === 'chunked') request.pipe(chunked()).pipe(upstream, { end: false })
  else request.resume()
}

function headOf(request: IncomingMessage, host: string, path: string, framing: Framing): string {
  const method = request.method ?? 'GET'
  const lines = [`${method} ${path} HTTP/1.1`, `Host: ${host}`]
  for (const [name, value] of endToEnd(request.rawHeaders)) lines.push(`${name}: ${value}`)
  lines.push('Connection: close')
  if (framing === 'chunked') lines.push('Transfer-Encoding: chunked')
  if (framing === 'none' && ['POST', 'PUT', 'PATCH'].includes(method)) lines.push('Content-Length: 0')
  return [...lines, '', ''].join('\r\n')
}

/** A body in chunks (RFC 9112, 7.1), without extensions and trailers. */
const chunked = (): Transform =>
  new Transform({
    transform(bytes: Buffer, _encoding, done) {
      if (bytes.length > 0)
        this.push(Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, CRLF]))
      done()
    },
    flush(done) {
      done(null, '0\r\n\r\n')
    }
  })
const CRLF = Buffer.from('\r\n')

/** A few bytes for a program to read; the window says it to the person. */
function refuse(request: IncomingMessage, response: ServerResponse, status: number): void {
  if (response.destroyed || response.headersSent) return
  const body = status === 403 ? 'not-on-the-list\n' : ''
  response.writeHead(status, {
    connection: 'close',
    'content-type': 'text/plain',
    'content-length': body.length
  })
  response.end(body, () => request.socket.destroySoon())
}
