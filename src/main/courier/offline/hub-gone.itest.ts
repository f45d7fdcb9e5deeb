import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { FaultProxy } from '../../../../test/fault-proxy'
import { demoPolicy, PASSWORD, World } from '../../../../test/hub/support/world'
import { json, LyingHub } from '../../../../test/trust/lying-hub'
import { Workstation } from '../../../../test/trust/workstation'
import {
  addPerson,
  createOrganisation,
  createPolicyKey,
  createTeam,
  createTicket,
  disablePerson,
  enablePerson,
  publishPolicy,
  revokeWorkstation,
  signPolicy,
  trustPolicyKey
} from '../../../provision/index'

const HOUR = 3_600_000
const PLACE = { organisation: 'Away Care', team: 'Claims' }
const EMAIL = 'away1@demo.example'
const poll = { timeout: 30_000, interval: 50 }
const key = createPolicyKey()
let version = 0
/** Whether the policy in force has whoever signs in remembered. */
let remembers = false
let world: World
let busy: LyingHub
let line: FaultProxy
const stations: Workstation[] = []

beforeAll(async () => {
  world = await World.start({ heartbeatMs: 500 })
  busy = await LyingHub.start(world.folder, world.hub.devicePort)
  line = await FaultProxy.start({ port: Number(new URL(busy.url).port) })
  const { db } = world.hub.store
  await createOrganisation(db, { name: PLACE.organisation, demo: true })
  await createTeam(db, { organisation: PLACE.organisation, name: PLACE.team })
  await trustPolicyKey(db, { organisation: PLACE.organisation, root: key.root })
  const person = { name: 'Away Advocate', email: EMAIL, role: 'advocate' } as const
  await addPerson(db, { ...PLACE, ...person, password: PASSWORD })
  await publish(8)
})
afterEach(async () => {
  line.heal()
  busy.repent()
  for (const station of stations.splice(0)) {
    await station.stop()
    station.remove()
  }
})
afterAll(async () => {
  await line.close()
  await busy.close()
  await world.close()
})

/** A policy with so many hours, or none, under a grace of twelve hours. */
async function publish(maxHours: number | null): Promise<void> {
  version += 1
  remembers = maxHours !== null
  const policy = {
    ...demoPolicy(PLACE.organisation, version),
    hubGraceMs: 12 * HOUR,
    ...(maxHours === null ? {} : { offlineSignIn: { maxHours } })
  }
  await publishPolicy(world.hub.store.db, {
    organisation: PLACE.organisation,
    envelope: signPolicy(policy, key)
  })
}

/** The hub lets the person in no more, until the test is over. */
async function shutOut(): Promise<void> {
  const which = { organisation: PLACE.organisation, email: EMAIL }
  await world.hub.store.db.transaction((tx) => disablePerson(tx, which))
  onTestFinished(() => enablePerson(world.hub.store.db, which))
}

const heard = (station: Workstation): boolean => station.desk.facts.hub.state === 'reachable'
const event = (station: Workstation, text: string): boolean => JSON.stringify(station.said).includes(text)

const isKept = (station: Workstation): boolean => existsSync(join(station.folder, 'offline.sealed'))

/** A workstation where somebody signed in at the hub, which is remembered when the policy allows it. */
async function atWork(): Promise<Workstation> {
  const station = new Workstation()
  stations.push(station)
  const ticket = await createTicket(world.hub.store.db, {
    ...PLACE,
    label: 'Demo Desk',
    simulated: false,
    hours: 1,
    hubUrl: `https://localhost:${line.port}`,
    hubCa: world.hub.ca
  })
  await station.start(ticket)
  await expect.poll(() => heard(station) && station.desk.facts.policy?.version === version, poll).toBe(true)
  await attested(station)
  expect(await station.signIn(EMAIL, PASSWORD)).toEqual({ outcome: 'signed-in' })
  // The password is made unreadable beside the sign-in, not before it.
  await expect.poll(() => isKept(station), poll).toBe(remembers)
  return station
}

const attested = (station: Workstation): Promise<void> =>
  expect
    .poll(async () => {
      const rows = await world.hub.store.db.execute(
        sql`SELECT 1 FROM attestation WHERE workstation_id = ${station.device}`
      )
      return rows.rows.length > 0
    }, poll)
    .toBe(true)

/** The same workstation after its client was started anew, `laterMs` later by its clocks. */
async function restarted(station: Workstation, laterMs = 0): Promise<Workstation> {
  await station.stop()
  const next = new Workstation(station.folder, station.keychain)
  stations.splice(stations.indexOf(station), 1, next)
  next.skipped = station.skipped + laterMs
  await next.start()
  await expect.poll(() => next.said.some(({ kind }) => kind === 'ready'), poll).toBe(true)
  return next
}

const signIn = (station: Workstation, password = PASSWORD) => station.signIn(EMAIL, password)
const away = { outcome: 'refused', reason: 'hub-unreachable' } as const
const sessions = async (station: Workstation) =>
  (
    await world.hub.store.db.execute(
      sql`SELECT offline_since AS since FROM device_session WHERE workstation_id = ${station.device} AND ended_at IS NULL`
    )
  ).rows
const notes = async (station: Workstation): Promise<string[]> =>
  (
    await world.hub.store.db.execute(
      sql`SELECT code FROM security_event WHERE workstation_id = ${station.device} ORDER BY id`
    )
  ).rows.map((row) => String(row['code']))

describe('D13 the hub is gone and somebody signs in', { timeout: 120_000 }, () => {
  test('D13 nobody can where the policy says nothing of it', async () => {
    await publish(null)
    const station = await atWork()
    line.down()
    const next = await restarted(station)
    expect(await signIn(next)).toEqual(away)
    line.heal()
    await publish(8)
  })

  test('D13 a restart, hours later, under the policy that was kept: marked, and told to the hub once it is back, in order', async () => {
    const first = await atWork()
    line.down()
    const station = await restarted(first, 5 * HOUR)
    expect(await signIn(station, 'not my password')).toMatchObject({ reason: 'bad-credentials' })
    expect(await signIn(station)).toEqual({ outcome: 'signed-in' })
    expect(station.desk.facts.offline).toBe(true)
    for (const detail of ['one', 'two', 'three']) station.desk.event('host-refused', detail)
    station.desk.askHelp()
    expect(await sessions(station)).not.toEqual([{ since: expect.anything() as unknown }])
    line.heal()
    await expect.poll(() => station.desk.facts.offline, poll).toBe(false)
    expect(station.desk.state.person?.name).toBe('Away Advocate')
    const [session] = await sessions(station)
    expect(session?.['since']).not.toBeNull()
    await expect
      .poll(async () => (await notes(station)).filter((code) => code === 'signed-in-offline').length, poll)
      .toBe(1)
    const { db } = world.hub.store
    const details = async () =>
      (
        await db.execute(
          sql`SELECT detail FROM security_event WHERE workstation_id = ${station.device} AND code IN ('host-refused', 'offline-sign-in') ORDER BY id`
        )
      ).rows.map((row) => row['detail'])
    await expect
      .poll(details, poll)
      .toEqual(['a wrong password without the hub', 'signed in without the hub', 'one', 'two', 'three'])
    // What was raised meanwhile is the person's.
    const raised = async () =>
      (
        await db.execute(
          sql`SELECT person_id IS NOT NULL AS whose FROM alert WHERE workstation_id = ${station.device} AND rule = 'help-asked'`
        )
      ).rows
    await expect.poll(raised, poll).toEqual([{ whose: true }])
    // The session is the hub's now: it ends there as any other does.
    station.signOut()
    await expect.poll(() => sessions(station), poll).toEqual([])
  })

  test('D13 0 to 24 h: in until the hours are over, restarts included, and hidden when the grace is', async () => {
    let station = await atWork()
    line.down()
    for (const hour of [1, 3, 7.9]) {
      station = await restarted(station, hour * HOUR - station.skipped)
      expect([hour, await signIn(station)]).toEqual([hour, { outcome: 'signed-in' }])
    }
    const gone = (): boolean => station.desk.state.faultSince['hub-gone'] !== undefined
    station.skipped = 11.9 * HOUR
    await new Promise((resolve) => setTimeout(resolve, 1000))
    expect(gone()).toBe(false)
    // Twelve hours since the hub was heard, not since the client was started.
    station.skipped = 12.1 * HOUR
    await expect.poll(gone, poll).toBe(true)
    for (const hour of [13, 24]) {
      station = await restarted(station, hour * HOUR - station.skipped)
      expect([hour, await signIn(station)]).toEqual([hour, away])
    }
    // A clock that is set back brings nothing back.
    const back = await restarted(station)
    back.wallSet = -24 * HOUR
    expect(await signIn(back)).toEqual(away)
  })

  test('D13 a hub that is busy (503) is away and denies nothing', async () => {
    const first = await atWork()
    const unavailable = json({ code: 'unavailable', message: '' }, 503)
    const paths = ['sync', 'sign-in', 'session', 'offline', 'attestation/challenge', 'wake']
    for (const path of paths) busy.lies.set(`/device/v1/${path}`, unavailable)
    await expect.poll(() => heard(first), poll).toBe(false)
    expect(first.desk.state.person?.name).toBe('Away Advocate')
    const station = await restarted(first)
    expect(await signIn(station)).toEqual({ outcome: 'signed-in' })
    busy.repent()
    await expect.poll(() => station.desk.facts.offline, poll).toBe(false)
    expect(station.desk.state.person?.name).toBe('Away Advocate')
  })

  test('D13 who was shut out meanwhile is out as soon as the hub is heard, and does not come in again', async () => {
    const first = await atWork()
    line.down()
    const station = await restarted(first, HOUR)
    expect(await signIn(station)).toEqual({ outcome: 'signed-in' })
    await shutOut()
    line.heal()
    await expect.poll(() => station.desk.state.person, poll).toBeNull()
    expect(station.desk.facts.notice).toBe('session-ended')
    expect(await notes(station)).toContain('offline-session-refused')
    line.down()
    const later = await restarted(station)
    expect(await signIn(later)).toEqual(away)
  })

  test('D13 who is shut out while nobody works is forgotten before the hub goes', async () => {
    const station = await atWork()
    await expect.poll(() => event(station, 'signed-in'), poll).toBe(true)
    station.signOut()
    await expect.poll(() => sessions(station), poll).toEqual([])
    await shutOut()
    await expect.poll(() => isKept(station), poll).toBe(false)
    line.down()
    expect(await signIn(await restarted(station))).toEqual(away)
  })

  test('D13 never at a workstation that IT shut out, over a restart either', async () => {
    const station = await atWork()
    await revokeWorkstation(world.hub.store.db, station.device)
    await expect.poll(() => station.desk.state.person, poll).toBeNull()
    line.down()
    expect(await signIn(await restarted(station))).toEqual(away)
  })

  test('D13 never where the hub refused to attest it, over a restart either', async () => {
    const first = await atWork()
    const message = { code: 'bad-attestation', field: 'statement.buildHash', message: 'not allowed' }
    busy.lies.set('/device/v1/attestation', json(message, 403))
    const refused = await restarted(first)
    await expect.poll(() => event(refused, 'attestation-refused'), poll).toBe(true)
    line.down()
    expect(await signIn(await restarted(refused))).toMatchObject({ outcome: 'refused' })
  })
})
