import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { DeskSnapshot } from '../../src/contract/wire/v1/device'
import { deskChecksSchema } from '../../src/contract/wire/v1/console'
import { DeviceClient } from '../../scripts/demo/desks/device-client'
import { ConsoleClient } from './support/console-client'
import { ended, OTHER, PASSWORD, raised, records, World } from './support/world'
import { soon } from '../soon'

let world: World
let clockOffset = 0
beforeAll(async () => {
  world = await World.start({}, { now: () => new Date(Date.now() + clockOffset) })
})
beforeEach(() => {
  clockOffset = 0
})
afterAll(() => world.close())

const rows = async (query: ReturnType<typeof sql>) => (await world.hub.store.db.execute(query)).rows

const shown = (more: Partial<DeskSnapshot> = {}): DeskSnapshot => ({
  state: 'shown',
  reasons: [],
  since: '2026-11-22T10:00:00.000Z',
  person: null,
  policyVersion: 1,
  model: 'coco-ssd@2.2.3#0123456789ab',
  checks: [
    { id: 'camera', area: 'camera', state: 'pass', evidence: 'live', ageMs: 10, remedy: '' },
    { id: 'uptime', area: 'device', state: 'pass', evidence: '1', ageMs: 10, remedy: '' },
    { id: 'clock', area: 'device', state: 'fail', evidence: '2', ageMs: 10, remedy: '' }
  ],
  ...more
})

describe('records', () => {
  test('are stored once however often they are sent, and acknowledged again', async () => {
    const client = await world.device()
    const batch = { records: records(0, raised(), raised(), raised()) }
    for (let n = 0; n < 3; n += 1) expect((await client.sync(batch)).ackBelow).toBe(3)
    const more = { records: [...batch.records, ...records(3, raised())] }
    expect((await client.sync(more)).ackBelow).toBe(4)
    const [row] = await rows(
      sql`SELECT count(*)::int AS n FROM alert WHERE workstation_id = ${client.device}`
    )
    expect(row?.['n']).toBe(4)
  })

  test('that changed since they were stored are refused, named, and noted', async () => {
    const client = await world.device()
    const batch = records(0, raised(), raised())
    await client.sync({ records: batch })
    const [first, second] = batch
    const changed = { ...second!, monoMs: 1 }
    const answer = client.sync({ records: [first!, changed, ...records(2, raised())] })
    await expect(answer).rejects.toMatchObject({ refusal: { code: 'altered-duplicate', field: 'records.1' } })
    const noted = await rows(
      sql`SELECT 1 FROM security_event WHERE workstation_id = ${client.device} AND code = 'altered-duplicate'`
    )
    expect(noted).toHaveLength(1)
    expect((await client.sync({})).ackBelow).toBe(2)
  })

  test('with a gap are refused with the sequence that is awaited', async () => {
    const client = await world.device()
    await client.sync({ records: records(0, raised()) })
    const answer = client.sync({ records: records(3, raised()) })
    await expect(answer).rejects.toMatchObject({ refusal: { code: 'gap', expected: 1 } })
    expect((await client.sync({})).ackBelow).toBe(1)
  })

  test('of an earlier run are delivered under the proof of the later one', async () => {
    const client = await world.device()
    const earlier = randomUUID()
    const id = randomUUID()
    expect((await client.sync({ boot: earlier, records: records(0, raised(id)) })).ackBelow).toBe(1)
    expect((await client.sync({ records: records(0, raised()) })).ackBelow).toBe(1)
    expect((await client.sync({ boot: earlier, records: records(1, ended(id)) })).ackBelow).toBe(2)
    const withDesk = client.sync({ boot: earlier, records: [], desk: shown() })
    await expect(withDesk).rejects.toMatchObject({ refusal: { code: 'bad-request', field: 'desk' } })
  })

  test('bear the person who was signed in then, and how often it happened today', async () => {
    const client = await world.device()
    const { person } = await client.signIn('advocate2@demo.example', PASSWORD)
    const [first, second, alone] = [randomUUID(), randomUUID(), randomUUID()]
    await client.sync({
      records: records(
        0,
        { kind: 'session', change: 'signed-in', person: person.id },
        raised(first),
        raised(second),
        { kind: 'session', change: 'signed-out', person: person.id },
        raised(alone)
      )
    })
    const board = await (await world.console()).board()
    const find = (id: string) => board.alerts.find((alert) => alert.id === id)
    expect(find(first)).toMatchObject({ person: { name: 'Demo Advocate 2' }, timesToday: 1 })
    expect(find(second)).toMatchObject({ person: { name: 'Demo Advocate 2' }, timesToday: 2 })
    expect(find(alone)).toMatchObject({ person: null, timesToday: 1 })
  })

  test('cannot name a person whom the hub did not sign in there', async () => {
    const client = await world.device()
    const [stranger] = await rows(sql`SELECT id FROM person WHERE email = 'advocate1@demo.example'`)
    const id = randomUUID()
    const person = String(stranger?.['id'])
    await client.sync({
      records: records(0, { kind: 'session', change: 'signed-in', person }, raised(id)),
      desk: shown({ person: { id: person, name: 'Somebody Else' } })
    })
    const board = await (await world.console()).board()
    expect(board.alerts.find((alert) => alert.id === id)?.person).toBeNull()
    expect(board.tiles.find((tile) => tile.workstation === client.device)?.person).toBeNull()
  })

  test('cannot end or repeat an alert of another workstation', async () => {
    const [mine, theirs] = [await world.device(), await world.device()]
    const id = randomUUID()
    await mine.sync({ records: records(0, raised(id)) })
    await theirs.sync({ records: records(0, ended(id), raised(id)) })
    const board = await (await world.console()).board()
    const found = board.alerts.filter((alert) => alert.id === id)
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({ workstation: mine.device, active: true })
  })
})

describe('an alert that is taken up again', () => {
  const resumed = (id: string, count: number) =>
    ({ kind: 'alert-resumed', resume: { id, resumedAt: '2026-11-22T10:00:09.000Z', count } }) as const
  const found = async (id: string) =>
    (await (await world.console()).board()).alerts.filter((alert) => alert.id === id)

  test('is the same one, open again, acknowledged as it was, and counts once today', async () => {
    const client = await world.device()
    const id = randomUUID()
    await client.sync({ records: records(0, raised(id), ended(id)) })
    await (await world.console()).send('POST', `/console/v1/alerts/${id}/acknowledge`)
    await client.sync({ records: records(2, resumed(id, 2)) })
    expect(await found(id)).toMatchObject([
      { active: true, times: 2, endedAt: null, durationMs: null, status: 'acknowledged', timesToday: 1 }
    ])
    const end = ended(id)
    if (end.kind !== 'alert-ended') throw new Error('not an end')
    await client.sync({
      records: records(3, { ...end, end: { ...end.end, durationMs: 7000, count: 2 } }, raised())
    })
    expect(await found(id)).toMatchObject([{ active: false, times: 2, durationMs: 7000 }])
    const board = await (await world.console()).board()
    expect(board.alerts.find((alert) => alert.workstation === client.device && alert.active)).toMatchObject({
      timesToday: 2
    })
  })

  test('cannot be another workstation’s, nor one that has not ended', async () => {
    const [mine, theirs] = [await world.device(), await world.device()]
    const id = randomUUID()
    await mine.sync({ records: records(0, raised(id), resumed(id, 2)) })
    await theirs.sync({ records: records(0, resumed(id, 3)) })
    expect(await found(id)).toMatchObject([{ active: true, times: 1 }])
    const noted = await rows(
      sql`SELECT workstation_id FROM security_event WHERE code = 'unknown-alert-resumed' AND detail = ${id}`
    )
    expect(noted).toHaveLength(2)
  })
})

describe('the console', () => {
  test('signs a supervisor in with a cookie that scripts cannot read and other sites cannot send', async () => {
    const client = new ConsoleClient(world.consoleUrl)
    const answer = await client.signIn('supervisor1@demo.example', PASSWORD)
    expect(answer.status).toBe(200)
    expect(answer.json).toMatchObject({
      role: 'supervisor',
      organisation: 'Demo Care',
      team: 'Member Services'
    })
    expect(answer.cookie).toMatch(/HttpOnly/)
    expect(answer.cookie).toMatch(/SameSite=Strict/)
    const [row] = await rows(sql`SELECT string_agg(c::text, ' ') AS all FROM console_session c`)
    expect(String(row?.['all'])).not.toContain(client.cookie.split('=')[1])
  })

  test.each([
    ['a wrong password', 'supervisor1@demo.example', 'wrong'],
    ['an unknown e-mail', 'nobody@demo.example', PASSWORD],
    ['an advocate', 'advocate1@demo.example', PASSWORD]
  ])('refuses %s in the same words', async (_name, email, password) => {
    const answer = await new ConsoleClient(world.consoleUrl).signIn(email, password)
    expect(answer.status).toBe(401)
    expect(answer.json.code).toBe('bad-credentials')
  })

  test.each([
    ['another origin', { origin: 'http://evil.example' }],
    ['no header of the console', { 'x-havendesk-console': '' }],
    ['another name for this machine', { host: 'evil.example' }]
  ])('refuses an act with %s', async (_name, headers) => {
    const client = await world.console()
    const answer = await client.send('POST', '/console/v1/sign-out', {}, headers)
    expect(answer).toMatchObject({ status: 403, json: { code: 'forbidden' } })
    expect((await client.send('GET', '/console/v1/me')).status).toBe(200)
  })

  test.each(['/console/v1/me', '/console/v1/board', '/console/v1/stream?after=0'])(
    'shows nothing at %s to who is not signed in',
    async (path) => {
      const answer = await new ConsoleClient(world.consoleUrl).send('GET', path)
      expect(answer).toMatchObject({ status: 401, json: { code: 'not-signed-in' } })
    }
  )

  test('ends a session by signing out, after 30 minutes idle, and after 12 hours in any case', async () => {
    const left = await world.console()
    await left.send('POST', '/console/v1/sign-out')
    expect((await left.send('GET', '/console/v1/me')).status).toBe(401)

    const idle = await world.console()
    clockOffset = 29 * 60_000
    expect((await idle.send('GET', '/console/v1/me')).status).toBe(200)
    clockOffset += 31 * 60_000
    expect((await idle.send('GET', '/console/v1/me')).status).toBe(401)

    clockOffset = 0
    const busy = await world.console()
    for (let minutes = 20; minutes < 12 * 60; minutes += 20) {
      clockOffset = minutes * 60_000
      expect((await busy.send('GET', '/console/v1/me')).status).toBe(200)
    }
    clockOffset = (12 * 60 + 1) * 60_000
    expect((await busy.send('GET', '/console/v1/me')).status).toBe(401)
  })

  test('shows tiles as the desks say, with the worst check of each area', async () => {
    const client = await world.device({ label: 'Demo Desk 7', simulated: true })
    const { person } = await client.signIn('advocate2@demo.example', PASSWORD)
    await client.sync({
      desk: shown({ state: 'hidden', locked: true, reasons: ['phone'], person: { id: person.id, name: 'x' } })
    })
    const board = await (await world.console()).board()
    expect(board.tiles.find((tile) => tile.workstation === client.device)).toMatchObject({
      label: 'Demo Desk 7',
      person: { name: 'Demo Advocate 2' },
      simulated: true,
      state: 'hidden',
      locked: true,
      reasons: ['phone'],
      checks: { camera: 'pass', device: 'fail', network: 'unknown' }
    })
  })

  test('colours no dot by what the policy only wants reported, beside what it makes something of', async () => {
    const client = await world.device()
    const check = { area: 'device', evidence: '', ageMs: 0, remedy: '' } as const
    await client.sync({
      desk: shown({
        checks: [
          { ...check, id: 'tpm', state: 'fail', enforcement: 'report' },
          { ...check, id: 'antivirus', state: 'pass', enforcement: 'block' },
          { ...check, id: 'wifi', area: 'network', state: 'fail', enforcement: 'report' }
        ]
      })
    })
    const board = await (await world.console()).board()
    expect(board.tiles.find((tile) => tile.workstation === client.device)?.checks).toEqual({
      camera: 'unknown',
      device: 'pass',
      network: 'fail'
    })
  })

  test('has nothing of another organisation on any route', async () => {
    const theirs = await world.device({ place: OTHER, flavour: 'release' })
    const id = randomUUID()
    await theirs.sync({ records: records(0, raised(id)), desk: shown() })
    const mine = await world.console()
    const board = await mine.board()
    expect(JSON.stringify(board)).not.toContain(theirs.device)
    expect(JSON.stringify(board)).not.toContain(id)
    for (const act of ['seen', 'acknowledge']) {
      const answer = await mine.send('POST', `/console/v1/alerts/${id}/${act}`)
      expect(answer).toMatchObject({ status: 404, json: { code: 'not-found' } })
    }
    const stream = await mine.stream(board.cursor)
    await theirs.sync({ records: records(1, raised()) })
    const own = await world.device()
    await soon(() => expect(JSON.stringify(stream.received)).toContain(own.device))
    expect(JSON.stringify(stream.received)).not.toContain(theirs.device)
    stream.close()
    const their = await world.console('supervisor1@other.example')
    expect((await their.board()).alerts.map((alert) => alert.id)).toContain(id)
    expect((await their.board()).tiles).toHaveLength(1)
    const [row] = await rows(sql`SELECT acknowledged_at FROM alert WHERE id = ${id}`)
    expect(row?.['acknowledged_at']).toBeNull()
    // A cursor of another team is not one of ours.
    const foreign = await mine.stream((await their.board()).cursor)
    await soon(() => expect(foreign.received[0]?.message.kind).toBe('reload'))
    foreign.close()
  })

  test('tells every check of one desk to its own team alone, and lets none of them count when it is silent', async () => {
    const client = await world.device()
    const mine = await world.console()
    const path = `/console/v1/workstations/${client.device}/checks`
    await client.sync({ desk: shown() })
    const { json } = await mine.send('GET', path)
    expect(deskChecksSchema.parse(json).checks).toEqual(shown().checks)
    await rows(sql`UPDATE desk SET silent_since = now() WHERE workstation_id = ${client.device}`)
    const silent = deskChecksSchema.parse((await mine.send('GET', path)).json)
    expect(new Set(silent.checks.map(({ state }) => state))).toEqual(new Set(['stale']))
    const theirs = await world.device({ place: OTHER, flavour: 'release' })
    await theirs.sync({ desk: shown() })
    const refused = await mine.send('GET', `/console/v1/workstations/${theirs.device}/checks`)
    expect(refused.status).toBe(404)
    expect((await mine.send('GET', '/console/v1/workstations/x/checks')).status).toBe(404)
  })
})

describe('the stream', () => {
  test('has an alert within a second of the word that brought it, half of ten times at least', async () => {
    const client = await world.device()
    const console_ = await world.console()
    const stream = await console_.stream((await console_.board()).cursor)
    const took: number[] = []
    for (let n = 0; n < 10; n += 1) {
      const id = randomUUID()
      const began = performance.now()
      await client.sync({ records: records(n, raised(id)) })
      await vi.waitFor(() => expect(JSON.stringify(stream.received)).toContain(id), {
        timeout: 10_000,
        interval: 5
      })
      took.push(performance.now() - began)
    }
    stream.close()
    // Without the database's word the stream looks for itself every two seconds: each would take about two seconds.
    expect(took.sort((a, b) => a - b)[5]).toBeLessThan(1000)
  })

  test('brings an alert, its delivery, its end and its acknowledgement, each as the whole row', async () => {
    const client = await world.device()
    const console_ = await world.console()
    const stream = await console_.stream((await console_.board()).cursor)
    const id = randomUUID()
    const latest = () =>
      stream.received
        .map((entry) => entry.message)
        .filter((message) => message.kind === 'alert')
        .filter((message) => message.alert.id === id)
        .at(-1)?.alert
    await client.sync({ records: records(0, raised(id)) })
    await soon(() => expect(latest()).toMatchObject({ status: 'raised', active: true }))
    await console_.send('POST', `/console/v1/alerts/${id}/seen`)
    await console_.send('POST', `/console/v1/alerts/${id}/seen`)
    await client.sync({ records: records(1, ended(id)) })
    await soon(() => expect(latest()).toMatchObject({ active: false, durationMs: 4000, score: 0.97 }))
    await console_.send('POST', `/console/v1/alerts/${id}/acknowledge`)
    await console_.send('POST', `/console/v1/alerts/${id}/acknowledge`)
    await soon(() => expect(latest()?.status).toBe('acknowledged'))
    expect(latest()?.acknowledgedBy).toBe('Demo Supervisor 1')
    expect(
      latest()
        ?.timeline.map((entry) => entry.what)
        .sort()
    ).toEqual(['acknowledged', 'delivered', 'ended', 'received', 'seen'])
    stream.close()
  })

  test('E9: loses and doubles nothing over many cuts, and its cursors rise', async () => {
    const client = await world.device()
    const console_ = await world.console()
    let cursor = (await console_.board()).cursor
    const seen: string[] = []
    const ids: string[] = []
    const sending = (async () => {
      for (let n = 0; n < 60; n += 1) {
        const id = randomUUID()
        ids.push(id)
        await client.sync({ records: records(n, raised(id)) })
      }
    })()
    for (let cut = 0; seen.length < 60; cut += 1) {
      const stream = await console_.stream('0', { 'last-event-id': cursor })
      await new Promise((resolve) => setTimeout(resolve, 5 + ((cut * 37) % 40)))
      stream.close()
      await stream.closed
      for (const { id, message } of stream.received) {
        expect(Number(id)).toBeGreaterThan(Number(cursor))
        cursor = id
        if (message.kind === 'alert') seen.push(message.alert.id)
      }
      expect(cut).toBeLessThan(2000)
    }
    await sending
    expect(seen).toEqual(ids)
  })

  test('E9: numbers become visible in order though many devices write at once', async () => {
    const clients = await Promise.all(Array.from({ length: 8 }, () => world.device()))
    const console_ = await world.console()
    const stream = await console_.stream((await console_.board()).cursor)
    const ids: string[] = []
    await Promise.all(
      clients.map(async (client) => {
        for (let n = 0; n < 10; n += 1) {
          const id = randomUUID()
          ids.push(id)
          await client.sync({ records: records(n, raised(id)) })
        }
      })
    )
    const got = () =>
      stream.received.flatMap((entry) => (entry.message.kind === 'alert' ? [entry.message.alert.id] : []))
    await soon(() => expect(got().length).toBeGreaterThanOrEqual(80))
    expect(got().sort()).toEqual(ids.sort())
    const cursors = stream.received.map((entry) => Number(entry.id))
    expect(cursors).toEqual([...cursors].sort((a, b) => a - b))
    stream.close()
  })

  test('asks for a reload when the cursor is none of its own', async () => {
    const console_ = await world.console()
    const stream = await console_.stream('999999999')
    await soon(() => expect(stream.received[0]?.message).toEqual({ kind: 'reload' }))
    stream.close()
    expect((await console_.send('GET', '/console/v1/stream')).json).toMatchObject({ field: 'after' })
  })

  test('ends with its session', async () => {
    const console_ = await world.console()
    const stream = await console_.stream((await console_.board()).cursor)
    await console_.send('POST', '/console/v1/sign-out')
    await stream.closed
  })
})

describe('silence', () => {
  test('F9: a desk not heard for three heartbeats is unknown since it was heard, and comes back with its next word', async () => {
    const client = await world.device()
    const console_ = await world.console()
    await client.sync({ desk: shown() })
    const stream = await console_.stream((await console_.board()).cursor)
    const latest = () =>
      stream.received
        .map((entry) => entry.message)
        .filter((message) => message.kind === 'tile')
        .filter((message) => message.tile.workstation === client.device)
        .at(-1)?.tile
    await vi.waitFor(() => expect(latest()?.state).toBe('unknown'), { timeout: 9000 })
    expect(latest()?.since).toBe(latest()?.lastHeard)
    expect(latest()?.checks).toEqual({ camera: 'unknown', device: 'unknown', network: 'unknown' })
    await client.sync({ desk: shown() })
    await soon(() => expect(latest()?.state).toBe('shown'))
    stream.close()
  })

  test('a new run of the client takes back what the run before said', async () => {
    const client = await world.device()
    await client.sync({ desk: shown() })
    const next = new DeviceClient(client.ticket, client.identity, client.sender, { device: client.device })
    await next.sync({ boot: client.boot, records: records(0, raised()) })
    const board = await (await world.console()).board()
    expect(board.tiles.find((tile) => tile.workstation === client.device)?.state).toBe('starting')
    await next.close()
  })
})
