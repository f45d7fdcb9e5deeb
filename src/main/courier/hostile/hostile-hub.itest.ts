import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { fakeTpmStore } from '../../../../test/trust/hostile/fake-tpm'
import {
  attempt,
  everyTryIsAnEvent,
  expects,
  picture,
  type Surface
} from '../../../../test/trust/hostile/case'
import {
  DAY,
  GRACE,
  model,
  now,
  policy,
  snapshot,
  thief,
  ORGANISATION
} from '../../../../test/trust/hostile/documents'
import { HostileScene, poll } from '../../../../test/trust/hostile/scene'
import { accommodations } from '../../../../test/trust/hostile/surfaces/accommodation'
import { attestation, challenge } from '../../../../test/trust/hostile/surfaces/attestation'
import {
  ACTIVATION,
  activation,
  ENROL,
  endOf,
  enrolment,
  type EnrolmentCase
} from '../../../../test/trust/hostile/surfaces/enrolment'
import { breakGlass } from '../../../../test/trust/hostile/surfaces/break-glass'
import { errors } from '../../../../test/trust/hostile/surfaces/errors'
import { instructions } from '../../../../test/trust/hostile/surfaces/instructions'
import { modelManifest, modelPieces } from '../../../../test/trust/hostile/surfaces/model'
import { appeal, ownAlerts } from '../../../../test/trust/hostile/surfaces/own-alerts'
import { policies, roots, snapshots } from '../../../../test/trust/hostile/surfaces/policy-path'
import { offline, session, signingIn, waking } from '../../../../test/trust/hostile/surfaces/session'
import { sync } from '../../../../test/trust/hostile/surfaces/sync'
import { transport } from '../../../../test/trust/hostile/surfaces/transport'
import { policyPath, rootsPath, snapshotPath } from '../../../../test/trust/hostile/surfaces/trust'
import { fieldsOf, replies } from '../../../../test/trust/hostile/wire-fields'
import { json } from '../../../../test/trust/lying-hub'
import { Workstation } from '../../../../test/trust/workstation'
import { SNAPSHOT_PATH } from '../../../contract/wire/v1/device'
import { modelPath } from '../../../contract/wire/v1/model'
import type { KeyStore } from '../../../device/contract/device-key'
import { ensureCertificate } from '../../../hub/tls/authority'
import { publishPolicy, publishSnapshot } from '../../../provision/index'

let scene: HostileScene
beforeAll(async () => {
  scene = await HostileScene.start()
})
afterEach(() => scene.rest())
afterAll(() => scene.close())

/** In this order: what leaves a desk less able comes last. */
const onADesk: readonly Surface[] = [
  sync,
  rootsPath,
  roots,
  snapshotPath,
  snapshots,
  challenge,
  attestation,
  breakGlass,
  accommodations,
  instructions,
  ownAlerts,
  appeal,
  offline,
  session,
  waking
]
const all = async (station: Workstation, surfaces: readonly Surface[]): Promise<void> => {
  for (const surface of surfaces)
    for (const cases of Object.values(surface.cases))
      for (const one of cases) await attempt(scene, station, surface, one)
}

describe('F8 a hub that was taken over', { timeout: 180_000 }, () => {
  test('F8 has a hostile case for every field of the wire that comes down', () => {
    const tried = [...onADesk, policyPath, modelManifest, modelPieces, signingIn, errors].flatMap(
      ({ cases }) => Object.keys(cases)
    )
    const known = new Set([...tried, ...Object.keys(enrolment), ...Object.keys(activation)])
    const fields = Object.entries(replies).flatMap(([name, schema]) => fieldsOf(name, schema))
    expect(fields.length).toBeGreaterThan(50)
    expect(fields.filter((field) => !known.has(field))).toEqual([])
  })

  test('F8 loosens nothing by any field of its replies, and each try is an event', async () => {
    const { station } = await scene.signedIn()
    await all(station, onADesk)
    await everyTryIsAnEvent(scene, station)
    expect(scene.visits).toBe(0)
  })

  test('F8 loosens nothing by refusing, and by signing in whom it likes', async () => {
    const { station } = await scene.enrolled()
    await all(station, [signingIn, errors])
    await everyTryIsAnEvent(scene, station)
  })

  test('F8 loosens nothing by what HTTP can do', async () => {
    const { station } = await scene.signedIn()
    await all(station, [transport])
    await everyTryIsAnEvent(scene, station)
    expect(scene.visits).toBe(0)
  })

  test('F8 is not believed under another name, another authority or an older TLS', async () => {
    const { station } = await scene.signedIn()
    const before = picture(station)
    for (const [as, problem] of await disguises()) {
      scene.hub.disguise(as)
      expects(station, problem)
      await station.speak()
      await expect.poll(() => station.odd, { ...poll, message: problem }).toContain(problem)
      expect(picture(station)).toEqual(before)
    }
    scene.hub.disguise()
    await everyTryIsAnEvent(scene, station)
  })

  test('F8 hands out another policy while one is named: each try is an event, the last good one stays', async () => {
    const { station } = await scene.enrolled()
    const naming = (surface: Surface): Surface => ({
      ...surface,
      provoke: (at, to) => {
        to.hub.bends.set(sync.path, (reply) => ({ ...reply, policyVersion: 3 }))
        return surface.provoke(at, to)
      }
    })
    await all(station, [naming(policies), naming(policyPath)])
    await everyTryIsAnEvent(scene, station)
  })

  test('F8 swaps the model, its bytes, its version: nothing of it is used, and each try is an event', async () => {
    const which = { name: 'desk-eyes', version: 3 }
    scene.hub.lies.set(modelPath(which), json({ code: 'unavailable', message: '' }, 503))
    const station = await scene.station()
    await expect.poll(() => station.desk.facts.policy?.version, poll).toBe(2)
    const wellFormed: Surface = {
      path: modelPath(which),
      provoke: modelManifest.provoke,
      cases: {
        others: [
          {
            what: 'another manifest than the snapshot names',
            lie: () => json(model({ description: 'Sees nothing.' })),
            record: 'desk-eyes version 3: not what the snapshot names'
          },
          { what: 'a thief’s', lie: () => json(model({}, thief)), record: 'desk-eyes version 3: not signed' },
          {
            what: 'an older one',
            lie: () => json(model({ version: 2 })),
            record: 'desk-eyes version 3: another model'
          }
        ]
      }
    }
    // While a case says nothing of the other path, that one is shut: no model arrives between two tries.
    const shut = (surface: Surface, path: string): Surface => ({
      ...surface,
      provoke: (at, to) => {
        to.hub.lies.set(path, json({ code: 'unavailable', message: '' }, 503))
        return surface.provoke(at, to)
      }
    })
    scene.hub.repent()
    await all(station, [
      shut(modelManifest, modelPieces.path),
      shut(wellFormed, modelPieces.path),
      modelPieces
    ])
    expect(station.said.some(({ kind }) => kind === 'model')).toBe(false)
    await everyTryIsAnEvent(scene, station)
    station.skipped += 11 * 60_000
    await expect.poll(() => station.said.some(({ kind }) => kind === 'model'), poll).toBe(true)
  })

  test('F8 has what was never sent dropped by acknowledging it: it is sent to the true hub', async () => {
    const { station, device } = await scene.enrolled()
    // The answer waits until something was recorded that it cannot be about.
    let answer = (): void => undefined
    const told = scene.hub.toldAt(sync.path)
    scene.hub.lies.set(sync.path, (response) => {
      answer = () =>
        json({
          v: 1,
          ackBelow: 2 ** 30,
          policyVersion: 2,
          models: [],
          serverTime: now.toISOString(),
          heartbeatMs: 500
        })(response)
    })
    await expect.poll(() => scene.hub.toldAt(sync.path), poll).toBeGreaterThan(told)
    const written = (): number => station.said.filter(({ kind }) => kind === 'recorded').length
    const before = written()
    station.desk.event('helper-died', 'what nobody sent')
    await expect.poll(written, poll).toBeGreaterThan(before)
    answer()
    await expect.poll(() => station.odd, poll).toContain('sync: it acknowledges what was never sent')
    scene.hub.repent()
    await expect.poll(() => scene.events(device), poll).toContain('helper-died what nobody sent')
  })
})

describe('F8 a hub that was taken over enrols', () => {
  const tries: readonly (readonly [string, EnrolmentCase, string])[] = [
    ...Object.values(enrolment).flatMap((cases) => cases.map((one) => [one.what, one, ENROL] as const)),
    ...Object.values(activation).flatMap((cases) => cases.map((one) => [one.what, one, ACTIVATION] as const))
  ]
  test.each(tries)('F8 %s', async (_, { bend, lie, record, end }, path) => {
    const hardware = path === ACTIVATION ? fakeTpmStore() : null
    const station = scene.keep(new Workstation(undefined, undefined, hardware))
    if (bend !== undefined) scene.hub.bends.set(path, bend)
    if (lie !== undefined) scene.hub.lies.set(path, lie(scene))
    void station.start(await scene.ticket())
    await expect.poll(() => endOf(station), poll).toBe(end)
    const said = [...station.odd, ...station.refused]
    expect(said.filter((label) => label.startsWith(record ?? 'x'))).toHaveLength(record === null ? 0 : 1)
    expect([station.reveals, scene.visits]).toEqual([0, 0])
    if (record === null) return
    scene.hub.repent()
    // The true hub hears of it: as soon as it answers, or, where the ticket is given up, once IT gives another.
    const enrols = end === 'refused' ? await startedAnew(station, hardware) : station
    await expect.poll(() => endOf(enrols), poll).toBe('enrolled')
    await expect
      .poll(async () => (await scene.events(enrols.device)).filter((event) => event.includes(record)), poll)
      .toHaveLength(1)
  })
})

describe('F8 a hub that was taken over, later', () => {
  test('F8 what IT really publishes is taken from it', async () => {
    const { station } = await scene.enrolled()
    const { db } = scene.world.hub.store
    await publishPolicy(db, { organisation: ORGANISATION, envelope: policy(3) })
    await publishSnapshot(db, { organisation: ORGANISATION, envelope: snapshot(2, 3), now })
    await expect.poll(() => station.desk.facts.policy?.version, poll).toBe(3)
    expect(station.refused).toEqual([])
  })

  test('F8 hands out another policy from its database: refused, the last good one stays', async () => {
    const { db } = scene.world.hub.store
    const swap = (version: number, envelope: object) =>
      db.execute(sql`
        UPDATE policy SET envelope = ${JSON.stringify(envelope)}::jsonb WHERE version = ${version}
        AND organisation_id = (SELECT organisation_id FROM organisation WHERE name = ${ORGANISATION})`)
    await swap(3, policy(3, [thief]))
    // Even a desk that has no policy yet takes none rather than that one.
    const station = await scene.station()
    await expect.poll(() => station.refused.length, poll).toBeGreaterThan(0)
    expect(station.refused[0]).toContain('policy: not signed')
    expect(station.desk.facts).toMatchObject({ policy: null, phase: 'refused' })
    await swap(3, policy(3))
    station.skipped += 11 * 60_000
    await expect.poll(() => station.desk.facts.policy?.version, poll).toBe(3)
    expect(station.desk.facts.phase).toBe('signed-out')
  })

  test('F8 withholds everything: the desk keeps its rules, says so, hides after their grace, and no clock brings it back', async () => {
    const { station } = await scene.enrolled(3)
    scene.hub.bends.set(sync.path, (reply) => ({ ...reply, policyVersion: 4 }))
    scene.hub.lies.set(SNAPSHOT_PATH, json(snapshot(2, 3)))
    const before = station.desk.facts.policy
    station.skipped += 7 * DAY
    await expect
      .poll(() => station.refused.some((problem) => problem.startsWith('snapshot: snapshot expired')), poll)
      .toBe(true)
    expect(station.lapsed).toBe(false)
    station.skipped += GRACE + 60_000
    await expect.poll(() => station.lapsed, poll).toBe(true)
    expect(station.desk.facts.policy).toEqual(before)
    station.wallSet = -30 * DAY
    await station.speak()
    await new Promise((resolve) => setTimeout(resolve, 600)) // two looks of the watch
    expect(station.lapsed).toBe(true)
    // Nor does a start anew with a clock that was set back: the time that was seen is kept sealed.
    await station.stop()
    const next = scene.keep(new Workstation(station.folder, station.keychain))
    next.wallSet = -30 * DAY
    await next.start()
    await expect.poll(() => next.lapsed, poll).toBe(true)
    expect(next.desk.facts.policy?.version).toBe(3)
    scene.hub.lies.set(SNAPSHOT_PATH, json(snapshot(3, 3, new Date(now.getTime() + 7 * DAY))))
    next.skipped += 11 * 60_000
    await expect.poll(() => next.lapsed, poll).toBe(false)
  })
})

async function startedAnew(station: Workstation, hardware: KeyStore | null): Promise<Workstation> {
  await station.stop()
  const next = scene.keep(new Workstation(station.folder, station.keychain, hardware))
  await next.start(await scene.ticket())
  return next
}

/** What a server may show that is not the enrolled hub, with what a desk says to it. */
async function disguises() {
  const folder = mkdtempSync(join(tmpdir(), 'disguise-'))
  const own = join(scene.world.folder, 'tls')
  const tls = (from: { readonly key: string; readonly certificate: string }) => ({
    key: from.key,
    cert: from.certificate,
    minVersion: 'TLSv1.3' as const
  })
  const read = (name: string) => readFileSync(join(own, name), 'utf8')
  try {
    for (const name of ['ca.key', 'ca.crt']) cpSync(join(own, name), join(folder, name))
    const otherName = await ensureCertificate(folder, ['other.example'], new Date())
    const otherAuthority = await ensureCertificate(join(folder, 'other'), ['localhost'], new Date())
    const old = tls({ key: read('leaf.key'), certificate: read('leaf.crt') })
    return [
      [tls(otherName), 'line: certificate not trusted (ERR_TLS_CERT_ALTNAME_INVALID)'],
      [tls(otherAuthority), 'line: certificate not trusted (UNABLE_TO_VERIFY_LEAF_SIGNATURE)'],
      [
        { ...old, minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' },
        'line: certificate not trusted (ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION)'
      ]
    ] as const
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
