import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import {
  connect,
  createServer as createTcp,
  type AddressInfo,
  type Server as TcpServer,
  type Socket
} from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { Proxy, type ProxyOptions } from './proxy'

const cleanups: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

/** A listener that counts what reaches it. */
async function listener(onSocket: (socket: Socket) => void = () => undefined) {
  const seen = { connections: 0, bytes: 0 }
  const sockets = new Set<Socket>()
  const server: TcpServer = createTcp({ allowHalfOpen: true }, (socket) => {
    seen.connections += 1
    sockets.add(socket)
    socket.on('data', (chunk) => (seen.bytes += chunk.length))
    socket.on('error', () => socket.destroy())
    onSocket(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanups.push(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  return { port: (server.address() as AddressInfo).port, seen }
}

interface Arrived {
  readonly request: IncomingMessage
  readonly body: string
}

async function site(answer?: (arrived: Arrived, response: ServerResponse) => void) {
  const arrived: Arrived[] = []
  const server: Server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      arrived.push({ request, body })
      if (answer) answer({ request, body }, response)
      else response.end(`hello ${request.method} ${request.url} ${body}`)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanups.push(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return { port: (server.address() as AddressInfo).port, arrived }
}

async function start(options: Partial<ProxyOptions> = {}) {
  const refused: [string, number][] = []
  const proxy = new Proxy({
    refused: (authority, count) => refused.push([authority, count]),
    reportMs: 20,
    ...options
  })
  const port = await proxy.listen()
  cleanups.push(() => proxy.close())
  return { proxy, port, refused }
}

/** Sends bytes to the proxy and collects what comes back until it closes (or `until` is seen). */
async function talk(port: number, text: string, until?: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text, 'latin1'))
    let got = ''
    const timer = setTimeout(() => {
      socket.destroy()
      resolve(got)
    }, 3000)
    const done = (): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(got)
    }
    socket.on('data', (chunk) => {
      got += chunk.toString('latin1')
      if (until?.test(got)) done()
    })
    socket.on('close', done)
    socket.on('error', (error) => (got === '' ? reject(error) : done()))
  })
}

/** The body of an answer in chunks. */
function bodyOf(answer: Buffer): Buffer {
  const parts: Buffer[] = []
  let at = answer.indexOf('\r\n\r\n') + 4
  for (;;) {
    const end = answer.indexOf('\r\n', at)
    const size = parseInt(answer.toString('latin1', at, end), 16)
    if (!(size > 0)) return Buffer.concat(parts)
    parts.push(answer.subarray(end + 2, end + 2 + size))
    at = end + 2 + size + 2
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

describe('the default-deny proxy', () => {
  it('refuses everything until the first list, and sends not one byte to what it refuses', async () => {
    const target = await listener()
    const { port, refused } = await start()
    const authority = `127.0.0.1:${target.port}`
    const plain = await talk(
      port,
      `GET http://${authority}/secret?name=x HTTP/1.1\r\nHost: ${authority}\r\n\r\n`
    )
    const tunnelled = await talk(port, `CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\nhello`)
    const socketed = await talk(
      port,
      `GET http://${authority}/ws HTTP/1.1\r\nHost: ${authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`
    )
    expect(plain).toMatch(/^HTTP\/1\.1 403 [\s\S]*not-on-the-list/)
    expect(tunnelled).toMatch(/^HTTP\/1\.1 403 /)
    expect(socketed).toMatch(/^HTTP\/1\.1 403 /)
    await pause(60)
    expect(target.seen).toEqual({ connections: 0, bytes: 0 })
    const total = refused.reduce((sum, [, count]) => sum + count, 0)
    expect(total).toBe(3)
    expect(new Set(refused.map(([name]) => name))).toEqual(new Set([authority]))
    expect(JSON.stringify(refused)).not.toMatch(/secret|name=x/)
  })

  it('counts refusals and tells them in batches', async () => {
    const { port, refused } = await start({ reportMs: 200 })
    for (let n = 0; n < 5; n += 1)
      await talk(port, 'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n')
    await pause(300)
    expect(refused).toEqual([['evil.example:443', 5]])
  })

  it('passes a listed request on in origin form, with the host of the target and no hop-by-hop header', async () => {
    const web = await site()
    const { proxy, port } = await start()
    proxy.allow({ authorities: [`127.0.0.1:${web.port}`] })
    const reply = await talk(
      port,
      `GET http://127.0.0.1:${web.port}/a?b=1 HTTP/1.1\r\nHost: evil.example\r\nProxy-Connection: keep-alive\r\n` +
        `Proxy-Authorization: Basic eA==\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\nX-End: 2\r\n\r\n`
    )
    expect(reply).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*hello GET \/a\?b=1/)
    const headers = web.arrived[0]!.request.headers
    expect(headers.host).toBe(`127.0.0.1:${web.port}`)
    expect(headers['x-end']).toBe('2')
    for (const name of ['proxy-connection', 'proxy-authorization', 'x-hop'])
      expect(headers[name]).toBeUndefined()
  })

  it('answers the first request of a connection, and neither answers nor passes on what was sent behind it', async () => {
    const web = await site()
    const other = await listener()
    const { proxy, port } = await start()
    proxy.allow({ authorities: [`127.0.0.1:${web.port}`] })
    const first = `GET http://127.0.0.1:${web.port}/1 HTTP/1.1\r\nHost: x\r\n\r\n`
    for (const second of [
      `GET http://127.0.0.1:${other.port}/2 HTTP/1.1\r\nHost: x\r\n\r\n`,
      `GET http://127.0.0.1:${web.port}/2 HTTP/1.1\r\nHost: x\r\n\r\n`,
      `CONNECT 127.0.0.1:${web.port} HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\n\r\n`
    ]) {
      const reply = await talk(port, first + second)
      expect(reply).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\nConnection: close\r\n\r\nhello GET \/1 $/)
    }
    expect(web.arrived.map(({ request }) => request.url)).toEqual(['/1', '/1', '/1'])
    expect(other.seen.bytes).toBe(0)
  })

  it('passes bodies on, by length and in chunks', async () => {
    const web = await site()
    const { proxy, port } = await start()
    proxy.allow({ authorities: [`127.0.0.1:${web.port}`] })
    const url = `http://127.0.0.1:${web.port}/p`
    const byLength = await talk(
      port,
      `POST ${url} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 5\r\n\r\nabcde`
    )
    const inChunks = await talk(
      port,
      `GET ${url} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n`
    )
    const empty = await talk(port, `POST ${url} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
    expect(byLength).toMatch(/hello POST \/p abcde/)
    expect(inChunks).toMatch(/hello GET \/p abc/)
    expect(empty).toMatch(/hello POST \/p /)
  })

  it.each([
    ['two lengths', 'Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcde'],
    ['two equal lengths', 'Content-Length: 5\r\nContent-Length: 5\r\n\r\nabcde'],
    ['length and chunks', 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['an odd length', 'Content-Length: +5\r\n\r\nabcde'],
    ['a list of lengths', 'Content-Length: 5, 5\r\n\r\nabcde'],
    ['another coding', 'Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n'],
    ['a disguised coding', 'Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n'],
    ['codings twice', 'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n'],
    ['a space before the colon', 'Content-Length : 5\r\n\r\nabcde'],
    ['a bare line feed', 'X: 1\nContent-Length: 5\r\n\r\nabcde'],
    ['a folded header', 'X: 1\r\n Content-Length: 5\r\n\r\nabcde']
  ])('refuses %s, by which requests are smuggled', async (_name, rest) => {
    const target = await listener()
    const { proxy, port } = await start()
    proxy.allow({ authorities: [`127.0.0.1:${target.port}`] })
    const reply = await talk(
      port,
      `POST http://127.0.0.1:${target.port}/ HTTP/1.1\r\nHost: x\r\n${rest}`,
      /\r\n\r\n/
    )
    expect(reply).toMatch(/^HTTP\/1\.1 400 /)
    expect(target.seen.bytes).toBe(0)
  })

  it('refuses headers beyond its limit', async () => {
    const { port } = await start()
    const reply = await talk(
      port,
      `GET http://a.example/ HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(40_000)}\r\n\r\n`
    )
    expect(reply).toMatch(/^HTTP\/1\.1 4\d\d /)
  })

  it('tunnels to a listed authority both ways, and closes each way on its own', async () => {
    const far = await listener((socket) => {
      let got = ''
      socket.on('data', (chunk) => (got += chunk.toString()))
      // Answers only after the other side has said all: a proxy that closes both ways at once would lose this.
      socket.on('end', () => setTimeout(() => socket.end(`echo ${got}`), 50))
    })
    const { proxy, port } = await start()
    proxy.allow({ authorities: [`127.0.0.1:${far.port}`] })
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () =>
        socket.write(`CONNECT 127.0.0.1:${far.port} HTTP/1.1\r\nHost: x\r\n\r\nearly `)
      )
      let got = ''
      socket.on('data', (chunk) => {
        got += chunk.toString()
        if (got.endsWith('\r\n\r\n')) socket.end('late')
      })
      socket.on('end', () => resolve(got))
      socket.on('error', reject)
    })
    expect(answer).toBe('HTTP/1.1 200 Connection established\r\n\r\necho early late')
  })

  it('cuts a tunnel whose host is taken off the list', async () => {
    const far = await listener()
    const { proxy, port } = await start()
    proxy.allow({ authorities: [`127.0.0.1:${far.port}`] })
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`CONNECT 127.0.0.1:${far.port} HTTP/1.1\r\nHost: x\r\n\r\n`)
    )
    await new Promise((resolve) => socket.once('data', resolve))
    const closed = new Promise((resolve) => socket.once('close', resolve))
    socket.on('error', () => undefined)
    socket.resume()
    proxy.allow({ authorities: [] })
    await closed
    expect(socket.destroyed).toBe(true)
  })

  it('carries a WebSocket that is asked for in absolute form', async () => {
    const far = await listener((socket) => {
      socket.on('data', (chunk) => {
        const text = chunk.toString()
        if (text.startsWith('GET ')) {
          expect(text).toMatch(/^GET \/chat\?x=1 HTTP\/1\.1\r\nHost: 127\.0\.0\.1:\d+\r\n/)
          expect(text).toMatch(/sec-websocket-key: abc\r\n/i)
          expect(text).toMatch(/\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n$/)
          socket.write(
            'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'
          )
        } else socket.write(`echo ${text}`)
      })
    })
    const { proxy, port } = await start()
    proxy.allow({ authorities: [`127.0.0.1:${far.port}`] })
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(
        `GET http://127.0.0.1:${far.port}/chat?x=1 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: WebSocket\r\nSec-WebSocket-Key: abc\r\n\r\n`
      )
    )
    const got: string[] = []
    await new Promise<void>((resolve) => {
      socket.on('data', (chunk) => {
        got.push(chunk.toString())
        if (got.length === 1) socket.write('ping')
        else resolve()
      })
    })
    socket.destroy()
    expect(got[0]).toMatch(/^HTTP\/1\.1 101 /)
    expect(got[1]).toBe('echo ping')
  })

  it('refuses an upgrade to anything else', async () => {
    const far = await listener()
    const { proxy, port } = await start()
    proxy.allow({ authorities: [`127.0.0.1:${far.port}`] })
    const reply = await talk(
      port,
      `GET http://127.0.0.1:${far.port}/ HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: x\r\n\r\n`
    )
    expect(reply).toMatch(/^HTTP\/1\.1 400 /)
    expect(far.seen.bytes).toBe(0)
  })

  it.each([
    '127.0.0.1',
    '127.8.8.8',
    '0.0.0.0',
    '169.254.169.254',
    '::1',
    '::',
    'fe80::1',
    '::ffff:127.0.0.1'
  ])('refuses a listed name that leads to %s', async (address) => {
    const far = await listener()
    const lookup = () =>
      Promise.resolve([{ address, family: address.includes(':') ? (6 as const) : (4 as const) }])
    const { proxy, port, refused } = await start({ lookup })
    proxy.allow({ authorities: [`records.example:${far.port}`] })
    const reply = await talk(port, `CONNECT records.example:${far.port} HTTP/1.1\r\nHost: x\r\n\r\n`)
    expect(reply).toMatch(/^HTTP\/1\.1 403 /)
    await pause(40)
    expect(far.seen).toEqual({ connections: 0, bytes: 0 })
    expect(refused).toEqual([[`records.example:${far.port}`, 1]])
  })

  it('refuses a name of which one address out of several is this machine', async () => {
    const far = await listener()
    const lookup = () =>
      Promise.resolve([
        { address: '203.0.113.1', family: 4 as const },
        { address: '127.0.0.1', family: 4 as const }
      ])
    const { proxy, port } = await start({ lookup })
    proxy.allow({ authorities: [`records.example:${far.port}`] })
    expect(await talk(port, `CONNECT records.example:${far.port} HTTP/1.1\r\nHost: x\r\n\r\n`)).toMatch(
      / 403 /
    )
    expect(far.seen.connections).toBe(0)
  })

  it('says that a listed host does not answer, within its limit', async () => {
    const hang = () => new Promise<never>(() => undefined)
    const { proxy, port } = await start({ lookup: hang, connectMs: 100 })
    proxy.allow({ authorities: ['records.example:443', '127.0.0.1:1'] })
    const began = performance.now()
    expect(await talk(port, 'CONNECT records.example:443 HTTP/1.1\r\nHost: x\r\n\r\n')).toMatch(/ 502 /)
    expect(performance.now() - began).toBeLessThan(5000)
    expect(await talk(port, 'GET http://127.0.0.1:1/ HTTP/1.1\r\nHost: x\r\n\r\n')).toMatch(/ 502 /)
  })

  it('lets a body that was cut off look cut off', async () => {
    const web = await site((_arrived, response) => {
      response.writeHead(200, { 'content-length': 100 })
      response.write('half')
      setTimeout(() => response.destroy(), 20)
    })
    const { proxy, port } = await start()
    proxy.allow({ authorities: [`127.0.0.1:${web.port}`] })
    const reply = await talk(port, `GET http://127.0.0.1:${web.port}/ HTTP/1.1\r\nHost: x\r\n\r\n`)
    expect(reply).toMatch(/content-length: 100/i)
    expect(reply.endsWith('half')).toBe(true)
  })

  it.each([
    ['a head that never ends', 'HTTP/1.1 200 OK\r\nX: y\r\n'],
    ['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n\r\n'],
    ['a header that is folded', 'HTTP/1.1 200 OK\r\nX: y\r\n z\r\n\r\nbody'],
    ['a switch of protocols that nobody asked for', 'HTTP/1.1 101 Switching Protocols\r\n\r\nbody'],
    ['nothing', '']
  ])('answers 502 for a host that answers with %s', async (_what, answer) => {
    const far = await listener((socket) => socket.end(answer, 'latin1'))
    const { proxy, port } = await start()
    proxy.allow({ authorities: [`127.0.0.1:${far.port}`] })
    const reply = await talk(port, `GET http://127.0.0.1:${far.port}/ HTTP/1.1\r\nHost: x\r\n\r\n`)
    expect(reply).toMatch(/^HTTP\/1\.1 502 [\s\S]*\r\n\r\n$/)
  })

  it('carries big bodies both ways unchanged, several at once, to clients that read slowly', async () => {
    const big = randomBytes(3_000_000)
    const server = createServer((request, response) => {
      if (request.method === 'GET') response.end(big)
      else request.pipe(response)
    })
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    cleanups.push(() => new Promise((done) => server.close(() => done())))
    const to = `127.0.0.1:${(server.address() as AddressInfo).port}`
    const { proxy, port } = await start()
    proxy.allow({ authorities: [to] })
    const read = (head: string, body?: Buffer): Promise<Buffer> =>
      new Promise((done, fail) => {
        const socket = connect(port, '127.0.0.1', () => {
          socket.write(head)
          if (body !== undefined) socket.write(body)
        })
        const got: Buffer[] = []
        socket.on('error', fail).on('close', () => done(Buffer.concat(got)))
        socket.on('data', (bytes) => {
          got.push(bytes)
          if (got.length % 8 > 0) return
          socket.pause()
          setTimeout(() => socket.resume(), 1)
        })
      })
    const close = 'Host: x\r\nConnection: close\r\n'
    const all = await Promise.all([
      read(`GET http://${to}/ HTTP/1.1\r\n${close}\r\n`),
      read(`GET http://${to}/ HTTP/1.0\r\n${close}\r\n`),
      read(`CONNECT ${to} HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\n${close}\r\n`),
      read(`CONNECT ${to} HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\n${close}\r\n`)
    ])
    for (const got of all) expect(got.subarray(-big.length).equals(big)).toBe(true)
    const post = `POST http://${to}/ HTTP/1.1\r\nHost: x\r\nContent-Length: ${big.length}\r\n\r\n`
    const echoed = await read(post, big)
    // The echo comes in chunks; their sizes stand between.
    expect(echoed.length).toBeGreaterThan(big.length)
    expect(echoed.subarray(-7).toString()).toBe('\r\n0\r\n\r\n')
    const chunks = Buffer.concat([
      Buffer.from(`${big.length.toString(16)}\r\n`),
      big,
      Buffer.from('\r\n0\r\n\r\n')
    ])
    const again = await read(
      `POST http://${to}/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n`,
      chunks
    )
    expect(bodyOf(again).equals(big)).toBe(true)
    expect(bodyOf(echoed).equals(big)).toBe(true)
  })

  it('ends connections on which nothing happens', async () => {
    const far = await listener()
    const { proxy, port } = await start({ idleMs: 150 })
    proxy.allow({ authorities: [`127.0.0.1:${far.port}`] })
    const reply = await talk(port, `CONNECT 127.0.0.1:${far.port} HTTP/1.1\r\nHost: x\r\n\r\n`)
    expect(reply).toMatch(/ 200 /)
  })
})
