import { randomUUID } from 'node:crypto'
import { get, type ClientRequest } from 'node:http'
import { sql } from 'drizzle-orm'
import { createParser } from 'eventsource-parser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DeviceClient } from '../../scripts/demo/desks/device-client'
import { streamMessageSchema } from '../../src/contract/wire/v1/console'
import type { ConsoleClient } from './support/console-client'
import { raised, records, World } from './support/world'
import { soon } from '../soon'

let world: World
beforeAll(async () => {
  world = await World.start()
})
afterAll(() => world.close())

/** A reader with a line of its own: it reads when and as much as it is told to, and is cut wherever it is. */
class Reader {
  readonly alerts: string[] = []
  cursor: string
  gone = false
  #request: ClientRequest | null = null
  #resume: (() => void) | null = null

  constructor(
    private readonly client: ConsoleClient,
    cursor: string
  ) {
    this.cursor = cursor
  }

  /** Opens the stream where this reader was. After `cutAt` bytes the line breaks, within an event or not. */
  open(options: { readonly cutAt?: number; readonly reads?: boolean } = {}): Promise<void> {
    const parser = createParser({
      onEvent: ({ id, data }) => {
        const message = streamMessageSchema.parse(JSON.parse(data))
        if (id !== undefined) this.cursor = id
        if (message.kind === 'alert' && message.alert.status === 'raised') this.alerts.push(message.alert.id)
      }
    })
    let read = 0
    const decoder = new TextDecoder()
    const take = (chunk: Buffer): void => {
      const { cutAt } = options
      parser.feed(
        decoder.decode(chunk.subarray(0, cutAt === undefined ? undefined : Math.max(0, cutAt - read)), {
          stream: true
        })
      )
      read += chunk.length
      if (cutAt !== undefined && read >= cutAt) this.close()
    }
    return new Promise((resolve) => {
      const end = (): void => {
        this.gone = true
        resolve()
      }
      const path = `/console/v1/stream?after=${this.cursor}`
      this.#request = get(
        new URL(path, this.client.origin),
        { agent: false, headers: { cookie: this.client.cookie } },
        (response) => {
          this.#resume = () => response.on('data', take)
          response.on('close', end).on('error', end)
          if (options.reads !== false) this.#resume()
        }
      ).on('error', end)
    })
  }

  resume(): void {
    this.#resume?.()
  }
  close(): void {
    this.#request?.destroy()
  }
}

const stored = async (device: DeviceClient): Promise<readonly string[]> => {
  const found = await world.hub.store.db.execute<{ id: string }>(
    sql`SELECT id FROM alert WHERE workstation_id = ${device.device}`
  )
  return found.rows.map(({ id }) => id).sort()
}

const tell = async (device: DeviceClient, first: number, count: number): Promise<void> => {
  const bodies = Array.from({ length: count }, () => raised(randomUUID()))
  await device.sync({ records: records(first, ...bodies) })
}

test('E9: a reader that is cut in the middle of events again and again sees what is stored, all of it and once', async () => {
  const device = await world.device()
  const client = await world.console()
  const reader = new Reader(client, (await client.board()).cursor)
  const sending = (async () => {
    for (let n = 0; n < 25; n += 1) await tell(device, n, 1)
  })()
  for (let cut = 0; reader.alerts.length < 25 && cut < 500; cut += 1)
    await reader.open({ cutAt: 600 + ((cut * 977) % 4000) })
  await sending
  expect([...reader.alerts].sort()).toEqual(await stored(device))
})

test('E9: a reader that does not read stalls nobody, and has missed nothing when it comes back', async () => {
  const device = await world.device()
  const client = await world.console()
  const { cursor } = await client.board()
  const [slow, quick] = [new Reader(client, cursor), new Reader(client, cursor)]
  void slow.open({ reads: false })
  void quick.open()
  for (let n = 0; n < 400; n += 200) await tell(device, n, 200)
  const all = await stored(device)
  await soon(() => expect(quick.alerts).toHaveLength(400))
  expect([...quick.alerts].sort()).toEqual(all)
  expect(slow.alerts).toEqual([])
  slow.resume()
  await soon(() => {
    // What it left unread may have cost it the line: it comes back where it was.
    if (slow.gone) {
      slow.gone = false
      void slow.open()
    }
    expect(new Set(slow.alerts).size).toBe(400)
  })
  expect([...slow.alerts].sort()).toEqual(all)
  slow.close()
  quick.close()
})

test('E9: two tabs of one session see the same, and the end of one is not the other’s', async () => {
  const device = await world.device()
  const client = await world.console()
  const { cursor } = await client.board()
  const [first, second] = [new Reader(client, cursor), new Reader(client, cursor)]
  void first.open()
  void second.open()
  await tell(device, 0, 5)
  await soon(() => expect([first.alerts.length, second.alerts.length]).toEqual([5, 5]))
  first.close()
  await tell(device, 5, 5)
  await soon(() => expect(second.alerts).toHaveLength(10))
  expect([...second.alerts].sort()).toEqual(await stored(device))
  void first.open()
  await soon(() => expect([...first.alerts].sort()).toEqual([...second.alerts].sort()))
  first.close()
  second.close()
})

test('E9: the board is answered though somebody changes one of its alerts while it is read', async () => {
  const device = await world.device()
  const client = await world.console()
  await tell(device, 0, 1)
  const { db } = world.hub.store
  let answer: Promise<{ readonly status: number }> | undefined
  await db.transaction(async (tx) => {
    await tx.execute(sql`SELECT id FROM alert WHERE workstation_id = ${device.device} FOR UPDATE`)
    await tx.execute(sql`UPDATE alert SET score = score WHERE workstation_id = ${device.device}`)
    answer = client.send('GET', '/console/v1/board')
    // Until the board waits for the alert, to note who sees it.
    const waiting = async (): Promise<number> =>
      (await db.execute(sql`SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'`)).rows.length
    await soon(async () => expect(await waiting()).toBeGreaterThan(0))
  })
  expect((await answer)?.status).toBe(200)
})
