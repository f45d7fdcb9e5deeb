import { createServer, get, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FastifyReply } from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Sink } from '../stream/feed'
import { openEventStream } from './event-stream'
import { soon } from '../../../test/soon'

let server: Server
let sinks: Sink[]
let departures: { left: number }
let allowed: boolean

beforeEach(async () => {
  sinks = []
  const mine = { left: 0 }
  departures = mine
  allowed = true
  server = createServer((_request, raw) => {
    openEventStream({ raw, hijack: () => undefined } as unknown as FastifyReply, {
      subscribe: (sink) => {
        sinks.push(sink)
        return () => {
          mine.left += 1
        }
      },
      isAllowed: () => Promise.resolve(allowed),
      beatMs: 20,
      now: () => new Date(0)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const open = (): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' }, resolve).on('error', reject)
  })

test('E9: a reader that does not read is cut, and a quick one beside it gets everything', async () => {
  const slow = await open()
  slow.pause().on('error', () => undefined)
  const quick = await open()
  let text = ''
  quick.on('data', (chunk: Buffer) => (text += chunk.toString()))
  const junk = 'x'.repeat(100_000)
  for (let id = 1; id <= 200; id += 1) {
    for (const sink of sinks) sink.send(id, { kind: 'beat', at: junk })
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  await soon(() => expect(text).toContain('id: 200\n'))
  for (let id = 1; id <= 200; id += 1) expect(text).toContain(`id: ${id}\n`)
  expect(departures.left).toBe(1)
})

test('an idle stream shows that it lives, and ends with its session', async () => {
  const reader = await open()
  let text = ''
  reader.on('data', (chunk: Buffer) => (text += chunk.toString()))
  await soon(() => expect(text.match(/"kind":"beat"/g)?.length).toBeGreaterThan(3))
  expect(text).not.toContain('id:')
  const ended = new Promise((resolve) => reader.on('end', resolve))
  allowed = false
  await ended
  expect(departures.left).toBe(1)
})
