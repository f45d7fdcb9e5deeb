import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DeviceClient } from '../../scripts/demo/desks/device-client'
import type { CheckResult } from '../../src/core/check/check'
import {
  deviceListSchema,
  postureSchema,
  type DeviceList,
  type DeviceRow
} from '../../src/contract/wire/v1/device-admin'
import { madeTicketSchema, ticketListSchema } from '../../src/contract/wire/v1/enrolment-admin'
import { publishedSchema } from '../../src/contract/wire/v1/published'
import { addPerson, createTeam, createTicket } from '../../src/provision/index'
import type { ConsoleClient } from './support/console-client'
import { DEMO, OTHER, PASSWORD, World } from './support/world'

const CLAIMS = { ...DEMO, team: 'Claims' } as unknown as typeof DEMO

let world: World
let it: ConsoleClient
let theirs: ConsoleClient
let well: DeviceClient
let unfit: DeviceClient
beforeAll(async () => {
  // Nobody becomes silent by how long a test takes.
  world = await World.start({ heartbeatMs: 600_000 })
  const { db } = world.hub.store
  await createTeam(db, { organisation: DEMO.organisation, name: 'Claims' })
  for (const [place, email] of [
    [DEMO, 'it@demo.example'],
    [OTHER, 'it@other.example']
  ] as const)
    await addPerson(db, { ...place, name: 'IT', email, role: 'it', password: PASSWORD })
  it = await world.console('it@demo.example')
  theirs = await world.console('it@other.example')
  well = await world.device({ label: 'Desk 1' })
  unfit = await world.device({ label: 'Desk 2', place: CLAIMS })
  await world.device({ label: 'Theirs', place: OTHER, flavour: 'release' })
  await tell(well, [check('firewall', 'pass'), check('disk-encryption', 'pass')])
  await tell(unfit, [
    check('disk-encryption', 'unknown', 'report'),
    check('firewall', 'fail', 'block'),
    check('camera', 'pass')
  ])
})
afterAll(() => world.close())

const check = (
  id: string,
  state: CheckResult['state'],
  enforcement: CheckResult['enforcement'] = 'warn'
): CheckResult => ({
  id,
  area: 'device',
  state,
  evidence: 'a secret of the desk',
  ageMs: 0,
  remedy: '',
  enforcement
})

const tell = (device: DeviceClient, checks: CheckResult[]) =>
  device.sync({
    records: [],
    desk: {
      state: 'signed-out',
      reasons: [],
      since: new Date().toISOString(),
      person: null,
      policyVersion: 1,
      model: 'coco-ssd@2.2.3#0123456789ab',
      checks
    }
  })

const list = async (query = '', as = it): Promise<DeviceList> =>
  deviceListSchema.parse((await as.send('GET', `/console/v1/devices${query}`)).json)
const row = async (device: DeviceClient): Promise<DeviceRow> => {
  const found = (await list('?show=all')).devices.find(({ workstation }) => workstation === device.device)
  if (found === undefined) throw new Error('the list does not have it')
  return found
}
const rows = async (query: ReturnType<typeof sql>) => (await world.hub.store.db.execute(query)).rows
const acts = (subject: string) =>
  rows(sql`SELECT a.act, a.detail, p.email FROM audit_act a JOIN person p ON p.id = a.person_id
    WHERE a.subject = ${subject} ORDER BY a.id`)
const revoke = (device: string, body: unknown = { reason: 'lost' }, as = it) =>
  as.send('POST', `/console/v1/devices/${device}/revoke`, body)
const release = (device: string, as = it) => as.send('POST', `/console/v1/devices/${device}/release`)

describe('the list of computers', () => {
  test('has every team of the organisation and no other organisation', async () => {
    const { devices, total, current, policyInForce } = await list()
    expect(devices.map(({ label, team }) => [label, team])).toEqual([
      ['Desk 1', 'Member Services'],
      ['Desk 2', 'Claims']
    ])
    expect([total, current, policyInForce]).toEqual([2, 2, 1])
    expect((await list('', theirs)).devices.map(({ label }) => label)).toEqual(['Theirs'])
  })

  test('tells what does not pass, the worst first, and nothing of the evidence', async () => {
    const answer = await it.send('GET', '/console/v1/devices?sort=problems&order=down')
    const { devices } = deviceListSchema.parse(answer.json)
    expect(devices.map(({ problems }) => problems)).toEqual([
      [
        { check: 'firewall', state: 'fail', enforcement: 'block' },
        { check: 'disk-encryption', state: 'unknown', enforcement: 'report' }
      ],
      []
    ])
    expect(JSON.stringify(answer.json)).not.toContain('a secret of the desk')
    expect(devices[0]).toMatchObject({
      keyClass: 'keychain',
      policyVersion: 1,
      isSilent: false,
      version: '0.1.0'
    })
  })

  test('is searched, and shows where one check does not pass', async () => {
    expect((await list('?search=claims')).devices.map(({ label }) => label)).toEqual(['Desk 2'])
    expect((await list('?check=firewall')).devices.map(({ label }) => label)).toEqual(['Desk 2'])
    expect(await list('?search=nobody')).toMatchObject({ total: 0, current: 2, devices: [] })
    expect(await list('?page=9')).toMatchObject({ page: 0, total: 2 })
  })

  test('refuses an order that there is not, by the field', async () => {
    const answer = await it.send('GET', '/console/v1/devices?sort=colour')
    expect(answer.status).toBe(400)
    expect(answer.json).toMatchObject({ code: 'bad-request', field: 'sort' })
  })
})

describe('posture', () => {
  const posture = async () => postureSchema.parse((await it.send('GET', '/console/v1/devices/posture')).json)

  test('counts each check over the desks whose word counts', async () => {
    expect(await posture()).toEqual({
      counted: 2,
      silent: 0,
      disbelieved: 0,
      checks: [
        { check: 'firewall', pass: 1, fail: 1, unproven: 0 },
        { check: 'disk-encryption', pass: 1, fail: 0, unproven: 1 },
        { check: 'camera', pass: 1, fail: 0, unproven: 0 }
      ]
    })
  })

  test('counts nothing of what a silent or a quarantined desk said once', async () => {
    await rows(sql`UPDATE desk SET silent_since = now() WHERE workstation_id = ${well.device}`)
    await rows(sql`UPDATE workstation SET quarantined_at = now(), quarantine_reason = 'two-runs'
      WHERE id = ${unfit.device}`)
    expect(await posture()).toEqual({ counted: 0, silent: 1, disbelieved: 1, checks: [] })
    expect((await list()).devices.map(({ problems }) => problems)).toEqual([null, null])
    expect(await row(unfit)).toMatchObject({ trust: 'quarantined' })
  })
})

describe('a quarantined computer', () => {
  test('is let in again by IT, and that is noted', async () => {
    expect((await release(unfit.device)).status).toBe(200)
    expect((await row(unfit)).trust).not.toBe('quarantined')
    expect(await acts(unfit.device)).toEqual([
      { act: 'device-released', detail: 'two-runs', email: 'it@demo.example' }
    ])
    expect((await release(unfit.device)).status).toBe(409)
    await tell(unfit, [check('firewall', 'pass')])
  })
})

describe('shutting a computer out', () => {
  test('wants one of the reasons', async () => {
    const answer = await revoke(unfit.device, { reason: 'because' })
    expect(answer.json).toMatchObject({ code: 'bad-request', field: 'reason' })
    expect((await row(unfit)).trust).not.toBe('revoked')
  })

  test('is another organisation’s matter only there', async () => {
    expect((await revoke(unfit.device, undefined, theirs)).status).toBe(404)
    expect((await release(unfit.device, theirs)).status).toBe(404)
    expect((await revoke(randomUUID())).status).toBe(404)
    await tell(unfit, [])
  })

  test('refuses the device from then on, is noted once with its reason, and is not undone', async () => {
    expect((await revoke(unfit.device, { reason: 'stolen' })).json).toEqual({ accepted: true })
    expect((await revoke(unfit.device)).status).toBe(200)
    await expect(tell(unfit, [])).rejects.toThrow(/revoked|shut out/)
    expect((await acts(unfit.device)).at(-1)).toEqual({
      act: 'device-revoked',
      detail: 'stolen',
      email: 'it@demo.example'
    })
    expect((await acts(unfit.device)).filter(({ act }) => act === 'device-revoked')).toHaveLength(1)
    expect((await release(unfit.device)).status).toBe(409)
    expect((await list()).devices.map(({ label }) => label)).toEqual(['Desk 1'])
    expect(await row(unfit)).toMatchObject({ trust: 'revoked', problems: null })
  })
})

describe('published policies', () => {
  const published = async (as = it) =>
    publishedSchema.parse((await as.send('GET', '/console/v1/policies')).json)

  test('are told with who signed them, which one is in force, and at how many desks', async () => {
    const { root, snapshot, policies } = await published()
    expect(snapshot).toEqual({ state: 'not-asked' })
    expect(root).toMatchObject({ version: 0, expiresAt: null, threshold: 1 })
    expect(policies).toMatchObject([
      {
        version: 1,
        state: 'in-force',
        isExpired: false,
        desks: 1,
        signers: [{ keyId: root?.keyIds[0], counts: true }]
      }
    ])
    expect((await published(theirs)).root?.keyIds).not.toEqual(root?.keyIds)
  })

  test('a name beside a signature that is not one is told as what it is', async () => {
    await rows(sql`UPDATE policy SET envelope = jsonb_set(envelope, '{signatures,0,signature}', to_jsonb(${'A'.repeat(86)}::text))
      WHERE organisation_id = (SELECT organisation_id FROM organisation WHERE name = ${OTHER.organisation})`)
    expect((await published(theirs)).policies[0]?.signers).toMatchObject([{ counts: false }])
    expect((await published()).policies[0]?.signers).toMatchObject([{ counts: true }])
  })
})

describe('tickets', () => {
  const PATH = '/console/v1/enrolment-tokens'
  const tickets = async (as = it) => ticketListSchema.parse((await as.send('GET', PATH)).json)
  const wanted = async (more: object = {}) => ({
    team: (await tickets()).teams.find(({ name }) => name === DEMO.team)?.id,
    label: 'Desk 3',
    hours: 2,
    person: 'advocate1@demo.example',
    hubUrl: world.deviceUrl,
    ...more
  })
  const make = async (more: object = {}) => it.send('POST', PATH, await wanted(more))
  const withdraw = (id: string, as = it) => as.send('POST', `${PATH}/${id}/withdraw`)

  test('are made once, enrol a computer of the team and its person, and are then not open any more', async () => {
    const answer = await make()
    const { id, ticket, pinned } = madeTicketSchema.parse(answer.json)
    const [open] = (await tickets()).tickets.filter((one) => one.id === id)
    expect(open).toMatchObject({
      label: 'Desk 3',
      team: DEMO.team,
      person: 'Demo Advocate 1',
      madeBy: 'IT'
    })
    expect(JSON.stringify(await tickets())).not.toContain(ticket.token)
    expect(await acts(id)).toEqual([{ act: 'ticket-made', detail: '2 h', email: 'it@demo.example' }])
    expect(pinned).toEqual({ root: 0, keyIds: [ticket.policyRoot.keyId] })
    const client = await world.client(ticket)
    await client.enrol(ticket.token)
    expect((await list()).devices.map(({ label }) => label)).toContain('Desk 3')
    expect((await tickets()).tickets).toEqual([])
    expect((await withdraw(id)).status).toBe(409)
    const stored = await rows(
      sql`SELECT row_to_json(t)::text AS text FROM enrolment_token t WHERE id = ${id}`
    )
    expect(JSON.stringify(stored)).not.toContain(ticket.token)
  })

  test('pin the root that their maker saw, and not one that came meanwhile', async () => {
    const { db } = world.hub.store
    const organisation = sql`(SELECT organisation_id FROM organisation WHERE name = ${DEMO.organisation})`
    const newer = { v: 1, type: 'havendesk-root', payload: 'e30', signatures: [] }
    await rows(sql`INSERT INTO trust_root (organisation_id, version, envelope)
      VALUES (${organisation}, 1, ${JSON.stringify(newer)}::jsonb)`)
    const request = {
      ...DEMO,
      label: 'Desk 4',
      hours: 1,
      hubUrl: world.deviceUrl,
      hubCa: world.hub.ca,
      simulated: false
    }
    const ticket = await createTicket(db, { ...request, root: null }).finally(() =>
      rows(sql`DELETE FROM trust_root WHERE organisation_id = ${organisation}`)
    )
    expect(ticket.root).toBeUndefined()
    await rows(sql`DELETE FROM enrolment_token WHERE label = 'Desk 4'`)
  })

  test('withdrawn ones enrol nothing, and it is noted who did it', async () => {
    const { id, ticket } = madeTicketSchema.parse((await make({ person: null })).json)
    expect((await withdraw(id, theirs)).status).toBe(404)
    expect((await withdraw(id)).json).toEqual({ accepted: true })
    expect((await withdraw(id)).status).toBe(200)
    expect((await acts(id)).map(({ act }) => act)).toEqual(['ticket-made', 'ticket-withdrawn'])
    const client = await world.client(ticket)
    await expect(client.enrol(ticket.token)).rejects.toThrow(/bad-token|too old/)
    expect((await tickets()).tickets).toEqual([])
  })

  test.each([
    ['hours', { hours: 25 }, 'bad-request'],
    ['hours', { hours: 0 }, 'bad-request'],
    ['label', { label: ' ' }, 'bad-request'],
    ['hubUrl', { hubUrl: 'http://localhost:1' }, 'bad-request'],
    ['hubUrl', { hubUrl: 'https://elsewhere.example:8443' }, 'bad-request'],
    ['team', { team: randomUUID() }, 'bad-request'],
    ['person', { person: 'supervisor1@demo.example' }, 'not-found'],
    ['person', { person: 'advocate1@other.example' }, 'not-found']
  ])('are refused by the field that is wrong: %s %j', async (field, more, code) => {
    const answer = await make(more)
    expect(answer.json).toMatchObject({ code, field })
    expect((await tickets()).tickets).toEqual([])
  })

  test('another organisation’s team is none of ours', async () => {
    const [team] = (await tickets(theirs)).teams
    expect((await make({ team: team?.id, person: null })).json).toMatchObject({
      code: 'bad-request',
      field: 'team'
    })
    expect((await tickets(theirs)).tickets).toEqual([])
  })
})
