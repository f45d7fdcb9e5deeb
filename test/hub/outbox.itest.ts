import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sql } from 'drizzle-orm'
import { SMTPServer } from 'smtp-server'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { isGenuine, Readiness } from '../../examples/integration/receiver.mjs'
import type { DeviceClient } from '../../scripts/demo/desks/device-client'
import { hookBodySchema, type HookBody } from '../../src/contract/wire/v1/hook'
import { eventKindSchema } from '../../src/core/integration/event'
import { addPerson, revokeWorkstation } from '../../src/provision/index'
import { itConsole } from './support/connections'
import type { ConsoleClient } from './support/console-client'
import { DEMO, OTHER, PASSWORD, raised, records, World } from './support/world'
import { soon } from '../soon'

interface Taken {
  readonly id: string
  readonly message: HookBody
  readonly genuine: boolean
}

/** A system that takes webhooks, with faults on call. */
class Receiver {
  readonly taken: Taken[] = []
  secret = ''
  status: number | ((taken: Taken) => number) = 204
  location = ''
  #server: Server | null = null
  #port = 0

  async start(): Promise<void> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString()
        const taken = {
          id: String(request.headers['webhook-id']),
          message: hookBodySchema.parse(JSON.parse(body)),
          genuine: isGenuine(this.secret, request.headers, body)
        }
        const status = typeof this.status === 'number' ? this.status : this.status(taken)
        this.taken.push(taken)
        response.writeHead(status, this.location === '' ? {} : { location: this.location }).end()
      })
    })
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve))
    this.#port = (server.address() as AddressInfo).port
    this.#server = server
  }
  get url(): string {
    return `http://127.0.0.1:${this.#port}/hooks`
  }
  async stop(): Promise<void> {
    const server = this.#server
    server?.closeAllConnections()
    if (server !== null) await new Promise((resolve) => server.close(resolve))
    this.#server = null
  }
}

let world: World
let it: ConsoleClient
let mailbox: { readonly to: string; readonly text: string }[]
let refuseMail: boolean
let smtp: SMTPServer
const receivers: Receiver[] = []

beforeAll(async () => {
  mailbox = []
  refuseMail = false
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, callback) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        if (refuseMail) {
          callback(new Error('not now'))
          return
        }
        const to = session.envelope.rcptTo.map(({ address }) => address).join(' ')
        mailbox.push({ to, text: Buffer.concat(chunks).toString() })
        callback()
      })
    }
  })
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve))
  const { port } = smtp.server.address() as AddressInfo
  world = await World.start({ smtpUrl: `smtp://127.0.0.1:${port}`, mailFrom: 'hub@demo.example' })
  it = await itConsole(world)
})
afterEach(async () => {
  for (const { id } of (await channels()) as { id: string }[])
    await it.send('POST', `/console/v1/integration/channels/${id}/retire`)
  for (const receiver of receivers.splice(0)) await receiver.stop()
})
afterAll(async () => {
  await world.close()
  await new Promise<void>((resolve) => smtp.close(resolve))
})

const rows = async (query: ReturnType<typeof sql>) => (await world.hub.store.db.execute(query)).rows
const channels = async () =>
  (await it.send('GET', '/console/v1/integration/channels')).json.channels as {
    id: string
    waiting: number
    dead: number
  }[]
const letters = async () =>
  (await it.send('GET', '/console/v1/integration/dead-letters')).json.letters as {
    id: string
    event: string
    problem: string
    tries: number
  }[]
/** Makes what waits due now, as time would. */
const hurry = async () => {
  await rows(sql`UPDATE outbox_message SET next_try_at = now() WHERE next_try_at IS NOT NULL`)
  await rows(sql`SELECT pg_notify('havendesk_outbox', '')`)
}

async function receiver(): Promise<Receiver> {
  const made = new Receiver()
  await made.start()
  receivers.push(made)
  return made
}

async function hook(to: Receiver, events: readonly string[] = ['readiness']): Promise<string> {
  const made = await it.send('POST', '/console/v1/integration/channels', {
    kind: 'webhook',
    name: 'telephony',
    target: to.url,
    events
  })
  expect([made.status, made.json]).toEqual([200, made.json])
  to.secret = made.json.secret as string
  return made.json.id as string
}

let people = 0
/** A desk with somebody at it, whose screen can be made to show or hide. */
async function deskAtWork() {
  people += 1
  const email = `at-work-${people}@demo.example`
  await addPerson(world.hub.store.db, {
    ...DEMO,
    name: `At Work ${people}`,
    email,
    role: 'advocate',
    password: PASSWORD
  })
  const client = await world.device({ label: `Desk ${people}` })
  const { person } = await client.signIn(email, PASSWORD)
  await client.sync({ records: records(0, { kind: 'session', change: 'signed-in', person: person.id }) })
  const become = (state: 'shown' | 'hidden', more: object = {}) =>
    client.sync({
      records: [],
      desk: {
        state,
        reasons: [],
        since: '2026-11-22T10:00:00.000Z',
        person,
        policyVersion: 1,
        model: 'coco-ssd@2.2.3#0123456789ab',
        checks: [],
        ...more
      }
    })
  return { client, email, person, become }
}
const about = (to: Receiver, email: string) =>
  to.taken.filter(({ message }) => 'person' in message.data && message.data.person === email)
const words = (to: Receiver, email: string): string[] =>
  about(to, email).map(({ message }) => message.type.replace('person.', ''))

describe('a webhook', () => {
  test('hears in order and signed that a desk hid and came back', async () => {
    const telephony = await receiver()
    await hook(telephony)
    const { email, become } = await deskAtWork()
    await become('shown')
    await soon(() => expect(words(telephony, email).at(-1)).toBe('ready'))
    for (let n = 0; n < 10; n += 1) {
      await become('hidden')
      await soon(() => expect(words(telephony, email).at(-1)).toBe('not-ready'))
      await become('shown')
      await soon(() => expect(words(telephony, email).at(-1)).toBe('ready'))
    }
    const heard = about(telephony, email)
    expect(heard.every(({ genuine }) => genuine)).toBe(true)
    const sequences = heard.map(({ message }) => ('sequence' in message.data ? message.data.sequence : 0))
    expect(sequences).toEqual(sequences.map((_, n) => n + 1))
    const telephonys = new Readiness()
    for (const { message } of heard) telephonys.take(message)
    expect(telephonys.isReady(email)).toBe(true)
  })

  test('hears of a lock, of silence and of a desk that is shut out as not ready, and why not is nobody’s business', async () => {
    const telephony = await receiver()
    await hook(telephony)
    const locked = await deskAtWork()
    const revoked = await deskAtWork()
    for (const one of [locked, revoked]) await one.become('shown')
    await soon(() => expect(words(telephony, revoked.email).at(-1)).toBe('ready'))
    await locked.become('hidden', { locked: true, reasons: ['phone'] })
    await soon(() =>
      expect(about(telephony, locked.email).at(-1)?.message).toMatchObject({
        type: 'person.not-ready',
        data: { state: 'locked' }
      })
    )
    await revokeWorkstation(world.hub.store.db, revoked.client.device)
    await soon(() => expect(words(telephony, revoked.email).at(-1)).toBe('not-ready'))
    const silent = await deskAtWork()
    await silent.become('shown')
    await soon(() => expect(words(telephony, silent.email).at(-1)).toBe('ready'))
    await rows(
      sql`UPDATE desk SET last_heard_at = now() - interval '1 minute' WHERE workstation_id = ${silent.client.device}`
    )
    await soon(() =>
      expect(about(telephony, silent.email).at(-1)?.message).toMatchObject({ data: { state: 'unknown' } })
    )
    expect(JSON.stringify(telephony.taken)).not.toContain('phone')
  })

  test('is not told that somebody is unready who moved to another desk', async () => {
    const telephony = await receiver()
    await hook(telephony)
    const first = await deskAtWork()
    await first.become('shown')
    const second = await world.device({ label: 'Second desk' })
    const { person } = await second.signIn(first.email, PASSWORD)
    await second.sync({ records: records(0, { kind: 'session', change: 'signed-in', person: person.id }) })
    const shown = { reasons: [], since: '2026-11-22T10:00:00.000Z', policyVersion: 1, model: 'm', checks: [] }
    await second.sync({ records: [], desk: { ...shown, state: 'shown', person } })
    // The desk that they left says so later.
    await first.client.sync({ records: [], desk: { ...shown, state: 'signed-out', person: null } })
    await second.sync({ records: [], desk: { ...shown, state: 'hidden', person } })
    await soon(() => expect(words(telephony, first.email).at(-1)).toBe('not-ready'))
    expect(words(telephony, first.email)).toEqual(['ready', 'not-ready'])
  })

  test('that is new hears at once how everybody stands', async () => {
    const { email, become } = await deskAtWork()
    await become('shown')
    const telephony = await receiver()
    await hook(telephony)
    await soon(() => expect(words(telephony, email)).toEqual(['ready']))
  })

  test('loses nothing and keeps the order while it is away and the hub starts again', async () => {
    const telephony = await receiver()
    await hook(telephony)
    const { email, become } = await deskAtWork()
    await become('shown')
    await soon(() => expect(words(telephony, email).at(-1)).toBe('ready'))
    await telephony.stop()
    await become('hidden')
    await become('shown')
    await become('hidden')
    await soon(async () => {
      const [tried] = await rows(
        sql`SELECT max(tries) AS n FROM outbox_message WHERE next_try_at IS NOT NULL`
      )
      expect(Number(tried?.['n'])).toBeGreaterThan(0)
    })
    await world.restart()
    it = await world.console('it@demo.connections.example')
    await telephony.start()
    await hurry()
    await soon(() => expect(words(telephony, email)).toEqual(['ready', 'not-ready', 'ready', 'not-ready']))
    expect(new Set(about(telephony, email).map(({ id }) => id)).size).toBe(4)
  })

  test('that does not answer holds up no other', async () => {
    const [stuck, quick] = [await receiver(), await receiver()]
    await hook(stuck)
    await hook(quick)
    stuck.status = 500
    const { email, become } = await deskAtWork()
    await become('shown')
    await become('hidden')
    await soon(() => expect(words(quick, email).at(-1)).toBe('not-ready'))
    expect(new Set(words(stuck, email)).size).toBeLessThanOrEqual(1)
  })

  test('is followed to no other place, and says with 410 that it is over', async () => {
    const [elsewhere, moved] = [await receiver(), await receiver()]
    moved.status = 302
    moved.location = elsewhere.url
    await hook(moved)
    const { become } = await deskAtWork()
    await become('shown')
    await soon(() => expect(moved.taken.length).toBeGreaterThan(0))
    moved.status = 410
    await hurry()
    await soon(async () => expect((await letters()).map(({ problem }) => problem)).toContain('status-410'))
    expect(elsewhere.taken).toEqual([])
  })

  test('is tried for about a day; then it is a dead letter, and can be sent again unless it was overtaken', async () => {
    const telephony = await receiver()
    await hook(telephony, eventKindSchema.options)
    telephony.status = 500
    const { client, email, become } = await deskAtWork()
    await become('shown')
    const alert = randomUUID()
    await client.sync({ records: records(1, raised(alert)) })
    await soon(async () => {
      await hurry()
      expect((await letters()).map(({ event }) => event)).toContain('alert.raised')
      const [left] = await rows(
        sql`SELECT count(*)::int AS n FROM outbox_message WHERE next_try_at IS NOT NULL`
      )
      expect(left).toEqual({ n: 0 })
    })
    const dead = await letters()
    expect(dead.every(({ problem, tries }) => problem === 'status-500' && tries === 11)).toBe(true)
    telephony.taken.length = 0
    telephony.status = 204
    const resend = (id: string) => it.send('POST', `/console/v1/integration/dead-letters/${id}/resend`)
    const raisedLetter = dead.find(({ event }) => event === 'alert.raised')
    expect((await resend(raisedLetter!.id)).status).toBe(200)
    await soon(() => expect(telephony.taken.map(({ message }) => message.type)).toEqual(['alert.raised']))
    expect(telephony.taken[0]?.message).toMatchObject({
      data: { alert, rule: 'phone', link: `${world.consoleUrl}/alerts/${alert}` }
    })
    // It may have been silent meanwhile: that was told, and given up too.
    await become('shown')
    await become('hidden')
    await soon(() => expect(words(telephony, email).at(-1)).toBe('not-ready'))
    const [overtaken] = await rows(
      sql`SELECT id FROM outbox_message WHERE event = 'person.ready' AND dead_at IS NOT NULL AND body LIKE ${`%${email}%`}`
    )
    expect((await resend(String(overtaken?.['id']))).status).toBe(409)
    const acts = await rows(sql`SELECT act FROM audit_act WHERE subject = ${raisedLetter!.id}`)
    expect(acts).toEqual([{ act: 'message-resent' }])
  })

  test.each([
    ['http://telephony.example/hooks', 'work'],
    ['https://169.254.169.254/hooks', 'work'],
    ['http://127.0.0.1:80/hooks', 'work'],
    ['http://10.0.0.1/hooks', 'demo']
  ])('goes not to %s (%s)', async (target, which) => {
    const client = which === 'demo' ? it : await other()
    const made = await client.send('POST', '/console/v1/integration/channels', {
      kind: 'webhook',
      name: 'x',
      target,
      events: ['readiness']
    })
    expect([made.status, made.json.field]).toEqual([400, 'target'])
  })
})

let others: ConsoleClient | null = null
const other = async (): Promise<ConsoleClient> => (others ??= await itConsole(world, OTHER))

describe('e-mail', () => {
  const channel = (events: readonly string[]) =>
    it.send('POST', '/console/v1/integration/channels', {
      kind: 'email',
      name: 'on call',
      target: 'oncall@demo.example',
      events
    })

  test('tells who, which rule, when and where to look, and nothing else; a server that is away is tried again', async () => {
    refuseMail = true
    const made = await channel(['alert-raised', 'alert-escalated'])
    expect([made.status, made.json.secret]).toEqual([200, null])
    const { client, become } = await deskAtWork()
    await become('shown')
    const id = randomUUID()
    await client.sync({ records: records(1, raised(id)) })
    await soon(async () => {
      const [tried] = await rows(sql`SELECT last_problem FROM outbox_message WHERE subject = ${id}`)
      expect(String(tried?.['last_problem'])).toMatch(/^smtp-\d+$/)
    })
    refuseMail = false
    await hurry()
    await soon(() => expect(mailbox).toHaveLength(1))
    await rows(sql`UPDATE alert SET escalate_at = now() WHERE id = ${id}`)
    await soon(() => expect(mailbox).toHaveLength(2))
    const [first, second] = mailbox
    expect(first?.to).toBe('oncall@demo.example')
    expect(first?.text).toContain(`At Work ${people}: phone`)
    expect(first?.text.replaceAll('=\r\n', '')).toContain(`${world.consoleUrl}/alerts/${id}`)
    expect(second?.text).toContain('leads')
    // What the camera measured, and what is on the screen, is in no mail.
    expect(mailbox.map(({ text }) => text).join()).not.toMatch(/0\.91|coco|Member records/)
  })

  test('is for alerts alone', async () => {
    const made = await channel(['readiness'])
    expect([made.status, made.json.field]).toEqual([400, 'events'])
  })
})

test('nothing of one organisation goes to the channels of another, or to a retired one', async () => {
  const telephony = await receiver()
  const id = await hook(telephony, eventKindSchema.options)
  const theirs = await world.device({ place: OTHER, flavour: 'release' })
  await theirs.sync({ records: records(0, raised()) })
  const stranger = await (await other()).send('POST', `/console/v1/integration/channels/${id}/retire`)
  expect(stranger.status).toBe(404)
  await it.send('POST', `/console/v1/integration/channels/${id}/retire`)
  const before = telephony.taken.length
  const mine: DeviceClient = (await deskAtWork()).client
  await mine.sync({ records: records(1, raised()) })
  const [waiting] = await rows(
    sql`SELECT count(*)::int AS n FROM outbox_message WHERE next_try_at IS NOT NULL`
  )
  expect(waiting).toEqual({ n: 0 })
  expect(telephony.taken.length).toBe(before)
  expect(JSON.stringify(telephony.taken)).not.toContain('Other Care')
})
