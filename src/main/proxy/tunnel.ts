import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Socket } from 'node:net'
import type { Result } from '../../core/result'
import { parseAbsolute, parseAuthority, type Target } from './authority'
import { endToEnd, framingOf } from './headers'
import type { Gate, RefusalStatus } from './gate'
import type { Connection } from './live'
import { relayMedia } from './media-relay'
import { Relay } from './relay'

const ESTABLISHED = 'HTTP/1.1 200 Connection established\r\n\r\n'

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
  if (gate.relayAt(target) === 'udp') {
    const far = await whileThere(client, gate.openDatagrams(target))
    if (far === null) return
    gate.live.add(far, target)
    client.write(ESTABLISHED)
    relayMedia(client, far, head)
    return
  }
  const relay = new Relay()
  const opening =
    gate.relayAt(target) === 'tcp' ? gate.openRelay(target, relay.onread) : gate.open(target, relay.onread)
  const upstream = await whileThere(client, opening)
  if (upstream === null) return
  client.write(ESTABLISHED)
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
  const upstream = await whileThere(client, gate.open(asked.target, relay.onread))
  if (upstream === null) return
  const headers = endToEnd(request.rawHeaders).map(([name, value]) => `${name}: ${value}\r\n`)
  upstream.write(
    `GET ${asked.path} HTTP/1.1\r\nHost: ${asked.target.authority}\r\n${headers.join('')}` +
      'Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    'latin1'
  )
  join(gate, asked.target, client, upstream, head, relay)
}

/** What was opened for a client; null when it was refused, which the client is told, or the client has gone meanwhile. */
async function whileThere<Opened extends Connection>(
  client: Duplex,
  opening: Promise<Result<Opened, RefusalStatus>>
): Promise<Opened | null> {
  const opened = await opening
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
