import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Socket } from 'node:net'
import { parseAbsolute, parseAuthority, type Target } from './authority'
import { endToEnd, framingOf } from './headers'
import type { Gate } from './gate'
import { Relay } from './relay'

/** Answers CONNECT: bytes in both directions, each end closed on its own. */
export async function tunnel(
  gate: Gate,
  request: IncomingMessage,
  client: Duplex,
  head: Buffer
): Promise<void> {
  client.on('error', () => client.destroy())
  const target = parseAuthority(request.url ?? '')
  if (target === null || framingOf(request.rawHeaders) !== 'none') {
    refuse(client, gate.unreadable())
    return
  }
  const relay = new Relay()
  const upstream = await openFor(gate, target, client, relay)
  if (upstream === null) return
  client.write('HTTP/1.1 200 Connection established\r\n\r\n')
  join(gate, target, client, upstream, head, relay)
}

/** Answers an upgrade to WebSocket in absolute form. No other protocol is taken. */
export async function upgrade(
  gate: Gate,
  request: IncomingMessage,
  client: Duplex,
  head: Buffer
): Promise<void> {
  client.on('error', () => client.destroy())
  const asked = parseAbsolute(request.url ?? '')
  const isWebSocket = request.method === 'GET' && request.headers.upgrade?.toLowerCase() === 'websocket'
  if (asked === null || !isWebSocket || framingOf(request.rawHeaders) !== 'none') {
    refuse(client, gate.unreadable())
    return
  }
  const relay = new Relay()
  const upstream = await openFor(gate, asked.target, client, relay)
  if (upstream === null) return
  const headers = endToEnd(request.rawHeaders).map(([name, value]) => `${name}: ${value}\r\n`)
  upstream.write(
    `GET ${asked.path} HTTP/1.1\r\nHost: ${asked.target.authority}\r\n${headers.join('')}` +
      'Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    'latin1'
  )
  join(gate, asked.target, client, upstream, head, relay)
}

async function openFor(gate: Gate, target: Target, client: Duplex, relay: Relay): Promise<Socket | null> {
  const opened = await gate.open(target, relay.onread)
  if (!opened.ok) {
    refuse(client, opened.error)
    return null
  }
  if (!client.destroyed) return opened.value
  opened.value.destroy()
  return null
}

function join(
  gate: Gate,
  target: Target,
  client: Duplex,
  upstream: Socket,
  head: Buffer,
  relay: Relay
): void {
  gate.live.add(upstream, target)
  upstream.on('error', () => {
    upstream.destroy()
    client.destroy()
  })
  client.on('close', () => upstream.destroy())
  upstream.on('close', () => {
    if (!upstream.readableEnded) client.destroy()
  })
  if (head.length > 0) upstream.write(head)
  client.pipe(upstream)
  relay.start(upstream, client)
}

function refuse(client: Duplex, status: number): void {
  const words = { 400: 'Bad Request', 403: 'Forbidden', 502: 'Bad Gateway' }[status] ?? 'Refused'
  client.end(`HTTP/1.1 ${status} ${words}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () =>
    client.destroy()
  )
}
