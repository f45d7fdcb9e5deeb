import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { parseAbsolute } from './authority'
import type { Gate } from './gate'
import { endToEnd, framingOf, type Framing } from './headers'

/** Passes on one request in absolute form over a connection of its own. */
export async function forward(gate: Gate, request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.sendDate = false
  const asked = parseAbsolute(request.url ?? '')
  const framing = framingOf(request.rawHeaders)
  if (asked === null || framing === 'smuggling' || request.method === 'TRACE') {
    refuse(request, response, gate.unreadable())
    return
  }
  const opened = await gate.open(asked.target)
  if (!opened.ok) {
    refuse(request, response, opened.error)
    return
  }
  if (response.destroyed) {
    opened.value.destroy()
    return
  }
  gate.live.add(opened.value, asked.target)
  pass(request, response, opened.value, asked.target.authority, asked.path, framing)
}

function pass(
  request: IncomingMessage,
  response: ServerResponse,
  socket: Socket,
  host: string,
  path: string,
  framing: Framing
): void {
  const upstream = httpRequest({
    createConnection: () => socket,
    method: request.method,
    path,
    setHost: false,
    headers: headersFor(request, host, framing)
  })
  const giveUp = (): void => {
    upstream.destroy()
    socket.destroy()
    if (response.headersSent) response.destroy()
    else refuse(request, response, 502)
  }
  upstream.on('error', giveUp)
  upstream.on('response', (reply) => {
    try {
      response.writeHead(
        reply.statusCode ?? 502,
        reply.statusMessage ?? '',
        endToEnd(reply.rawHeaders).flat()
      )
    } catch {
      giveUp() // a header that may not be written: the answer is not passed on in part
      return
    }
    // A body that was cut off must look cut off.
    reply.on('aborted', () => response.destroy())
    reply.on('error', () => response.destroy())
    reply.pipe(response)
  })
  response.on('close', () => socket.destroy())
  if (framing === 'none') upstream.end()
  else request.pipe(upstream)
}

function headersFor(request: IncomingMessage, host: string, framing: Framing): string[] {
  const headers = ['Host', host, ...endToEnd(request.rawHeaders).flat(), 'Connection', 'close']
  if (framing === 'chunked') headers.push('Transfer-Encoding', 'chunked')
  if (framing === 'none' && ['POST', 'PUT', 'PATCH'].includes(request.method ?? '')) {
    headers.push('Content-Length', '0')
  }
  return headers
}

/** A few bytes for a program to read; the window says it to the person. */
function refuse(request: IncomingMessage, response: ServerResponse, status: number): void {
  if (response.destroyed) return
  const body = status === 403 ? 'not-on-the-list\n' : ''
  response.writeHead(status, {
    connection: 'close',
    'content-type': 'text/plain',
    'content-length': body.length
  })
  response.end(body, () => request.socket.destroySoon())
}
