import { createSocket, type Socket as UdpSocket } from 'node:dgram'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { Allowed } from './allow-list'
import { Proxy, type ProxyOptions } from './proxy'

const cleanups: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

/** A listener on UDP that echoes, and counts what comes. */
async function relay(): Promise<{ readonly port: number; readonly got: Buffer[] }> {
  const socket: UdpSocket = createSocket('udp4')
  const got: Buffer[] = []
  socket.on('message', (message, from) => {
    got.push(message)
    socket.send(message, from.port, from.address)
  })
  await new Promise<void>((ready) => socket.bind(0, '127.0.0.1', ready))
  cleanups.push(() => void socket.close())
  return { port: socket.address().port, got }
}

async function start(allowed: (relay: string) => Allowed, more: Partial<ProxyOptions> = {}) {
  const far = await relay()
  const at = `127.0.0.1:${String(far.port)}`
  const refused: string[] = []
  const proxy = new Proxy({ refused: (authority) => refused.push(authority), reportMs: 10, ...more })
  proxy.allow(allowed(at))
  const port = await proxy.listen()
  cleanups.push(() => proxy.close())
  return { proxy, port, far, at, refused }
}

/** Opens a tunnel; gives the socket once the proxy has answered. */
async function tunnel(
  port: number,
  to: string,
  behind?: Buffer
): Promise<{ socket: Socket; answer: string }> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  cleanups.push(() => void socket.destroy())
  socket.write(`CONNECT ${to} HTTP/1.1\r\nHost: x\r\n\r\n`)
  if (behind !== undefined) socket.write(behind)
  const answer = await new Promise<Buffer>((done) => socket.once('data', done))
  return { socket, answer: answer.toString('latin1') }
}

const binding = Buffer.from('000100002112a442000102030405060708090a0b', 'hex')
const channelData = Buffer.from('400100050102030405', 'hex')
const pad = Buffer.alloc(3)
const next = (socket: Socket): Promise<Buffer> => new Promise((done) => socket.once('data', done))
const gone = (socket: Socket): Promise<void> =>
  new Promise((done) => (socket.destroyed ? done() : socket.resume().once('close', () => done())))
const udp = (at: string): Allowed => ({ authorities: [], relays: [{ authority: at, transport: 'udp' }] })

describe('C1 a media relay of the softphone', () => {
  it('gets each TURN message as a datagram, and what it answers comes back framed', async () => {
    const { port, far, at } = await start(udp)
    const { socket, answer } = await tunnel(port, at)
    expect(answer).toMatch(/^HTTP\/1\.1 200 /)
    socket.write(binding)
    expect(await next(socket)).toEqual(binding)
    socket.write(Buffer.concat([channelData, pad]))
    expect(await next(socket)).toEqual(Buffer.concat([channelData, pad]))
    expect(far.got).toEqual([binding, channelData])
  })

  it('gets nothing that is no TURN message: the way is cut', async () => {
    const { port, far, at } = await start(udp)
    const { socket } = await tunnel(port, at)
    socket.write('GET /records HTTP/1.1\r\n\r\n')
    await gone(socket)
    expect(far.got).toEqual([])
  })

  it('is reached by tunnels alone, at its own port alone, and by nobody whom it is not listed for', async () => {
    const { proxy, port, far, at, refused } = await start(udp)
    const request = connect(port, '127.0.0.1')
    request.write(`GET http://${at}/ HTTP/1.1\r\nHost: x\r\n\r\n`)
    expect((await next(request)).toString()).toMatch(/^HTTP\/1\.1 403 /)
    request.destroy()
    const other = `127.0.0.1:${String(far.port === 65_535 ? 1 : far.port + 1)}`
    expect((await tunnel(port, other)).answer).toMatch(/^HTTP\/1\.1 403 /)
    proxy.allow({ authorities: [] })
    expect((await tunnel(port, at, binding)).answer).toMatch(/^HTTP\/1\.1 403 /)
    await new Promise((later) => setTimeout(later, 50))
    expect(new Set(refused)).toEqual(new Set([at, other]))
    expect(far.got).toEqual([])
  })

  it('is cut off once it is taken off the list', async () => {
    const { proxy, port, at } = await start(udp)
    const { socket } = await tunnel(port, at)
    proxy.allow({ authorities: [] })
    await gone(socket)
  })

  it('goes on under a new list that has it, with a VPN too when it is this machine, which leaves by nothing', async () => {
    const { proxy, port, far, at } = await start(udp)
    const { socket } = await tunnel(port, at)
    proxy.allow({ ...udp(at), wayOut: { sources: [], apart: [] } })
    socket.write(binding)
    expect(await next(socket)).toEqual(binding)
    expect(far.got).toEqual([binding])
  })

  it('is let go when neither end says anything for long', async () => {
    const { port, at } = await start(udp, { idleMs: 150 })
    const { socket } = await tunnel(port, at)
    socket.write(binding)
    expect(await next(socket)).toEqual(binding)
    await gone(socket)
  })

  it('whose name nobody answers for is given up like any other host', async () => {
    const hang = (): Promise<never> => new Promise(() => undefined)
    const { proxy, port } = await start(udp, { lookup: hang, connectMs: 50 })
    proxy.allow(udp('relay.example:3478'))
    expect((await tunnel(port, 'relay.example:3478')).answer).toMatch(/^HTTP\/1\.1 502 /)
  })

  it('that is reached over TCP is a tunnel, and no site', async () => {
    const server = createServer((socket) => socket.pipe(socket))
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    cleanups.push(() => new Promise<void>((done) => server.close(() => done())))
    const at = `127.0.0.1:${String((server.address() as AddressInfo).port)}`
    const { port } = await start(() => ({ authorities: [], relays: [{ authority: at, transport: 'tcp' }] }))
    const { socket, answer } = await tunnel(port, at)
    expect(answer).toMatch(/^HTTP\/1\.1 200 /)
    socket.write('anything')
    expect((await next(socket)).toString()).toBe('anything')
    socket.destroy()
    const request = connect(port, '127.0.0.1')
    request.write(`GET http://${at}/ HTTP/1.1\r\nHost: x\r\n\r\n`)
    expect((await next(request)).toString()).toMatch(/^HTTP\/1\.1 403 /)
    request.destroy()
  })

  it('whose name leads to this machine is refused', async () => {
    const far = await relay()
    const proxy = new Proxy({
      refused: () => undefined,
      lookup: () => Promise.resolve([{ address: '127.0.0.1', family: 4 as const }])
    })
    const at = `relay.example:${String(far.port)}`
    proxy.allow(udp(at))
    const port = await proxy.listen()
    cleanups.push(() => proxy.close())
    expect((await tunnel(port, at, binding)).answer).toMatch(/^HTTP\/1\.1 403 /)
    expect(far.got).toEqual([])
  })
})
