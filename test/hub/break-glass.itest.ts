import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DeviceClient } from '../../scripts/demo/desks/device-client'
import { BREAK_GLASS_PATH, breakGlassListSchema } from '../../src/contract/wire/v1/break-glass'
import type { RecordBody } from '../../src/contract/wire/v1/device'
import type { BreakGlassRecord } from '../../src/core/break-glass/record'
import {
  addPerson,
  createPolicyKey,
  grantException,
  listExceptions,
  publishPolicy,
  signedGrant,
  signPolicy
} from '../../src/provision/index'
import { goodGrant, SoftPasskey } from '../break-glass/passkey'
import { DEMO, demoPolicy, PASSWORD, records, World } from './support/world'

const SUPERVISOR = 'supervisor1@demo.example'
const OTHER_SUPERVISOR = 'supervisor2@demo.example'
const IT = 'it@demo.example'
const passkey = new SoftPasskey()
const second = new SoftPasskey()
const file = createPolicyKey()
const NOTE = 'the member is in hospital'

let world: World
beforeAll(async () => {
  world = await World.start()
  const { db } = world.hub.store
  for (const [name, email, role] of [
    ['Demo Supervisor 2', OTHER_SUPERVISOR, 'supervisor'],
    ['Demo IT', IT, 'it']
  ] as const)
    await addPerson(db, { ...DEMO, name, email, role, password: PASSWORD })
  // A policy key of our own in place of the seed's: one that the test can sign with.
  const key = createPolicyKey()
  await db.execute(
    sql`DELETE FROM policy WHERE organisation_id IN (SELECT organisation_id FROM organisation WHERE name = ${DEMO.organisation})`
  )
  await db.execute(
    sql`UPDATE organisation SET policy_root = ${JSON.stringify(key.root)}::jsonb WHERE name = ${DEMO.organisation}`
  )
  const policy = demoPolicy(DEMO.organisation, 2)
  const breakGlass = {
    approvers: [
      { email: SUPERVISOR, key: passkey.key },
      { email: IT, key: { kind: 'ed25519' as const, ...file.root } }
    ],
    checks: ['firewall' as const],
    maxMinutes: 30
  }
  await publishPolicy(db, {
    organisation: DEMO.organisation,
    envelope: signPolicy({ ...policy, breakGlass }, key)
  })
})
afterAll(() => world.close())

const told = (change: BreakGlassRecord): RecordBody => ({ kind: 'break-glass', change })

/** A desk that asks for its firewall to be waived. */
async function asking(signIn = true) {
  const device = await world.device()
  const person = signIn ? (await device.signIn('advocate1@demo.example', PASSWORD)).person.id : null
  const request = randomUUID()
  const nonce = goodGrant.nonce
  const asked = told({ stage: 'asked', request, check: 'firewall', reason: 'member-waiting', nonce, person })
  await device.sync({ records: records(0, asked) })
  const grant = (change: object = {}, by = passkey): string =>
    by.grant({ ...goodGrant, device: device.device, request, person, ...change })
  const tell = (seq: number, change: BreakGlassRecord) => device.sync({ records: records(seq, told(change)) })
  const answers = async () => (await device.send('GET', BREAK_GLASS_PATH, undefined)).json
  return { device, person, request, grant, tell, answers }
}

const listed = async (client: Awaited<ReturnType<World['console']>>, device: string) =>
  breakGlassListSchema.parse(
    (await client.send('GET', `/console/v1/workstations/${device}/break-glass`)).json
  ).requests
const send = (client: Awaited<ReturnType<World['console']>>, request: string, grant: string, note = NOTE) =>
  client.send('POST', `/console/v1/break-glass/${request}/grant`, { grant, note })
async function book(device: string): Promise<string[]> {
  const found = await world.hub.store.db.execute(
    sql`SELECT code FROM security_event WHERE workstation_id = ${device} AND code LIKE 'break-glass%' ORDER BY id`
  )
  return found.rows.map(({ code }) => String(code))
}

describe('G5 break-glass at the hub', () => {
  test('G5 goes from the desk’s request over a second person to the desk, each stage in the book', async () => {
    const { device, request, grant, tell, answers } = await asking()
    const supervisor = await world.console()
    const [seen] = await listed(supervisor, device.device)
    expect(seen).toMatchObject({
      request,
      status: 'asked',
      check: 'firewall',
      reason: 'member-waiting',
      person: { name: 'Demo Advocate 1' },
      may: { kind: 'yes', approver: SUPERVISOR, maxMinutes: 30, passkeys: [{ rpId: 'localhost' }] }
    })
    expect(await answers()).toEqual({ v: 1, answers: [] })
    const waiting = device.wake()
    await device.sync({})
    const text = grant()
    expect((await send(supervisor, request, text)).status).toBe(200)
    expect((await waiting).json).toEqual({ v: 1, wake: true })
    expect(await answers()).toEqual({ v: 1, answers: [{ request, outcome: 'granted', grant: text }] })
    await tell(1, { stage: 'used', request, check: 'firewall', approver: SUPERVISOR, minutes: 30 })
    expect(await answers()).toEqual({ v: 1, answers: [] })
    expect((await listed(supervisor, device.device))[0]).toMatchObject({
      status: 'running',
      minutes: 30,
      note: NOTE
    })
    await tell(2, { stage: 'ended', request, check: 'firewall', why: 'time-over', usedMs: 1_800_000 })
    expect((await listed(supervisor, device.device))[0]).toMatchObject({
      status: 'ended',
      end: 'time-over',
      decidedBy: 'Demo Supervisor 1'
    })
    expect(await book(device.device)).toEqual([
      'break-glass-asked',
      'break-glass-granted',
      'break-glass-used',
      'break-glass-ended'
    ])
  })

  test('G5 takes no second answer, and the same grant not twice', async () => {
    const { request, grant, device } = await asking()
    const supervisor = await world.console()
    const text = grant()
    await send(supervisor, request, text)
    expect((await send(supervisor, request, text)).json).toMatchObject({ code: 'forbidden' })
    expect(await book(device.device)).toEqual([
      'break-glass-asked',
      'break-glass-granted',
      'break-glass-denied'
    ])
  })

  test.each([
    ['for another desk', { device: randomUUID() }],
    ['for another request', { request: randomUUID() }],
    ['for another check', { check: 'tpm' }],
    ['for longer than the policy lets', { minutes: 31 }],
    ['for more than an hour', { minutes: 61 }],
    ['in another approver’s name', { approver: IT }]
  ])('G5 refuses a grant %s, and notes the try', async (_, change) => {
    const { request, grant, device } = await asking()
    const answer = await send(await world.console(), request, grant(change))
    expect([400, 403]).toContain(answer.status)
    expect(answer.json).toMatchObject({ field: 'grant' })
    expect(await book(device.device)).toEqual(['break-glass-asked', 'break-glass-denied'])
  })

  test('G5 refuses who is not named, who signs with somebody else’s key, and a grant without a reason', async () => {
    const { request, grant, device } = await asking()
    const other = await world.console(OTHER_SUPERVISOR)
    expect((await listed(other, device.device))[0]?.may).toEqual({ kind: 'no', why: 'not-an-approver' })
    expect((await send(other, request, grant({ approver: OTHER_SUPERVISOR }, second))).status).toBe(403)
    expect((await send(other, request, grant())).json).toMatchObject({
      message: expect.stringContaining('somebody else') as string
    })
    const supervisor = await world.console()
    expect((await send(supervisor, request, grant(), 'because')).json).toMatchObject({ field: 'note' })
    expect((await send(supervisor, request, 'please')).json).toMatchObject({
      code: 'bad-request',
      field: 'grant'
    })
  })

  test('G5 another team’s, or nobody’s, request is not there', async () => {
    const { request, grant } = await asking()
    const stranger = await world.console('supervisor1@other.example')
    expect((await send(stranger, request, grant())).status).toBe(404)
    expect((await send(await world.console(), randomUUID(), grant())).status).toBe(404)
  })

  test('G5 whose workstation it is grants nothing to it, whatever their role became', async () => {
    const { request, grant, device } = await asking(false)
    const { db } = world.hub.store
    await db.execute(
      sql`UPDATE workstation SET person_id = (SELECT id FROM person WHERE email = ${SUPERVISOR}) WHERE id = ${device.device}`
    )
    const supervisor = await world.console()
    expect((await listed(supervisor, device.device))[0]?.may).toEqual({ kind: 'no', why: 'same-person' })
    expect((await send(supervisor, request, grant())).status).toBe(403)
  })

  test('G5 is declined, and taken back after it was granted, by anybody of the team', async () => {
    const { request, grant, device, answers } = await asking()
    const supervisor = await world.console()
    await send(supervisor, request, grant())
    const other = await world.console(OTHER_SUPERVISOR)
    const no = await other.send('POST', `/console/v1/break-glass/${request}/decline`, {
      note: 'that was a mistake'
    })
    expect(no.status).toBe(200)
    expect(await answers()).toEqual({ v: 1, answers: [{ request, outcome: 'declined', grant: null }] })
    expect(await book(device.device)).toContain('break-glass-declined')
  })

  test('G5 is granted on the command line with a key file that the policy names, and with no other', async () => {
    const { request, device } = await asking()
    const { db } = world.hub.store
    const now = new Date()
    const find = async () =>
      (await listExceptions(db, { organisation: DEMO.organisation, now })).find(
        ({ row }) => row.request === request
      )
    const exception = await find()
    if (exception === undefined) throw new Error('it is not listed')
    const asked = { minutes: 30, approver: IT }
    const wrong = signedGrant(exception, asked, createPolicyKey())
    await expect(grantException(db, { exception, text: wrong, note: NOTE, now })).rejects.toThrow(
      'not signed'
    )
    const text = signedGrant(exception, asked, file)
    expect(await grantException(db, { exception, text, note: NOTE, now })).toMatchObject({ minutes: 30 })
    expect(await find()).toBeUndefined()
    expect((await listed(await world.console(), device.device))[0]).toMatchObject({ decidedBy: 'Demo IT' })
  })

  test('G5 a desk that uses what nobody granted is noted', async () => {
    const { request, tell, device } = await asking()
    await tell(1, { stage: 'used', request, check: 'firewall', approver: SUPERVISOR, minutes: 60 })
    expect(await book(device.device)).toContain('break-glass-not-granted')
    expect((await listed(await world.console(), device.device))[0]?.status).toBe('asked')
  })

  test('G5 a request is told to the run that made it alone', async () => {
    const { request, grant, device, answers } = await asking()
    await send(await world.console(), request, grant())
    expect(await answers()).toMatchObject({ answers: [{ request }] })
    const next = new DeviceClient(device.ticket, device.identity, device.sender, { device: device.device })
    expect(await next.call('GET', BREAK_GLASS_PATH)).toEqual({ v: 1, answers: [] })
    await next.close()
  })
})
