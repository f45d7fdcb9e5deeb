import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FaultProxy } from './fault-proxy'

let echo: Server
let proxy: FaultProxy
const sockets = new Set<Socket>()
beforeEach(async () => {
  echo = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.pipe(socket)
  })
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve))
  proxy = await FaultProxy.start({ port: (echo.address() as AddressInfo).port })
})
afterEach(async () => {
  await proxy.close()
  for (const socket of sockets) socket.destroy()
  sockets.clear()
  await new Promise((resolve) => echo.close(resolve))
})

/** Sends a text, half-closes, and returns what came back, how long it took and whether it was cut. */
async function talk(text: string): Promise<{ got: string; ms: number; cut: boolean; pieces: number }> {
  const began = performance.now()
  return new Promise((resolve) => {
    let got = ''
    let pieces = 0
    let cut = false
    const socket = connect({ port: proxy.port, host: '127.0.0.1', allowHalfOpen: true }, () =>
      socket.end(text)
    )
    socket.on('data', (chunk) => {
      got += chunk.toString()
      pieces += 1
    })
    socket.on('error', () => (cut = true))
    socket.on('close', () => resolve({ got, ms: performance.now() - began, cut, pieces }))
    socket.on('end', () => socket.destroy())
  })
}

describe('the fault proxy', () => {
  it('carries bytes unchanged, each way closed on its own', async () => {
    const text = 'x'.repeat(300_000)
    expect(await talk(text)).toMatchObject({ got: text, cut: false })
    expect(proxy.seen).toEqual({ connections: 1, toTarget: 300_000, toClient: 300_000 })
  })

  it('adds latency, cuts into slices, narrows the line', async () => {
    proxy.set({ latencyMs: 60 })
    expect((await talk('hello')).ms).toBeGreaterThan(110)
    proxy.set({ latencyMs: 1, sliceBytes: 10 })
    const sliced = await talk('y'.repeat(100))
    expect(sliced.got).toBe('y'.repeat(100))
    expect(sliced.pieces).toBeGreaterThan(5)
    proxy.set({ latencyMs: 0, sliceBytes: 0, bytesPerSecond: 10_000 })
    expect((await talk('z'.repeat(1000))).ms).toBeGreaterThan(150)
  })

  it('stalls without losing anything, and goes on', async () => {
    proxy.set({ stall: true })
    const talking = talk('late')
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(proxy.seen.toTarget).toBe(0)
    proxy.heal()
    expect((await talking).got).toBe('late')
  })

  it('refuses, ignores and cuts', async () => {
    proxy.down()
    expect(await talk('x')).toMatchObject({ got: '', cut: true })
    proxy.set({ accept: 'ignore' })
    const ignored = talk('x')
    await new Promise((resolve) => setTimeout(resolve, 50))
    proxy.cut()
    expect(await ignored).toMatchObject({ got: '', cut: true })
    proxy.set({ accept: 'pass', cutAfterBytes: 50, sliceBytes: 25 })
    expect((await talk('w'.repeat(500))).got.length).toBeLessThanOrEqual(50)
  })
})
