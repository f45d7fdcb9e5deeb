import { randomUUID } from 'node:crypto'
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { createServer as createHttps } from 'node:https'
import { createServer as createTls } from 'node:tls'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { thresholdDigest } from '../../core/attestation/digest'
import { SIMULATED_BUILD } from '../../../scripts/demo/desks/device-client'
import type { Clock } from './hub/clock'
import { openLine } from './hub/line'
import { Desk, snapshot } from '../../../test/courier/desk'
import { FaultProxy } from '../../../test/fault-proxy'
import { demoPolicy, ended, PASSWORD, raised, World } from '../../../test/hub/support/world'
import {
  addPerson,
  createOrganisation,
  createPolicyKey,
  createTeam,
  createTicket,
  disablePerson,
  enablePerson,
  publishPolicy,
  releaseWorkstation,
  revokeWorkstation,
  signPolicy,
  trustPolicyKey,
  type PolicyKey
} from '../../provision/index'

const PLACE = { organisation: 'Courier Care', team: 'Member Services' }
let world: World
let line: FaultProxy
let policyKey: PolicyKey
let version = 1
const desks: Desk[] = []

beforeAll(async () => {
  world = await World.start({ heartbeatMs: 1000 })
  line = await FaultProxy.start({ port: world.hub.devicePort })
  const { db } = world.hub.store
  await createOrganisation(db, { name: PLACE.organisation, demo: true })
  await createTeam(db, { organisation: PLACE.organisation, name: PLACE.team })
  policyKey = createPolicyKey()
  await trustPolicyKey(db, { organisation: PLACE.organisation, root: policyKey.root })
  await publish(policyKey)
  const person = { name: 'Demo Advocate 1', email: 'courier1@demo.example', role: 'advocate' } as const
  await addPerson(db, { ...PLACE, ...person, password: PASSWORD })
})
afterEach(async () => {
  line.heal()
  for (const desk of desks.splice(0)) {
    await desk.close()
    desk.remove()
  }
})
afterAll(async () => {
  await line.close()
  await world.close()
})

async function publish(key: PolicyKey): Promise<void> {
  const envelope = signPolicy(demoPolicy(PLACE.organisation, version), key)
  await publishPolicy(world.hub.store.db, { organisation: PLACE.organisation, envelope })
}

const keep = (desk: Desk): Desk => {
  desks.push(desk)
  return desk
}
const ticket = (hubUrl = `https://localhost:${line.port}`) =>
  createTicket(world.hub.store.db, {
    ...PLACE,
    label: 'Demo Desk',
    simulated: false,
    hours: 1,
    hubUrl,
    hubCa: world.hub.ca
  })

async function enrolled(): Promise<{ desk: Desk; device: string }> {
  const desk = keep(new Desk())
  desk.putTicket(await ticket())
  await desk.open()
  const { device } = await desk.hear('ready')
  await desk.hear('hub', ({ state }) => state === 'reachable')
  return { desk, device }
}

const stored = async (device: string): Promise<{ boot: string; seq: number; kind: string }[]> => {
  const found = await world.hub.store.db.execute(
    sql`SELECT boot, seq::int AS seq, body->>'kind' AS kind FROM record WHERE workstation_id = ${device} ORDER BY received_at, boot, seq`
  )
  return found.rows as { boot: string; seq: number; kind: string }[]
}
const alerts = async (device: string): Promise<string[]> => {
  const found = await world.hub.store.db.execute(sql`SELECT id FROM alert WHERE workstation_id = ${device}`)
  return found.rows.map((row) => String(row['id']))
}
const tile = async (device: string) => {
  const found = await world.hub.store.db.execute(sql`SELECT * FROM desk WHERE workstation_id = ${device}`)
  return found.rows[0]
}

describe('enrolment', () => {
  test('spends the ticket, seals what it bought, and is ready at the next start without the network', async () => {
    const { desk, device } = await enrolled()
    const ready = await desk.hear('ready')
    expect(ready).toMatchObject({
      organisation: 'Courier Care',
      team: 'Member Services',
      policyRoot: policyKey.root
    })
    expect(
      desk.said.filter(({ kind }) => kind === 'progress').map((said) => 'step' in said && said.step)
    ).toEqual(['keychain', 'hub', 'policy'])
    expect(existsSync(join(desk.folder, 'ticket.json'))).toBe(false)
    await desk.close()
    line.down()
    const next = keep(desk.next())
    await next.open()
    expect((await next.hear('ready')).device).toBe(device)
    await next.hear('hub', ({ state }) => state === 'unreachable')
  })

  test('takes a ticket whose removal a crash cut off for spent', async () => {
    const desk = keep(new Desk())
    const spent = await ticket()
    desk.putTicket(spent)
    await desk.open()
    await desk.hear('ready')
    await desk.close()
    const next = keep(desk.next())
    next.putTicket(spent)
    await next.open()
    await next.hear('ready')
    expect(existsSync(join(desk.folder, 'ticket.json'))).toBe(false)
    expect(next.said.some(({ kind }) => kind === 'refused')).toBe(false)
  })

  test('with a new ticket makes a new workstation with a new key, and keeps the outbox', async () => {
    const { desk, device } = await enrolled()
    line.down()
    desk.record(raised())
    await desk.hear('recorded')
    await desk.close()
    line.heal()
    const next = keep(desk.next())
    next.putTicket(await ticket())
    await next.open()
    const again = await next.hear('ready')
    expect(again.device).not.toBe(device)
    await next.hear('waiting', ({ count }) => count === 0)
    expect(await alerts(again.device)).toHaveLength(1)
  })

  test('says that a used ticket is refused', async () => {
    const spent = await ticket()
    const first = keep(new Desk())
    first.putTicket(spent)
    await first.open()
    await first.hear('ready')
    const second = keep(new Desk())
    second.putTicket(spent)
    await second.open()
    expect(await second.hear('refused')).toMatchObject({ reason: 'enrolment-refused' })
  })

  test('waits for a hub that is away, and says so meanwhile', async () => {
    line.down()
    const desk = keep(new Desk())
    desk.putTicket(await ticket())
    const opening = desk.open()
    expect(await desk.hear('refused')).toMatchObject({ reason: 'hub-unreachable' })
    line.heal()
    await desk.hear('ready')
    await opening
  })

  test.each([
    ['hangs', 'no-keychain'],
    ['fails', 'no-keychain'],
    ['forgets', 'no-keychain']
  ] as const)('is refused when the keychain %s', async (behaviour, reason) => {
    const desk = keep(new Desk())
    desk.keychain.behaviour = behaviour
    desk.putTicket(await ticket())
    await desk.open()
    expect(await desk.hear('refused')).toMatchObject({ reason })
    desk.record(raised())
    expect((await desk.hear('not-recorded')).problem).toMatch(/not open/)
    // The person unlocks the keychain and asks again: what was waiting is written now.
    desk.keychain.behaviour = 'works'
    await desk.open()
    await desk.hear('ready')
    await desk.hear('recorded')
  })

  test('is unreadable when the keychain lost the key, until IT gives a new ticket', async () => {
    const { desk } = await enrolled()
    await desk.close()
    desk.keychain.secrets.clear()
    const next = keep(desk.next())
    await next.open()
    expect(await next.hear('refused')).toMatchObject({ reason: 'enrolment-unreadable' })
    next.putTicket(await ticket())
    await next.open()
    await next.hear('ready')
  })

  test('is refused without a ticket, with a broken one, and with altered facts', async () => {
    const desk = keep(new Desk())
    await desk.open()
    expect(await desk.hear('refused')).toMatchObject({ reason: 'not-enrolled' })
    writeFileSync(join(desk.folder, 'ticket.json'), JSON.stringify({ ...(await ticket()), token: 'x' }))
    await desk.open()
    expect(await desk.hear('refused', ({ reason }) => reason === 'enrolment-unreadable')).toMatchObject({
      detail: expect.stringMatching(/ticket\.json, token/) as unknown
    })
    rmSync(join(desk.folder, 'ticket.json'))
    writeFileSync(join(desk.folder, 'enrolment.sealed'), 'not sealed')
    await desk.open()
    expect(
      await desk.hear('refused', ({ detail }) => detail.startsWith('enrolment.sealed was altered'))
    ).toMatchObject({ reason: 'enrolment-unreadable' })
  })
})

describe('the line to the hub', () => {
  test('believes no authority but the enrolled one', async () => {
    const other = await World.start({})
    try {
      const desk = keep(new Desk())
      desk.putTicket({ ...(await ticket()), hubUrl: other.deviceUrl })
      void desk.open()
      expect(await desk.hear('refused')).toMatchObject({
        reason: 'hub-unreachable',
        detail: expect.stringMatching(/certificate/) as unknown
      })
      await desk.close()
    } finally {
      await other.close()
    }
  })

  test('speaks TLS 1.3 and nothing older', async () => {
    const read = (name: string): Buffer => readFileSync(join(world.folder, 'tls', name))
    const [certificate, key] = [read('leaf.crt'), read('leaf.key')]
    const old = createTls({ cert: certificate, key, maxVersion: 'TLSv1.2' }, (socket) => socket.end())
    await new Promise<void>((resolve) => old.listen(0, '127.0.0.1', resolve))
    const desk = keep(new Desk())
    desk.putTicket(await ticket(`https://localhost:${(old.address() as AddressInfo).port}`))
    void desk.open()
    const refused = await desk.hear('refused')
    expect(refused).toMatchObject({
      reason: 'hub-unreachable',
      detail: expect.stringMatching(/TLS|SSL|PROTOCOL/) as unknown
    })
    await desk.close()
    await new Promise((resolve) => old.close(resolve))
  })

  test.each([
    [
      'more than a reply may have',
      'MAX_SIZE',
      (response: ServerResponse) => response.end(Buffer.alloc(3_000_000, 0x20))
    ],
    [
      'a drip that never ends',
      'in time',
      (response: ServerResponse) => void setInterval(() => response.write(' '), 50)
    ],
    [
      'half a reply',
      '',
      (response: ServerResponse) => void response.write('{"v":1,', () => response.destroy())
    ]
  ])('gives up on %s, and ignores the proxy of the environment', async (_what, problem, behave) => {
    const read = (name: string): Buffer => readFileSync(join(world.folder, 'tls', name))
    const odd = createHttps({ cert: read('leaf.crt'), key: read('leaf.key') }, (_request, response) => {
      response.writeHead(200)
      behave(response)
    })
    await new Promise<void>((resolve) => odd.listen(0, '127.0.0.1', resolve))
    process.env['HTTPS_PROXY'] = 'http://127.0.0.1:9'
    const hub = openLine(world.hub.ca)
    try {
      const outcome = await hub.send({
        method: 'POST',
        url: `https://localhost:${(odd.address() as AddressInfo).port}/device/v1/sync`,
        body: Buffer.from('{}'),
        proof: 'x',
        token: null,
        limitMs: 800,
        signal: new AbortController().signal
      })
      expect(outcome).toMatchObject({
        kind: 'no-answer',
        problem: expect.stringContaining(problem) as unknown
      })
    } finally {
      delete process.env['HTTPS_PROXY']
      await hub.close()
      odd.closeAllConnections()
      await new Promise((resolve) => odd.close(resolve))
    }
  })

  test('carries an alert within a second over a warm connection, without a handshake', async () => {
    const { desk, device } = await enrolled()
    await new Promise((resolve) => setTimeout(resolve, 1000)) // its waiting line stands, and it has attested
    const connections = line.seen.connections
    const alert = raised()
    const began = performance.now()
    desk.record(alert)
    await desk.hear('waiting', ({ count }) => count === 0, { after: desk.said.length })
    const took = performance.now() - began
    console.log(`an alert was stored at the hub ${took.toFixed(0)} ms after it was handed to the courier`)
    expect(took).toBeLessThan(1000)
    expect(line.seen.connections).toBe(connections)
    expect(await alerts(device)).toEqual([alert.alert.id])
  })

  test('E1: delivers what was raised while the hub was away, once each, soon after it is back', async () => {
    const { desk, device } = await enrolled()
    line.down()
    const ids = Array.from({ length: 30 }, () => raised())
    for (const [n, body] of ids.entries()) {
      desk.record(body)
      if (n % 3 === 0) desk.record(ended(body.alert.id))
    }
    await desk.hear('waiting', ({ count }) => count === 40)
    await desk.hear('hub', ({ state }) => state === 'unreachable')
    await new Promise((resolve) => setTimeout(resolve, 1500))
    line.heal()
    const began = performance.now()
    await desk.hear('waiting', ({ count }) => count === 0, { withinMs: 8000, after: desk.said.length - 1 })
    expect(performance.now() - began).toBeLessThan(6000)
    expect((await alerts(device)).sort()).toEqual(ids.map(({ alert }) => alert.id).sort())
    expect((await stored(device)).map(({ seq }) => seq)).toEqual(Array.from({ length: 40 }, (_, n) => n))
  })

  test('E4: loses and doubles nothing over a line that is cut, sliced and slow', async () => {
    const { desk, device } = await enrolled()
    const ids: string[] = []
    for (let round = 0; round < 25; round += 1) {
      line.set({
        sliceBytes: [0, 7, 500][round % 3]!,
        cutAfterBytes: round % 4 === 1 ? 600 : 0,
        latencyMs: round % 5
      })
      const body = raised()
      ids.push(body.alert.id)
      desk.record(body)
      await new Promise((resolve) => setTimeout(resolve, 40))
      if (round % 6 === 5) line.cut()
    }
    line.heal()
    await desk.hear('waiting', ({ count }) => count === 0, { after: desk.said.length - 1, withinMs: 15_000 })
    expect((await alerts(device)).sort()).toEqual(ids.sort())
  })

  test('gives a stalled heartbeat up for an alert', async () => {
    const { desk, device } = await enrolled()
    line.set({ stall: true })
    await new Promise((resolve) => setTimeout(resolve, 2200)) // a heartbeat hangs by now
    const connections = line.seen.connections
    const alert = raised()
    desk.record(alert)
    // Within a second, not when the heartbeat's own time is over.
    await expect
      .poll(() => line.seen.connections, { timeout: 1000, interval: 20 })
      .toBeGreaterThan(connections)
    line.heal()
    await desk.hear('waiting', ({ count }) => count === 0, { after: desk.said.length - 1, withinMs: 4000 })
    expect(await alerts(device)).toEqual([alert.alert.id])
  })

  test('says that a stalled hub is unreachable, and reaches it again', async () => {
    const { desk } = await enrolled()
    line.set({ stall: true })
    const gone = await desk.hear('hub', ({ state }) => state === 'unreachable', { withinMs: 25_000 })
    // Which it is depends on whether an attestation gave the line up before.
    expect(gone.problem).toMatch(/^(no answer in time|UND_ERR_CONNECT_TIMEOUT)$/)
    const after = desk.said.length
    line.heal()
    await desk.hear('hub', ({ state }) => state === 'reachable', { after, withinMs: 25_000 })
  })

  test('shows the newest desk on the board without waiting for the heartbeat', async () => {
    const { desk, device } = await enrolled()
    await desk.send({ kind: 'desk', desk: snapshot({ state: 'hidden', reasons: ['phone'] }) })
    await expect
      .poll(async () => (await tile(device))?.['state'], { timeout: 900, interval: 50 })
      .toBe('hidden')
  })

  test('fetches a newer policy, offers it, and keeps it for the next start', async () => {
    const { desk } = await enrolled()
    version += 1
    await publish(policyKey)
    const { policy } = await desk.hear('trust', (said) => said.policy !== null, { withinMs: 8000 })
    await desk.close()
    line.down()
    const next = keep(desk.next())
    await next.open()
    expect((await next.hear('ready')).policy).toEqual(policy)
  })

  test.each([-400 * 86_400_000, 400 * 86_400_000])(
    'D9: enrols and delivers with a wall clock that is %d ms off',
    async (offset) => {
      const clock = { monotonic: () => performance.now(), wall: () => Date.now() + offset }
      const desk = keep(new Desk(undefined, undefined, undefined, clock))
      desk.putTicket(await ticket())
      await desk.open()
      const { device } = await desk.hear('ready')
      desk.record(raised())
      await expect.poll(() => alerts(device).then((ids) => ids.length), { timeout: 5000 }).toBe(1)
    }
  )

  test('F5: of a copied profile that runs twice both programs are told within a heartbeat, and keep what they recorded', async () => {
    const { desk, device } = await enrolled()
    const copy = keep(new Desk(undefined, desk.keychain))
    cpSync(desk.folder, copy.folder, { recursive: true })
    await copy.open()
    await copy.hear('hub', ({ state }) => state === 'reachable')
    const { alert } = raised()
    desk.record({ kind: 'alert-raised', alert })
    for (const one of [desk, copy]) {
      const refused = await one.hear('refused')
      expect(refused.reason).toBe('quarantined')
    }
    expect(await alerts(device)).not.toContain(alert.id)
    const rules = await world.hub.store.db.execute(
      sql`SELECT rule FROM alert WHERE workstation_id = ${device}`
    )
    expect(rules.rows).toEqual([{ rule: 'device-copied' }])
    await releaseWorkstation(world.hub.store.db, device)
  })

  test('F1: attests by itself: at its start, when somebody signs in, and when what looks has changed', async () => {
    const { desk, device } = await enrolled()
    const attested = async () =>
      (
        await world.hub.store.db.execute(
          sql`SELECT person_id, model, threshold_hash, build_hash FROM attestation WHERE workstation_id = ${device} ORDER BY at`
        )
      ).rows
    await expect.poll(attested, { timeout: 10_000 }).toHaveLength(1)
    await desk.send({ kind: 'sign-in', handle: 'a', email: 'courier1@demo.example', password: PASSWORD })
    const { person } = await desk.hear('signed-in')
    await desk.send({ kind: 'desk', desk: snapshot({ state: 'shown', person, policyVersion: 1 }) })
    const hashes = {
      modelHash: '1'.repeat(64),
      thresholds: thresholdDigest(demoPolicy(PLACE.organisation, 1))
    }
    await desk.send({ kind: 'sensing', model: 'eyes@1', ...hashes })
    await expect
      .poll(async () => (await attested()).at(-1), { timeout: 10_000 })
      .toMatchObject({ person_id: person.id, model: 'eyes@1', threshold_hash: hashes.thresholds })
    await expect
      .poll(async () => (await tile(device))?.['attestation_id'], { timeout: 10_000 })
      .not.toBeNull()
  })

  test('F1: attests the policy that the trusted root vouches for, and none that nobody published', async () => {
    const { desk, device } = await enrolled()
    version += 1
    await publish(policyKey)
    await desk.hear('trust', (said) => said.policy !== null, { withinMs: 8000 })
    const attested = async () =>
      (
        await world.hub.store.db.execute(
          sql`SELECT policy_version FROM attestation WHERE workstation_id = ${device} ORDER BY at DESC LIMIT 1`
        )
      ).rows
    const sensing = {
      kind: 'sensing',
      modelHash: '1'.repeat(64),
      thresholds: thresholdDigest(demoPolicy(PLACE.organisation, version))
    } as const
    await desk.send({ kind: 'desk', desk: snapshot({ policyVersion: version }) })
    await desk.send({ ...sensing, model: 'eyes@1' })
    await expect.poll(attested, { timeout: 10_000 }).toEqual([{ policy_version: version }])
    await desk.send({ kind: 'desk', desk: snapshot({ policyVersion: version + 1 }) })
    await desk.send({ ...sensing, model: 'eyes@2' })
    const notes = async () =>
      (
        await world.hub.store.db.execute(
          sql`SELECT detail FROM security_event WHERE workstation_id = ${device} AND code = 'attestation-refused'`
        )
      ).rows
    await expect
      .poll(notes, { timeout: 10_000 })
      .toContainEqual({ detail: 'bad-attestation statement.policyVersion' })
    expect(await attested()).toEqual([{ policy_version: version }])
  })

  test('F4: is shut out within two seconds of its revocation, whatever its heartbeat', async () => {
    const { desk, device } = await enrolled()
    await new Promise((resolve) => setTimeout(resolve, 300)) // its waiting line stands
    await revokeWorkstation(world.hub.store.db, device)
    const refused = await desk.hear('refused', () => true, { withinMs: 2000 })
    expect(refused.reason).toBe('revoked')
  })

  test('F5: released from its quarantine it is cleared, once', async () => {
    const boot = randomUUID()
    const ahead = { skip: 0 }
    const clock: Clock = {
      monotonic: () => performance.now() + ahead.skip,
      wall: () => Date.now()
    }
    const desk = keep(new Desk(undefined, undefined, boot, clock))
    desk.putTicket(await ticket())
    await desk.open()
    const { device } = await desk.hear('ready')
    await desk.hear('hub', ({ state }) => state === 'reachable')
    await world.hub.store.db.execute(
      sql`UPDATE workstation SET quarantined_at = now(), quarantine_reason = 'two-runs' WHERE id = ${device}`
    )
    await desk.hear('refused', ({ reason }) => reason === 'quarantined')
    const { length } = desk.said
    await releaseWorkstation(world.hub.store.db, device)
    ahead.skip += 31_000
    desk.record({ kind: 'alert-raised', alert: raised().alert })
    await desk.hear('cleared', () => true, { after: length })
    await desk.hear('hub', ({ state }) => state === 'reachable', { after: length })
    await new Promise((resolve) => setTimeout(resolve, 1500)) // an attestation and a heartbeat later
    expect(
      desk.said.slice(length).filter((said) => said.kind === 'cleared' && said.what === 'device')
    ).toHaveLength(1)
    expect(desk.said.slice(length).filter(({ kind }) => kind === 'ready')).toEqual([])
  })

  test('F8: where the policy wants a TPM and the key is in the keychain, nobody signs in, though the hub says yes', async () => {
    const { desk } = await enrolled()
    await desk.send({ kind: 'sign-in', handle: 'a', email: 'courier1@demo.example', password: PASSWORD })
    await desk.hear('signed-in')
    version += 1
    const wanting = { ...demoPolicy(PLACE.organisation, version), device: { keyClass: 'tpm' as const } }
    const { db } = world.hub.store
    try {
      await publishPolicy(db, { organisation: PLACE.organisation, envelope: signPolicy(wanting, policyKey) })
      // The hub, asked to attest under that policy, may refuse before the desk itself has taken it.
      const labels = (): readonly unknown[] =>
        desk.said
          .filter((said) => said.kind === 'refused')
          .map((said) => said.reason === 'attestation-refused' && said.label)
      await expect.poll(labels, { timeout: 10_000 }).toContainEqual(expect.stringContaining('TPM'))
      // A demo's hub takes sign-ins without an attestation: it would have said yes.
      await desk.send({ kind: 'sign-in', handle: 'b', email: 'courier1@demo.example', password: PASSWORD })
      expect(await desk.hear('sign-in-refused')).toMatchObject({ handle: 'b', reason: 'not-attested' })
    } finally {
      version += 1
      await publish(policyKey)
    }
    const { length } = desk.said
    await desk.hear('cleared', ({ what }) => what === 'attestation', { after: length - 1, withinMs: 20_000 })
    await desk.send({ kind: 'sign-in', handle: 'c', email: 'courier1@demo.example', password: PASSWORD })
    await desk.hear('signed-in', ({ handle }) => handle === 'c')
  })

  test('F4: hears within two seconds that its session ended at the hub', async () => {
    const { desk, device } = await enrolled()
    await desk.send({ kind: 'sign-in', handle: 'a', email: 'courier1@demo.example', password: PASSWORD })
    const { person } = await desk.hear('signed-in')
    await desk.hear('session')
    await new Promise((resolve) => setTimeout(resolve, 300)) // its waiting line stands
    const { length } = desk.said
    const which = { organisation: PLACE.organisation, email: 'courier1@demo.example' }
    await world.hub.store.db.transaction((tx) => disablePerson(tx, which))
    await desk.hear('session', (said) => said.person === null, { after: length, withinMs: 2000 })
    expect(person.name).toBe('Demo Advocate 1')
    await enablePerson(world.hub.store.db, which)
    expect(device).not.toBe('')
  })

  test('F1: a machine that cannot attest says so, and when it can again', async () => {
    const program = { broken: true }
    const measure = (): Promise<string> =>
      program.broken
        ? Promise.reject(new Error('the program cannot be read'))
        : Promise.resolve(SIMULATED_BUILD)
    const desk = keep(new Desk(undefined, undefined, undefined, undefined, undefined, measure))
    desk.putTicket(await ticket())
    await desk.open()
    expect(await desk.hear('attestation')).toEqual({
      kind: 'attestation',
      problem: 'the program cannot be read'
    })
    program.broken = false
    const hashes = {
      modelHash: '1'.repeat(64),
      thresholds: thresholdDigest(demoPolicy(PLACE.organisation, 1))
    }
    await desk.send({ kind: 'desk', desk: snapshot() })
    await desk.send({ kind: 'sensing', model: 'eyes@1', ...hashes })
    await desk.hear('attestation', ({ problem }) => problem === null)
  })

  test('is shut out when IT revokes the workstation, and says so once', async () => {
    const { desk, device } = await enrolled()
    await revokeWorkstation(world.hub.store.db, device)
    const refused = await desk.hear('refused', () => true, { withinMs: 5000 })
    expect(refused.reason).toBe('revoked')
    await desk.send({ kind: 'sign-in', handle: 'x', email: 'courier1@demo.example', password: PASSWORD })
    expect(await desk.hear('sign-in-refused')).toMatchObject({ reason: 'revoked' })
    expect(desk.said.filter(({ kind }) => kind === 'refused')).toHaveLength(1)
  })
})

describe('signing in', () => {
  const signIn = async (desk: Desk, password: string, email = 'courier1@demo.example') => {
    const handle = randomUUID()
    await desk.send({ kind: 'sign-in', handle, email, password })
    return desk.said.find((message) => 'handle' in message && message.handle === handle)
  }

  test('works against the hub, and ends there too', async () => {
    const { desk, device } = await enrolled()
    expect(await signIn(desk, PASSWORD)).toMatchObject({
      kind: 'signed-in',
      person: { name: 'Demo Advocate 1' }
    })
    const open = async () =>
      (
        await world.hub.store.db.execute(
          sql`SELECT 1 FROM device_session WHERE workstation_id = ${device} AND ended_at IS NULL`
        )
      ).rows.length
    expect(await open()).toBe(1)
    await desk.send({ kind: 'sign-out' })
    expect(await open()).toBe(0)
  })

  test('is refused for a wrong password, an impossible one, and without the hub', async () => {
    const { desk } = await enrolled()
    expect(await signIn(desk, 'wrong')).toMatchObject({ reason: 'bad-credentials' })
    expect(await signIn(desk, '')).toMatchObject({ reason: 'bad-credentials' })
    line.down()
    expect(await signIn(desk, PASSWORD)).toMatchObject({ reason: 'hub-unreachable' })
  })

  test('leaves the password in no file and no message', async () => {
    const { desk } = await enrolled()
    const canary = 'canary-8c1e-password'
    await signIn(desk, canary)
    await signIn(desk, PASSWORD)
    await desk.close()
    const files = readdirSync(desk.folder, { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile()
    )
    expect(files.length).toBeGreaterThan(0)
    for (const { parentPath, name } of files) {
      const bytes = readFileSync(join(parentPath, name))
      for (const word of [canary, PASSWORD]) expect(bytes.includes(word)).toBe(false)
    }
    expect(JSON.stringify(desk.said)).not.toMatch(/canary-8c1e|correct horse/)
  })

  test('ends a session at the hub as soon as it is back', async () => {
    const { desk, device } = await enrolled()
    await signIn(desk, PASSWORD)
    line.down()
    await desk.send({ kind: 'sign-out' })
    line.heal()
    await expect
      .poll(
        async () =>
          (
            await world.hub.store.db.execute(
              sql`SELECT 1 FROM device_session WHERE workstation_id = ${device} AND ended_at IS NULL`
            )
          ).rows.length,
        { timeout: 8000 }
      )
      .toBe(0)
  })
})

describe('closing', () => {
  test('delivers what it can within its limit and says what is left', async () => {
    const { desk, device } = await enrolled()
    desk.record({ kind: 'event', code: 'ipc-refused', detail: '', count: 1 })
    await desk.close(3000)
    expect(await desk.hear('closed')).toEqual({ kind: 'closed', waiting: 0 })
    expect(await stored(device)).toHaveLength(1)
  })

  test('keeps what the hub did not take for the next start', async () => {
    const { desk } = await enrolled()
    line.down()
    desk.record(raised())
    await desk.hear('recorded')
    await desk.close(300)
    expect((await desk.hear('closed')).waiting).toBe(1)
    line.heal()
    const next = keep(desk.next())
    await next.open()
    const { device } = await next.hear('ready')
    await expect.poll(() => alerts(device).then((ids) => ids.length), { timeout: 8000 }).toBe(1)
  })
})
