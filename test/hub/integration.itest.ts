import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { Agent, request } from 'undici'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DeviceClient } from '../../scripts/demo/desks/device-client'
import { HubRefusal } from '../../scripts/demo/desks/device-client'
import { scopeSchema } from '../../src/core/integration/scope'
import { integrationAccess } from '../../src/hub/http/integration'
import {
  publishPolicy,
  signPolicy,
  createPolicyKey,
  createOrganisation,
  createTeam,
  trustPolicyKey,
  addPerson,
  allowBuild
} from '../../src/provision/index'
import { SIMULATED_BUILD } from '../../scripts/demo/desks/device-client'
import { clientWith, integrationUrl, itConsole } from './support/connections'
import type { ConsoleClient } from './support/console-client'
import type { DEMO } from './support/world'
import { demoPolicy, OTHER, PASSWORD, records, World } from './support/world'
import { soon } from '../soon'

let world: World
let it: ConsoleClient
let desk: DeviceClient
let person: { id: string; name: string }
const ADVOCATE = 'advocate1@demo.example'

beforeAll(async () => {
  // Nobody becomes silent, and so not ready, by how long a test takes.
  world = await World.start({ integrationPort: 0, heartbeatMs: 600_000 })
  it = await itConsole(world)
  desk = await world.device()
  person = (await desk.signIn(ADVOCATE, PASSWORD)).person
  await desk.sync({
    records: records(0, { kind: 'session', change: 'signed-in', person: person.id }),
    desk: snapshot('shown')
  })
})
afterAll(() => world.close())

const snapshot = (state: 'shown' | 'hidden') => ({
  state,
  reasons: [],
  since: '2026-11-22T10:00:00.000Z',
  person,
  policyVersion: 1,
  model: 'coco-ssd@2.2.3#0123456789ab',
  checks: []
})
const at = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString()
const rows = async (query: ReturnType<typeof sql>) => (await world.hub.store.db.execute(query)).rows
const tile = async (client: ConsoleClient) =>
  (await client.board()).tiles.find(({ workstation }) => workstation === desk.device)
const ask = async (method: 'GET' | 'POST', path: string, authorization?: string, body = '{}') => {
  const answer = await request(`${integrationUrl(world)}${path}`, {
    method,
    dispatcher: new Agent({ connect: { ca: world.hub.ca } }),
    headers: {
      ...(authorization === undefined ? {} : { authorization }),
      ...(method === 'POST' ? { 'content-type': 'application/json' } : {})
    },
    ...(method === 'POST' ? { body } : {})
  })
  return { status: answer.statusCode, json: (await answer.body.json()) as { code?: string; field?: string } }
}

describe('every route of the integration API', () => {
  const routes = () =>
    Object.keys(integrationAccess).map((route) => route.split(' ') as ['GET' | 'POST', string])

  test('is one of the server’s, and the server has no other', () => {
    const served = world.hub.routes.integration.filter((route) => !route.startsWith('HEAD '))
    expect([...served].sort()).toEqual(Object.keys(integrationAccess).sort())
  })

  test('refuses who has no key, a wrong one, a revoked one or one that is over', async () => {
    const revoked = await clientWith(world, it, scopeSchema.options)
    await it.send('POST', `/console/v1/integration/keys/${revoked.id}/revoke`)
    const over = await clientWith(world, it, scopeSchema.options)
    await rows(sql`UPDATE integration_key SET expires_at = now() - interval '1 minute' WHERE id = ${over.id}`)
    const wrong = [undefined, 'Bearer nothing', `Bearer hdk_${'x'.repeat(43)}`]
    for (const [method, path] of routes())
      for (const authorization of [...wrong, `Bearer ${revoked.key}`, `Bearer ${over.key}`]) {
        const { status } = await ask(method, path, authorization)
        // Whoever tries often enough is not even looked at.
        expect([method, path, authorization, [401, 429].includes(status)]).toEqual([
          method,
          path,
          authorization,
          true
        ])
      }
    await world.restart()
    it = await world.console('it@demo.connections.example')
  })

  test('has nothing of a second tenant, to read or to write', async () => {
    const theirs = 'advocate1@other.example'
    const when = '2090-01-02T09:00:00.000Z'
    const [from, to] = ['2090-01-02T00:00:00.000Z', '2090-01-03T00:00:00.000Z']
    const shifts = [{ startsAt: when, endsAt: '2090-01-02T17:00:00.000Z' }]
    // A route without a body of its own here is refused for it, and the test fails.
    const bodies: Readonly<Record<string, object>> = {
      '/integration/v1/calls': { calls: [{ person: theirs, state: 'on-call', since: when }] },
      '/integration/v1/call-figures': {
        figures: [
          { person: theirs, day: '2090-01-02', calls: 3, talkS: 60, holdS: 0, wrapUpS: 9, adherence: 0.5 }
        ]
      },
      '/integration/v1/schedule': { people: [{ person: theirs, from, to, shifts }] },
      '/integration/v1/certifications': { people: [{ person: theirs, certifications: [] }] }
    }
    const state = async (): Promise<string> =>
      JSON.stringify(
        await Promise.all(
          ['call_state', 'call_figures', 'shift', 'certification'].map((table) =>
            rows(
              sql`SELECT t.* FROM ${sql.identifier(table)} t JOIN person p ON p.id = t.person_id WHERE p.email = ${theirs}`
            )
          )
        )
      )
    const before = await state()
    const { key } = await clientWith(world, it, scopeSchema.options)
    for (const [method, path] of routes()) {
      const answer = await ask(method, path, `Bearer ${key}`, JSON.stringify(bodies[path] ?? {}))
      expect([path, answer.status]).toEqual([path, 200])
      if (method === 'POST')
        expect([path, answer.json]).toEqual([path, { taken: 0, unknownPeople: [theirs] }])
      else expect(JSON.stringify(answer.json)).not.toContain('other.example')
    }
    expect(await state()).toBe(before)
  })

  test('takes a key with its scope, and refuses every other scope', async () => {
    for (const scope of scopeSchema.options) {
      const { key } = await clientWith(world, it, [scope])
      for (const [method, path] of routes()) {
        const asked = integrationAccess[`${method} ${path}`]
        const { status } = await ask(method, path, `Bearer ${key}`)
        expect([scope, path, status === 403]).toEqual([scope, path, asked !== 'any' && asked !== scope])
      }
    }
  })
})

describe('keys', () => {
  test('are shown once, stored as a hash, and noted with who made and revoked them', async () => {
    const { id, key } = await clientWith(world, it, ['readiness.read'])
    const listed = (await it.send('GET', '/console/v1/integration/keys')).json
    expect(JSON.stringify(listed)).not.toContain(key)
    expect(JSON.stringify(listed)).toContain(key.slice(0, 10))
    const [stored] = await rows(sql`SELECT to_json(k)::text AS row FROM integration_key k WHERE id = ${id}`)
    expect(String(stored?.['row'])).not.toContain(key.slice(10))
    await it.send('POST', `/console/v1/integration/keys/${id}/revoke`)
    await it.send('POST', `/console/v1/integration/keys/${id}/revoke`)
    const acts = await rows(sql`SELECT act FROM audit_act WHERE subject = ${id} ORDER BY id`)
    expect(acts).toEqual([{ act: 'key-made' }, { act: 'key-revoked' }])
  })
})

describe('what other systems tell', () => {
  test('shows on the board and beside it: call, shift, certification', async () => {
    const { client } = await clientWith(world, it, scopeSchema.options)
    const supervisor = await world.console()
    const stream = await supervisor.stream((await supervisor.board()).cursor)
    const told = await client.calls([{ person: ADVOCATE, state: 'on-call', since: at(-4) }])
    expect(told).toEqual({ taken: 1, unknownPeople: [] })
    await soon(() =>
      expect(
        stream.received.some(
          ({ message }) => message.kind === 'tile' && message.tile.work?.call?.state === 'on-call'
        )
      ).toBe(true)
    )
    stream.close()
    await client.schedule([
      { person: ADVOCATE, from: at(-600), to: at(600), shifts: [{ startsAt: at(-60), endsAt: at(300) }] }
    ])
    await client.certifications([
      { person: ADVOCATE, certifications: [{ name: 'health-agent', state: 'TX', expiresOn: '2020-01-31' }] }
    ])
    await client.callFigures([
      {
        person: ADVOCATE,
        day: '2026-11-27',
        calls: 31,
        talkS: 9000,
        holdS: 300,
        wrapUpS: 900,
        adherence: 0.94
      }
    ])
    expect((await tile(supervisor))?.work).toMatchObject({
      call: { state: 'on-call' },
      certifications: 'expired',
      shift: {}
    })
    const whole = await supervisor.send('GET', `/console/v1/workstations/${desk.device}/work`)
    expect(whole.json).toMatchObject({
      person,
      figures: { calls: 31, adherence: 0.94 },
      shifts: [{}],
      certifications: [{ name: 'health-agent', standing: 'expired' }],
      lacking: []
    })
    expect(await client.readiness()).toMatchObject({
      people: [{ person: ADVOCATE, ready: true, state: 'shown' }]
    })
  })

  test('counts by when it was so: what is late changes nothing, what is told again neither', async () => {
    const { client } = await clientWith(world, it, ['calls.write'])
    await client.calls([{ person: ADVOCATE, state: 'wrap-up', since: at(-1) }])
    await client.calls([{ person: ADVOCATE, state: 'on-call', since: at(-2) }])
    const supervisor = await world.console()
    expect((await tile(supervisor))?.work?.call?.state).toBe('wrap-up')
    // A clock that runs ahead keeps nothing out.
    await client.calls([{ person: ADVOCATE, state: 'ringing', since: at(600) }])
    await client.calls([{ person: ADVOCATE, state: 'available', since: at(0) }])
    expect((await tile(supervisor))?.work?.call?.state).toBe('available')
  })

  test('is forgotten when nobody told for a shift: never a stale call', async () => {
    const { client } = await clientWith(world, it, ['calls.write'])
    await client.calls([{ person: ADVOCATE, state: 'on-call', since: at(0) }])
    await rows(sql`UPDATE call_state SET told_at = now() - interval '13 hours'`)
    expect((await tile(await world.console()))?.work?.call).toBeNull()
  })

  test('names the people whom the organisation does not have, another’s among them, and takes the rest', async () => {
    const { client } = await clientWith(world, it, ['calls.write'])
    const theirs = 'advocate1@other.example'
    const told = await client.calls([
      { person: theirs, state: 'on-call', since: at(0) },
      { person: ' Advocate2@Demo.example', state: 'on-call', since: at(0) },
      { person: 'nobody@demo.example', state: 'on-call', since: at(0) }
    ])
    expect(told).toEqual({ taken: 1, unknownPeople: [theirs, 'nobody@demo.example'] })
    const stored = await rows(
      sql`SELECT p.email FROM call_state c JOIN person p ON p.id = c.person_id WHERE p.email = ${theirs}`
    )
    expect(stored).toEqual([])
  })

  test('replaces the shifts of its stretch and no others', async () => {
    const { client } = await clientWith(world, it, ['schedule.write'])
    const day = (n: number, hour: number): string => new Date(Date.UTC(2090, 0, n, hour)).toISOString()
    const shift = (n: number) => ({ startsAt: day(n, 9), endsAt: day(n, 17) })
    const tell = (from: number, to: number, shifts: object[]) =>
      client.schedule([{ person: ADVOCATE, from: day(from, 0), to: day(to, 0), shifts }])
    await tell(1, 8, [shift(1), shift(2), shift(3)])
    await tell(2, 3, [])
    await tell(3, 4, [shift(3)])
    const stored = await rows(
      sql`SELECT extract(day FROM starts_at AT TIME ZONE 'UTC')::int AS day FROM shift WHERE starts_at > '2090-01-01' ORDER BY 1`
    )
    expect(stored).toEqual([{ day: 1 }, { day: 3 }])
  })

  test.each([
    ['calls', { calls: [{ person: ADVOCATE, state: 'asleep', since: at(0) }] }, 'calls.0.state'],
    ['calls', { calls: [] }, 'calls'],
    [
      'calls',
      {
        calls: ['a', 'A'].map((s) => ({
          person: s === 'a' ? ADVOCATE : ADVOCATE.toUpperCase(),
          state: 'on-call',
          since: at(0)
        }))
      },
      'calls.1'
    ],
    [
      'schedule',
      {
        people: [{ person: ADVOCATE, from: at(0), to: at(60), shifts: [{ startsAt: at(10), endsAt: at(5) }] }]
      },
      'people.0.shifts.0.endsAt'
    ],
    [
      'schedule',
      {
        people: [
          {
            person: ADVOCATE,
            from: at(0),
            to: at(600),
            shifts: [
              { startsAt: at(10), endsAt: at(50) },
              { startsAt: at(40), endsAt: at(90) }
            ]
          }
        ]
      },
      'people.0.shifts.1.startsAt'
    ],
    [
      'certifications',
      {
        people: [
          { person: ADVOCATE, certifications: [{ name: 'x', state: 'Texas', expiresOn: '2027-01-01' }] }
        ]
      },
      'people.0.certifications.0.state'
    ]
  ])('%s: what is wrong is refused with the field that is', async (path, body, field) => {
    const { key } = await clientWith(world, it, scopeSchema.options)
    const answer = await ask('POST', `/integration/v1/${path}`, `Bearer ${key}`, JSON.stringify(body))
    expect([answer.status, answer.json.field]).toEqual([400, field])
  })
})

describe('the start of a shift', () => {
  const place = { organisation: 'Licensed Care', team: 'Sales' }
  const email = 'advocate1@licensed.example'

  test('is refused where the policy asks for a certification that is missing or over, and noted; else it is only shown', async () => {
    const { db } = world.hub.store
    await createOrganisation(db, { name: place.organisation, demo: true })
    await createTeam(db, { organisation: place.organisation, name: place.team })
    const key = createPolicyKey()
    await trustPolicyKey(db, { organisation: place.organisation, root: key.root })
    const policy = {
      ...demoPolicy(place.organisation, 1),
      certifications: { required: [{ name: 'health-agent', state: 'TX' }] }
    }
    await publishPolicy(db, { organisation: place.organisation, envelope: signPolicy(policy, key) })
    await allowBuild(db, { organisation: place.organisation, buildHash: SIMULATED_BUILD, label: 'test' })
    for (const [name, mail, role] of [
      ['Licensed', email, 'advocate'],
      ['IT', 'it@licensed.example', 'it']
    ] as const)
      await addPerson(db, { ...place, name, email: mail, role, password: PASSWORD })
    const own = await world.console('it@licensed.example')
    const { client } = await clientWith(world, own, ['certifications.write'])
    const mine = await world.device({ place: place as unknown as typeof DEMO })
    const tell = (expiresOn: string, state: string) =>
      client.certifications([{ person: email, certifications: [{ name: 'health-agent', state, expiresOn }] }])
    const refusal = async () =>
      mine.signIn(email, PASSWORD).then(
        () => null,
        (error: unknown) => (error instanceof HubRefusal ? error.refusal : String(error))
      )
    expect(await refusal()).toMatchObject({ code: 'forbidden', field: 'certifications' })
    await tell('2030-01-01', 'FL')
    expect(await refusal()).toMatchObject({ code: 'forbidden', field: 'certifications' })
    await tell('2020-01-01', 'TX')
    expect(await refusal()).toMatchObject({ message: expect.stringContaining('health-agent/TX expired') })
    await tell('2030-01-01', 'TX')
    expect(await refusal()).toBeNull()
    const noted = await rows(sql`SELECT count(*)::int AS n FROM security_event WHERE code = 'shift-refused'`)
    expect(noted).toEqual([{ n: 3 }])
    // A wrong password learns nothing about certifications.
    await tell('2020-01-01', 'TX')
    const wrong = await mine
      .signIn(email, 'not this one')
      .catch((error: unknown) => (error as HubRefusal).refusal)
    expect(wrong).toMatchObject({ code: 'bad-credentials' })
  })
})

test('a second tenant’s keys are not there for IT of the first', async () => {
  const theirs = await itConsole(world, OTHER)
  const { id, client } = await clientWith(world, theirs, ['readiness.read'])
  expect((await it.send('POST', `/console/v1/integration/keys/${id}/revoke`)).status).toBe(404)
  expect(JSON.stringify((await it.send('GET', '/console/v1/integration/keys')).json)).not.toContain(id)
  expect(JSON.stringify(await client.readiness())).not.toContain('demo.example')
  expect((await it.send('POST', `/console/v1/integration/keys/${randomUUID()}/revoke`)).status).toBe(404)
})
