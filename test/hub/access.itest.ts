import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { Agent, request } from 'undici'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { OWN_ALERTS_PATH, OWN_APPEAL_PATH } from '../../src/contract/wire/v1/alert-life'
import { consoleRoleSchema, mayDo, type ConsoleRole } from '../../src/core/access/right'
import { accessOf, consoleAccess } from '../../src/hub/http/access'
import { addPerson, allowBuild } from '../../src/provision/index'
import { ConsoleClient } from './support/console-client'
import { DEMO, OTHER, PASSWORD, raised, records, World } from './support/world'
import { soon } from '../soon'

let world: World
const everyone = new Map<ConsoleRole, ConsoleClient>()
beforeAll(async () => {
  world = await World.start()
  for (const place of [DEMO, OTHER])
    for (const role of consoleRoleSchema.options)
      await addPerson(world.hub.store.db, {
        ...place,
        name: `${place.organisation} ${role}`,
        email: `${role}@${place === DEMO ? 'demo' : 'other'}.walk.example`,
        role,
        password: PASSWORD
      })
  for (const role of consoleRoleSchema.options)
    everyone.set(role, await world.console(`${role}@demo.walk.example`))
})
afterAll(() => world.close())

const rows = async (query: ReturnType<typeof sql>) => (await world.hub.store.db.execute(query)).rows
const as = (role: ConsoleRole): ConsoleClient => everyone.get(role)!

/** Every route of the console's API but the two that make and end sessions, as the running server has them. */
const routes = (): readonly (readonly ['GET' | 'POST', string])[] =>
  world.hub.routes.console
    .filter((route) => !route.startsWith('HEAD ') && route.includes('/console/v1/'))
    .filter((route) => accessOf(route) !== 'anyone')
    .map((route) => route.split(' ') as ['GET' | 'POST', string])

const filled = (path: string, id: string): string => path.replace(':id', id)

/** What a route says to somebody; a stream is only asked for its status. */
async function ask(client: ConsoleClient, method: 'GET' | 'POST', path: string, body: unknown = {}) {
  if (!path.endsWith('/stream')) return client.send(method, path, body)
  try {
    const stream = await client.stream('0')
    stream.close()
    return { status: 200, json: null }
  } catch (error) {
    return { status: Number(/\d+$/.exec(String(error))?.[0]), json: null }
  }
}

describe('every route of the server', () => {
  test('stands in the table of rights, and the table names no route that is not there', () => {
    const known = new Set(world.hub.routes.console)
    for (const route of known) expect([route, accessOf(route.replace(/^HEAD /, 'GET '))]).not.toContain(null)
    for (const route of Object.keys(consoleAccess))
      if (route !== 'GET /*') expect([...known]).toContain(route)
  })

  test('refuses who is not signed in', async () => {
    expect(routes().length).toBeGreaterThan(8)
    for (const [method, path] of routes()) {
      const answer = await ask(new ConsoleClient(world.consoleUrl), method, filled(path, randomUUID()))
      expect([method, path, answer.status]).toEqual([method, path, 401])
    }
  })

  test.each(consoleRoleSchema.options)('refuses %s exactly what the role has no right to', async (role) => {
    for (const [method, path] of routes()) {
      const right = accessOf(`${method} ${path}`)
      if (right === null || right === 'anyone') throw new Error(`${path} asks for no right`)
      const answer = await ask(as(role), method, filled(path, randomUUID()))
      expect([method, path, answer.status === 403]).toEqual([method, path, !mayDo(role, right)])
      expect(answer.status).not.toBe(401)
    }
  })

  test('notes each refusal with who was refused what', async () => {
    await as('auditor').send('GET', '/console/v1/board')
    const noted = await rows(sql`
      SELECT a.detail FROM audit_act a JOIN person p ON p.id = a.person_id
      WHERE p.email = 'auditor@demo.walk.example' AND a.act = 'refused' ORDER BY a.id DESC LIMIT 1`)
    expect(noted).toEqual([{ detail: 'GET /console/v1/board' }])
  })

  test('has nothing of a second tenant for any role, to read or to write', async () => {
    const theirs = await world.device({ place: OTHER, flavour: 'release' })
    const id = randomUUID()
    const exception = randomUUID()
    const nonce = 'n'.repeat(43)
    await theirs.sync({
      records: records(0, raised(id), {
        kind: 'break-glass',
        change: {
          stage: 'asked',
          request: exception,
          check: 'firewall',
          reason: 'member-waiting',
          nonce,
          person: null
        }
      })
    })
    const own = await world.console('it@other.walk.example')
    const made = await own.send('POST', '/console/v1/integration/keys', {
      name: 'Other key',
      scopes: ['readiness.read']
    })
    const channel = await own.send('POST', '/console/v1/integration/channels', {
      kind: 'webhook',
      name: 'Other channel',
      target: 'https://nowhere.invalid/hooks',
      events: ['alert-raised']
    })
    const tickets = await own.send('GET', '/console/v1/enrolment-tokens')
    const ticket = await own.send('POST', '/console/v1/enrolment-tokens', {
      team: tickets.json.teams[0].id,
      label: 'Other ticket',
      hours: 1,
      person: null,
      hubUrl: world.deviceUrl
    })
    const open = String(ticket.json.id)
    const [key, hook, letter] = [String(made.json.id), String(channel.json.id), randomUUID()]
    await rows(sql`
      INSERT INTO outbox_message
        (id, organisation_id, team_id, channel_id, event, subject, once, body, created_at, tries, dead_at)
      SELECT ${letter}, organisation_id, (SELECT team_id FROM person WHERE email = 'it@other.walk.example'), id,
        'alert.raised', ${id}, 'walk', '{}', now(), 11, now()
      FROM channel WHERE id = ${hook}`)
    const secret = [
      theirs.device,
      id,
      exception,
      key,
      hook,
      letter,
      'Other Care',
      'Other key',
      'Other channel',
      'Other ticket',
      open
    ]
    const state = async () =>
      JSON.stringify(
        await rows(sql`
          SELECT (SELECT json_agg(a) FROM alert a WHERE a.id = ${id}) AS alert,
            (SELECT json_agg(s) FROM console_session s JOIN person p ON p.id = s.person_id
              WHERE p.email = 'supervisor1@other.example') AS sessions,
            (SELECT json_agg(k) FROM passkey k JOIN person p ON p.id = k.person_id
              WHERE p.email = 'supervisor1@other.example') AS passkeys,
            (SELECT json_agg(t) FROM sign_in_tries t JOIN person p ON p.id = t.person_id
              WHERE p.email = 'supervisor1@other.example') AS tries,
            (SELECT json_agg(w) FROM workstation w WHERE w.id = ${theirs.device}) AS workstation,
            (SELECT json_agg(b) FROM break_glass b WHERE b.request = ${exception}) AS exception,
            (SELECT json_agg(k) FROM integration_key k WHERE k.id = ${key}) AS key,
            (SELECT json_agg(c) FROM channel c WHERE c.id = ${hook}) AS channel,
            (SELECT json_agg(m) FROM outbox_message m WHERE m.id = ${letter}) AS letter,
            (SELECT json_agg(t) FROM enrolment_token t WHERE t.id = ${open}) AS ticket,
            (SELECT json_agg(f) FROM saved_filter f JOIN person p ON p.id = f.person_id
              WHERE p.email = 'supervisor1@other.example') AS filters,
            (SELECT json_agg(i) FROM provider_identity i JOIN person p ON p.id = i.person_id
              WHERE p.email = 'supervisor1@other.example') AS links,
            (SELECT json_agg(b) FROM allowed_build b JOIN organisation o USING (organisation_id)
              WHERE o.name = 'Other Care') AS builds,
            (SELECT count(*) FROM alert_read r WHERE r.alert_id = ${id}) AS reads`)
      )
    const [supervisor] = await rows(sql`SELECT id FROM person WHERE email = 'supervisor1@other.example'`)
    const [session] = await rows(sql`
      INSERT INTO console_session (token_hash, organisation_id, team_id, person_id, started_at, used_at)
      SELECT 'x', organisation_id, team_id, id, now(), now() FROM person WHERE email = 'supervisor1@other.example'
      RETURNING id`)
    const [passkey] = await rows(sql`
      INSERT INTO passkey (id, organisation_id, team_id, person_id, credential, public_key, counter, name, made_at)
      SELECT gen_random_uuid(), organisation_id, team_id, id, 'x', 'x', 0, 'Other Care key', now()
      FROM person WHERE email = 'supervisor1@other.example' RETURNING id`)
    await rows(sql`
      INSERT INTO sign_in_tries (person_id, side, organisation_id, team_id, failures, last_at, until)
      SELECT id, 'stranger', organisation_id, team_id, 9, now(), now() + interval '1 day'
      FROM person WHERE email = 'supervisor1@other.example'`)
    const [filter] = await rows(sql`
      INSERT INTO saved_filter (id, organisation_id, team_id, person_id, name, filter, made_at)
      SELECT gen_random_uuid(), organisation_id, team_id, id, 'Other filter',
        '{"view":"alerts","days":7,"team":null}', now()
      FROM person WHERE email = 'supervisor1@other.example' RETURNING id`)
    const [link] = await rows(sql`
      INSERT INTO provider_identity (issuer, subject, organisation_id, team_id, person_id, linked_at)
      SELECT 'https://login.other.example', 'x', organisation_id, team_id, id, now()
      FROM person WHERE email = 'supervisor1@other.example' RETURNING id`)
    const [advocate] = await rows(sql`SELECT id FROM person WHERE email = 'advocate1@other.example'`)
    const build = 'b'.repeat(64)
    await allowBuild(world.hub.store.db, { ...OTHER, buildHash: build, label: 'Other build' })
    secret.push('Other filter', 'Other build', 'Other Advocate', build)
    const ofPerson = {
      '/filters/': String(filter?.['id']),
      '/providers/': String(link?.['id']),
      '/advocates/': String(advocate?.['id']),
      '/sessions/': String(session?.['id']),
      '/passkeys/': String(passkey?.['id']),
      '/people/': String(supervisor?.['id'])
    }
    secret.push(...Object.values(ofPerson))
    const parts = {
      ...ofPerson,
      '/builds/': build,
      '/alerts/': id,
      '/v1/break-glass/': exception,
      '/keys/': key,
      '/channels/': hook,
      '/dead-letters/': letter,
      '/enrolment-tokens/': open
    }
    const before = await state()
    const theirsAt = (path: string): string =>
      Object.entries(parts).find(([part]) => path.includes(part))?.[1] ?? theirs.device
    for (const role of consoleRoleSchema.options) {
      for (const [method, path] of routes()) {
        const query = goodQueries[path] ?? ''
        const asked = `${filled(path, theirsAt(path))}${query}`
        const answer = await ask(as(role), method, asked, goodBodies[path] ?? {})
        if (path.includes(':id'))
          expect([role, path, [403, 404].includes(answer.status)]).toEqual([role, path, true])
        const said = JSON.stringify(answer.json)
        for (const one of secret) expect([role, path, said.includes(one)]).toEqual([role, path, false])
      }
    }
    expect(await state()).toBe(before)
    await rows(sql`DELETE FROM sign_in_tries`)
    // They are there: their own see them.
    expect(JSON.stringify(await (await world.console('supervisor@other.walk.example')).board())).toContain(id)
  })

  test('answers no device without a proof, whatever the route', async () => {
    const device = world.hub.routes.device.filter((route) => !route.startsWith('HEAD '))
    expect(device.length).toBeGreaterThan(15)
    for (const route of device) {
      const [method, path] = route.split(' ') as [string, string]
      const status = await withoutProof(`${world.deviceUrl}${path.replace(/:\w+/g, '1')}`, method)
      // A body that is none is told of before its proof only where the key is in the body.
      expect([route, [400, 401].includes(status)]).toEqual([route, true])
    }
  })

  test('lets a desk end no session of another, and object for nobody who is not at it', async () => {
    const [mine, theirs] = [await world.device(), await world.device({ place: OTHER, flavour: 'release' })]
    const alert = randomUUID()
    await mine.signIn('advocate1@demo.example', PASSWORD)
    const { session, person } = await theirs.signIn('advocate1@other.example', PASSWORD)
    const signedIn = { kind: 'session', change: 'signed-in', person: person.id } as const
    await theirs.sync({ records: records(0, signedIn, raised(alert)) })
    await mine.send('POST', '/device/v1/sign-out', { v: 1, sender: mine.sender, session })
    const appeal = { v: 1, sender: mine.sender, alert, statement: 'not mine' }
    expect((await mine.send('POST', OWN_APPEAL_PATH, appeal)).status).toBe(404)
    const own = (await mine.send('GET', OWN_ALERTS_PATH, undefined)).json
    expect(JSON.stringify(own)).not.toContain(alert)
    const [open] = await rows(sql`SELECT ended_at FROM device_session WHERE id = ${session}`)
    expect(open).toEqual({ ended_at: null })
  })
})

/** Bodies that each route with one would take, so that a refusal is about whose row it is. */
const goodQueries: Readonly<Record<string, string>> = {
  '/console/v1/advocates/:id/trend': '?mondays=2026-11-02T00:00:00.000Z,2026-11-09T00:00:00.000Z'
}
const goodBodies: Readonly<Record<string, unknown>> = {
  '/console/v1/workstations/:id/instructions': { kind: 'lock' },
  '/console/v1/break-glass/:id/grant': { grant: '{"grant":"made up"}', note: 'a good reason' },
  '/console/v1/break-glass/:id/decline': { note: 'not today, thank you' },
  '/console/v1/devices/:id/revoke': { reason: 'lost' },
  '/console/v1/alerts/:id/decide': { verdict: 'agreed', reason: 'breach', note: 'seen' },
  '/console/v1/alerts/:id/appeal': { upheld: true, note: 'seen' },
  '/console/v1/reports/filters/:id/name': { name: 'mine now' },
  '/console/v1/account/passkeys/:id/name': { name: 'mine now' }
}

async function withoutProof(url: string, method: string): Promise<number> {
  const answer = await request(url, {
    method: method as 'GET' | 'POST',
    dispatcher: new Agent({ connect: { ca: world.hub.ca } }),
    ...(method === 'POST' ? { body: '{}', headers: { 'content-type': 'application/json' } } : {})
  })
  await answer.body.dump()
  return answer.statusCode
}

describe('IT', () => {
  test('sees what is wrong with machines, and not what the camera saw of people, on the board and on the stream', async () => {
    const device = await world.device()
    const [phone, unfit] = [randomUUID(), randomUUID()]
    const it = as('it')
    const stream = await it.stream((await it.board()).cursor)
    const seen = () =>
      stream.received.flatMap(({ message }) => (message.kind === 'alert' ? [message.alert.id] : []))
    const machine = raised(unfit)
    await device.sync({
      records: records(0, raised(phone), {
        ...machine,
        alert: { ...machine.alert, rule: 'device-unfit' }
      })
    })
    await soon(() => expect(seen()).toContain(unfit))
    const board = (await it.board()).alerts.map((alert) => alert.id)
    expect(board).toContain(unfit)
    expect([...board, ...seen()]).not.toContain(phone)
    expect((await it.send('POST', `/console/v1/alerts/${phone}/acknowledge`)).status).toBe(404)
    stream.close()
  })
})

describe('G6', () => {
  test('G6: each alert in each answer has a row that says who saw it, by which way and when', async () => {
    const device = await world.device()
    const readers = [as('supervisor'), as('lead')]
    const since = await rows(sql`SELECT coalesce(max(id), 0) AS n FROM alert_read`)
    const seen: string[] = []
    const note = (role: string, through: string, id: string) => seen.push(`${role} ${through} ${id}`)
    const streams = await Promise.all(
      readers.map(async (client) => {
        const board = await client.board()
        const role = client === readers[0] ? 'supervisor' : 'lead'
        for (const alert of board.alerts) note(role, 'board', alert.id)
        return { role, stream: await client.stream(board.cursor) }
      })
    )
    const ids = Array.from({ length: 7 }, () => randomUUID())
    for (const [n, id] of ids.entries()) await device.sync({ records: records(n, raised(id)) })
    await readers[0]!.send('POST', `/console/v1/alerts/${ids[3]!}/acknowledge`)
    await soon(() => {
      for (const { stream } of streams)
        expect(JSON.stringify(stream.received)).toContain('"status":"acknowledged"')
    })
    for (const { role, stream } of streams) {
      for (const { message } of stream.received)
        if (message.kind === 'alert') note(role, 'stream', message.alert.id)
      stream.close()
    }
    const logged = await rows(sql`
      SELECT p.role, r.through, r.alert_id FROM alert_read r JOIN person p ON p.id = r.person_id
      WHERE r.id > ${Number(since[0]?.['n'])} AND p.role IN ('supervisor', 'lead')`)
    const told = logged.map(
      (row) => `${String(row['role'])} ${String(row['through'])} ${String(row['alert_id'])}`
    )
    expect(told.sort()).toEqual(seen.sort())
    expect(seen.length).toBeGreaterThanOrEqual(16)
  })

  test('G6: what cannot be noted is not shown', async () => {
    const supervisor = as('supervisor')
    await rows(sql`ALTER TABLE alert_read RENAME TO alert_read_away`)
    try {
      const answer = await supervisor.send('GET', '/console/v1/board')
      expect(answer.status).toBe(503)
      expect(answer.json.alerts).toBeUndefined()
    } finally {
      await rows(sql`ALTER TABLE alert_read_away RENAME TO alert_read`)
    }
    expect((await supervisor.send('GET', '/console/v1/board')).status).toBe(200)
  })
})
