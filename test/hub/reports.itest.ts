import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildListSchema } from '../../src/contract/wire/v1/builds'
import { advocateListSchema, advocateTrendSchema } from '../../src/contract/wire/v1/coaching'
import { MOST_FILTERS, savedFilterListSchema } from '../../src/contract/wire/v1/saved-filter'
import { ATTESTATION_RETENTION_MS, pruneAttestations } from '../../src/hub/attestation/prune'
import { addPerson, allowBuild, createTeam, setAttestation } from '../../src/provision/index'
import type { ConsoleClient } from './support/console-client'
import { DEMO, OTHER, PASSWORD, raised, records, World } from './support/world'

const CLAIMS = { ...DEMO, team: 'Claims' }
const FILTERS = '/console/v1/reports/filters'
const ADVOCATE = 'advocate1@demo.example'
const BUILD = 'a'.repeat(64)

let world: World
let ana: ConsoleClient
let bea: ConsoleClient
let it: ConsoleClient
beforeAll(async () => {
  world = await World.start({ heartbeatMs: 600_000 })
  const { db } = world.hub.store
  await createTeam(db, { organisation: CLAIMS.organisation, name: CLAIMS.team })
  for (const [place, name, role] of [
    [DEMO, 'ana', 'supervisor'],
    [DEMO, 'bea', 'lead'],
    [DEMO, 'it', 'it'],
    [CLAIMS, 'cleo', 'supervisor'],
    [DEMO, 'aud', 'auditor']
  ] as const)
    await addPerson(db, { ...place, name, email: `${name}@demo.example`, role, password: PASSWORD })
  ana = await world.console('ana@demo.example')
  bea = await world.console('bea@demo.example')
  it = await world.console('it@demo.example')
})
afterAll(() => world.close())

const rows = async (query: ReturnType<typeof sql>) => (await world.hub.store.db.execute(query)).rows
const filter = { view: 'alerts', days: 30, team: null } as const
const kept = async (client: ConsoleClient) =>
  savedFilterListSchema.parse((await client.send('GET', FILTERS)).json).filters

describe('a saved filter', () => {
  test('is kept for who saved it, over a restart, and is in nobody else’s list', async () => {
    expect((await ana.send('POST', FILTERS, { name: ' Last month ', filter })).status).toBe(200)
    await world.restart()
    for (const client of [ana, bea, it]) Object.assign(client, { origin: world.consoleUrl })
    expect(await kept(ana)).toMatchObject([{ name: 'Last month', filter }])
    expect(await kept(bea)).toEqual([])
  })

  test('is renamed and deleted by its owner alone', async () => {
    const { id } = (await ana.send('POST', FILTERS, { name: 'Mine', filter })).json
    for (const [what, body] of [
      ['name', { name: 'Theirs' }],
      ['remove', {}]
    ] as const)
      expect((await bea.send('POST', `${FILTERS}/${id}/${what}`, body)).status).toBe(404)
    expect((await ana.send('POST', `${FILTERS}/${id}/name`, { name: 'Renamed' })).status).toBe(200)
    expect((await kept(ana)).map(({ name }) => name)).toContain('Renamed')
    expect((await ana.send('POST', `${FILTERS}/${id}/remove`)).status).toBe(200)
    expect((await kept(ana)).map(({ name }) => name)).not.toContain('Renamed')
  })

  test('has a name of its own, in whatever letters; another person may have the same', async () => {
    await ana.send('POST', FILTERS, { name: 'Phones', filter })
    const { id } = (await ana.send('POST', FILTERS, { name: 'Books', filter })).json
    const taken = { status: 409, json: { code: 'conflict', field: 'name' } }
    expect(await ana.send('POST', FILTERS, { name: 'PHONES', filter })).toMatchObject(taken)
    expect(await ana.send('POST', `${FILTERS}/${id}/name`, { name: 'phones' })).toMatchObject(taken)
    expect((await bea.send('POST', FILTERS, { name: 'Phones', filter })).status).toBe(200)
  })

  test('that is none is refused with the field, and so is one too many, also when many come at once', async () => {
    const wrong = await bea.send('POST', FILTERS, { name: 'x', filter: { ...filter, days: 5 } })
    expect(wrong).toMatchObject({ status: 400, json: { field: 'filter.days' } })
    const answers = await Promise.all(
      Array.from({ length: MOST_FILTERS + 5 }, (_, n) =>
        bea.send('POST', FILTERS, { name: `Filter ${n}`, filter })
      )
    )
    expect(answers.filter(({ status }) => status === 409).length).toBe(6)
    expect(await kept(bea)).toHaveLength(MOST_FILTERS)
  })
})

describe('an advocate’s trend', () => {
  const mondays = (weeks: number): string =>
    Array.from({ length: weeks + 1 }, (_, n) =>
      new Date(Date.now() + (n - 1) * 7 * 86_400_000).toISOString()
    ).join(',')
  const at = `?mondays=${mondays(4)}`
  const idOf = async (email: string) =>
    String((await rows(sql`SELECT id FROM person WHERE email = ${email}`))[0]?.['id'])
  const trend = (client: ConsoleClient, id: string, query = at) =>
    client.send('GET', `/console/v1/advocates/${id}/trend${query}`)

  test('has what happened at their desk, what was decided, and what other systems told', async () => {
    const desk = await world.device()
    const { person } = await desk.signIn(ADVOCATE, PASSWORD)
    const [first, second] = [randomUUID(), randomUUID()]
    const signedIn = { kind: 'session', change: 'signed-in', person: person.id } as const
    await desk.sync({
      records: records(0, signedIn, raised(first), raised(second))
    })
    const decision = { verdict: 'false-alarm', reason: 'mistaken-object', note: 'A lamp.' }
    expect((await ana.send('POST', `/console/v1/alerts/${first}/decide`, decision)).status).toBe(200)
    await rows(sql`
      INSERT INTO call_figures (person_id, organisation_id, team_id, day, calls, talk_s, hold_s, wrap_up_s, adherence, told_at)
      SELECT id, organisation_id, team_id, (now() - interval '2 days')::date, 31, 0, 0, 0, 0.9, now()
      FROM person WHERE id = ${person.id}`)
    await rows(sql`
      UPDATE device_session SET started_at = now() - interval '2 hours', ended_at = now() WHERE person_id = ${person.id}`)
    const said = advocateTrendSchema.parse((await trend(ana, person.id)).json)
    expect(said.advocate).toEqual(person)
    expect(said.weeks).toHaveLength(4)
    const sum = (of: (week: (typeof said.weeks)[number]) => number | null) =>
      said.weeks.reduce((all, week) => all + (of(week) ?? 0), 0)
    expect(sum(({ raised: n }) => n)).toBe(2)
    expect(sum(({ falseAlarms }) => falseAlarms)).toBe(1)
    expect(sum(({ shifts }) => shifts)).toBe(1)
    expect(sum(({ signedInS }) => signedInS)).toBeCloseTo(7200, -1)
    expect(sum(({ calls }) => calls)).toBe(31)
    expect(sum(({ adherence }) => adherence)).toBeCloseTo(0.9)
  })

  test('is in the record with who looked at whose', async () => {
    const id = await idOf(ADVOCATE)
    await trend(bea, id)
    const [noted] = await rows(sql`
      SELECT p.name, a.subject FROM audit_act a JOIN person p ON p.id = a.person_id
      WHERE a.act = 'trend-read' ORDER BY a.id DESC LIMIT 1`)
    expect(noted).toEqual({ name: 'bea', subject: id })
  })

  test('is of one’s own team’s advocates alone, and of nobody who works at the console', async () => {
    const cleo = await world.console('cleo@demo.example')
    expect(
      advocateListSchema.parse((await cleo.send('GET', '/console/v1/advocates')).json).advocates
    ).toEqual([])
    const own = advocateListSchema.parse((await ana.send('GET', '/console/v1/advocates')).json).advocates
    expect(own.map(({ name }) => name)).toEqual(['Demo Advocate 1', 'Demo Advocate 2'])
    expect((await trend(cleo, await idOf(ADVOCATE))).status).toBe(404)
    for (const email of ['advocate1@other.example', 'bea@demo.example'])
      expect((await trend(ana, await idOf(email))).status).toBe(404)
  })

  test('is refused to who does not lead advocates', async () => {
    for (const client of [it, await world.console('aud@demo.example')])
      expect((await trend(client, await idOf(ADVOCATE))).status).toBe(403)
  })

  test.each([
    ['', 'mondays'],
    [`?mondays=${mondays(27)}`, 'mondays'],
    [`?mondays=${mondays(0)}`, 'mondays'],
    ['?mondays=2026-11-02T00:00:00.000Z,2026-11-02T00:00:00.000Z', 'mondays']
  ])('%s: what is wrong is refused with the field', async (query, field) => {
    expect(await trend(ana, await idOf(ADVOCATE), query)).toMatchObject({ status: 400, json: { field } })
  })
})

describe('the builds of an organisation', () => {
  const snapshot = {
    ...{ state: 'signed-out' as const, reasons: [], since: new Date().toISOString(), person: null },
    ...{ policyVersion: 1, model: 'coco-ssd@2.2.3#0123456789ab', checks: [] }
  }
  const list = async () => buildListSchema.parse((await it.send('GET', '/console/v1/builds')).json)

  test('are those allowed and those that desks run beside the list, each with at how many computers', async () => {
    await allowBuild(world.hub.store.db, { ...DEMO, buildHash: BUILD, label: '1.2.0' })
    const desk = await world.device()
    await desk.attest({ claims: { buildHash: BUILD } })
    await desk.sync({ desk: snapshot })
    const other = await world.device()
    await other.attest({ claims: { buildHash: 'c'.repeat(64) } })
    await other.sync({ desk: snapshot })
    const { builds, required } = await list()
    expect(required).toBe(false)
    expect(builds.find(({ hash }) => hash === BUILD)).toMatchObject({
      ...{ label: '1.2.0', state: 'allowed', desks: 1, withdrawnAt: null, withdrawnBy: null }
    })
    expect(builds.find(({ hash }) => hash === 'c'.repeat(64))).toMatchObject({ state: 'unlisted', desks: 1 })
  })

  test('are withdrawn at the console, in the record; the next attestation with one is none of an allowed program', async () => {
    for (let n = 0; n < 2; n += 1)
      expect((await it.send('POST', `/console/v1/builds/${BUILD}/withdraw`)).status).toBe(200)
    expect((await list()).builds.find(({ hash }) => hash === BUILD)).toMatchObject({
      ...{ state: 'withdrawn', withdrawnBy: 'it', withdrawnAt: expect.any(String) }
    })
    const noted = await rows(sql`SELECT detail FROM audit_act WHERE act = 'build-withdrawn'`)
    expect(noted).toEqual([{ detail: BUILD }])
    const desk = await world.device()
    await desk.attest({ claims: { buildHash: BUILD } })
    const [last] = await rows(sql`SELECT build_allowed FROM attestation ORDER BY at DESC LIMIT 1`)
    expect(last).toEqual({ build_allowed: false })
  })

  test('that desks are refused for are seen with at how many computers, until they attest', async () => {
    const { db } = world.hub.store
    const other = { ...DEMO, buildHash: 'f'.repeat(64) }
    const seen = async () => (await list()).builds.find(({ hash }) => hash === other.buildHash)
    await setAttestation(db, { organisation: DEMO.organisation, mode: 'require' })
    try {
      const desk = await world.device()
      const withIt = () => desk.attest({ claims: { buildHash: other.buildHash } })
      await expect(withIt()).rejects.toThrow('This program is not one that IT allows.')
      await expect(withIt()).rejects.toThrow('This program is not one that IT allows.')
      expect(await seen()).toMatchObject({ state: 'unlisted', label: '0.1.0', desks: 0, refused: 1 })
      await allowBuild(db, { ...other, label: '1.3.0' })
      expect(await seen()).toMatchObject({ state: 'allowed', label: '1.3.0', refused: 1 })
      await withIt()
      expect(await seen()).toMatchObject({ state: 'allowed', refused: 0 })
      // One that was put away without a word is forgotten after a week.
      const gone = await world.device()
      await expect(gone.attest({ claims: { buildHash: '9'.repeat(64) } })).rejects.toThrow('not one that IT')
      const refused = async () => (await list()).builds.filter(({ hash }) => hash === '9'.repeat(64))
      expect(await refused()).toMatchObject([{ refused: 1 }])
      await pruneAttestations(db, new Date(Date.now() + ATTESTATION_RETENTION_MS + 60_000))
      expect(await refused()).toEqual([])
    } finally {
      await setAttestation(db, { organisation: DEMO.organisation, mode: 'report' })
    }
  })

  test('are allowed by nothing at the console, nor withdrawn by a name that is none', async () => {
    expect((await it.send('POST', '/console/v1/builds', { hash: BUILD, label: 'mine' })).status).toBe(404)
    for (const id of ['x', 'd'.repeat(64), BUILD.toUpperCase()])
      expect((await it.send('POST', `/console/v1/builds/${id}/withdraw`)).status).toBe(404)
    await allowBuild(world.hub.store.db, { ...OTHER, buildHash: 'e'.repeat(64), label: 'theirs' })
    expect((await it.send('POST', `/console/v1/builds/${'e'.repeat(64)}/withdraw`)).status).toBe(404)
  })

  test('that are allowed again by the command line have nobody’s name on them any more', async () => {
    await allowBuild(world.hub.store.db, { ...DEMO, buildHash: BUILD, label: '1.2.0' })
    expect((await list()).builds.find(({ hash }) => hash === BUILD)).toMatchObject({
      ...{ state: 'allowed', withdrawnAt: null, withdrawnBy: null }
    })
  })
})
