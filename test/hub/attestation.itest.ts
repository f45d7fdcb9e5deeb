import { createHash, randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  DeviceClient,
  newIdentity,
  SIMULATED_BUILD,
  type BentStatement
} from '../../scripts/demo/desks/device-client'
import { STATEMENT_TYPE } from '../../src/contract/wire/v1/attestation'
import type { ProofClaims } from '../../src/contract/wire/v1/device'
import { postureDigest, thresholdDigest } from '../../src/core/attestation/digest'
import { issueChallenge, newNonce, takeChallenge } from '../../src/hub/attestation/challenge'
import { ATTESTATION_RETENTION_MS, pruneAttestations } from '../../src/hub/attestation/prune'
import { allowBuild, revokeWorkstation, setAttestation, withdrawBuild } from '../../src/provision/index'
import { createTokens } from '../../src/hub/attestation/token'
import { workstation } from '../../src/hub/store/tables'
import { DEMO, demoPolicy, OTHER, PASSWORD, raised, records, World } from './support/world'

let world: World
beforeAll(async () => {
  world = await World.start()
})
afterAll(() => world.close())

const rows = async (query: ReturnType<typeof sql>) => (await world.hub.store.db.execute(query)).rows
const rowOf = async (client: DeviceClient) => {
  const found = await world.hub.store.db
    .select()
    .from(workstation)
    .where(sql`id = ${client.device}`)
  if (found[0] === undefined) throw new Error('no workstation')
  return found[0]
}
const desk = (person: { id: string; name: string } | null = null) => ({
  state: 'shown' as const,
  reasons: [],
  since: '2026-11-26T10:00:00.000Z',
  person,
  policyVersion: 1,
  model: '',
  checks: []
})

describe('nonces', () => {
  test('F1: have 256 bits, and a million of them are a million', () => {
    const seen = new Set<string>()
    for (let n = 0; n < 1_000_000; n += 1) seen.add(newNonce())
    expect(seen.size).toBe(1_000_000)
    expect(Buffer.from(newNonce(), 'base64url')).toHaveLength(32)
  })

  test('F1: a hundred parallel uses of one: exactly one wins', async () => {
    const client = await world.device()
    const row = await rowOf(client)
    const { db } = world.hub.store
    const now = new Date()
    const nonce = await issueChallenge(db, row, client.boot, now)
    const taken = await Promise.all(
      Array.from({ length: 100 }, () =>
        db.transaction((tx) => takeChallenge(tx, row, client.boot, nonce, now))
      )
    )
    expect(taken.filter(Boolean)).toHaveLength(1)
  })

  test('F1: a hundred attestations over one nonce on the wire: exactly one is taken', async () => {
    const client = await world.device()
    const nonce = await client.challenge()
    const answers = await Promise.all(Array.from({ length: 100 }, () => client.sendAttestation(nonce)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    const [found] = await rows(
      sql`SELECT count(*)::int AS n FROM attestation WHERE workstation_id = ${client.device}`
    )
    expect(found?.['n']).toBe(1)
  })

  test('F1: is refused after 120 s, to another device, to another run, and when a newer one was asked for', async () => {
    const [client, other] = [await world.device(), await world.device()]
    const [row, otherRow] = [await rowOf(client), await rowOf(other)]
    const { db } = world.hub.store
    const now = new Date()
    const nonce = await issueChallenge(db, row, client.boot, now)
    expect(await takeChallenge(db, otherRow, client.boot, nonce, now)).toBe(false)
    expect(await takeChallenge(db, row, randomUUID(), nonce, now)).toBe(false)
    const late = new Date(now.getTime() + 120_000)
    expect(await takeChallenge(db, row, client.boot, nonce, late)).toBe(false)
    const next = await issueChallenge(db, row, client.boot, now)
    expect(await takeChallenge(db, row, client.boot, nonce, now)).toBe(false)
    expect(await takeChallenge(db, row, client.boot, next, new Date(late.getTime() - 1))).toBe(true)
  })

  test('F1: the nonce itself is not in the database', async () => {
    const client = await world.device()
    const nonce = await client.challenge()
    const [row] = await rows(
      sql`SELECT n::text AS text FROM attestation_nonce n WHERE workstation_id = ${client.device}`
    )
    expect(String(row?.['text'])).not.toContain(Buffer.from(nonce).toString('hex'))
    expect(String(row?.['text'])).not.toContain(Buffer.from(nonce, 'base64url').toString('hex'))
  })

  test('F1: no device that is not enrolled gets one, nor one that was shut out', async () => {
    const client = await world.device()
    const known = client.device
    client.device = randomUUID()
    await expect(client.challenge()).rejects.toMatchObject({ refusal: { code: 'unknown-device' } })
    client.device = known
    expect(await client.challenge()).toHaveLength(43)
    await revokeWorkstation(world.hub.store.db, known)
    await expect(client.challenge()).rejects.toMatchObject({ refusal: { code: 'revoked' } })
  })
})

/** A statement with wrong claims is refused and noted; answers what an honest one over the same nonce comes to. */
async function refusedThenHonest(
  name: string,
  claims: Readonly<Record<string, unknown>>,
  field: string
): Promise<string> {
  const client = await world.device()
  const nonce = await client.challenge()
  const answer = await client.sendAttestation(nonce, { claims })
  expect(answer.error).toMatchObject({ code: 'bad-attestation', field })
  const noted = await rows(
    sql`SELECT 1 FROM security_event WHERE workstation_id = ${client.device} AND code = 'attestation-refused'`
  )
  expect([name, noted.length]).toEqual([name, 1])
  const { status, error } = await client.sendAttestation(nonce)
  return error?.field ?? String(status)
}

function flipLast(jws: string): string {
  const [header, payload, signature = ''] = jws.split('.')
  const bytes = Buffer.from(signature, 'base64url')
  bytes[63] = (bytes[63] ?? 0) ^ 1
  return [header, payload, bytes.toString('base64url')].join('.')
}

describe('statements', () => {
  test('F1: one that holds buys a token for this device, run and key', async () => {
    const client = await world.device()
    const reply = await client.attest()
    const [row] = await rows(sql`SELECT * FROM attestation WHERE id = ${reply.attestation}`)
    expect(row).toMatchObject({
      workstation_id: client.device,
      boot: client.boot,
      build_hash: SIMULATED_BUILD,
      build_allowed: true,
      flavour: 'test',
      key_class: 'keychain',
      policy_version: 1,
      pcr_hash: null
    })
    await client.sync({ desk: desk() })
    expect(client.attestWanted).toBe(false)
  })

  test.each([
    ['hub', { hub: 'https://elsewhere.example' }, 'statement.hub'],
    ['device', { device: randomUUID() }, 'statement.device'],
    ['key', { key: 'A'.repeat(43) }, 'statement.key'],
    ['key class', { keyClass: 'tpm' }, 'statement.keyClass'],
    ['person', { person: randomUUID() }, 'statement.person'],
    ['boot', { boot: randomUUID() }, 'statement.boot'],
    ['sequence', { seq: 1_000_000 }, 'statement.seq'],
    ['posture', { posture: '0'.repeat(64) }, 'statement.posture'],
    ['build', { build: '9.9.9' }, 'statement.build'],
    ['thresholds', { thresholds: '0'.repeat(64) }, 'statement.thresholds'],
    ['policy version', { policyVersion: 99, thresholds: '0'.repeat(64) }, 'statement.policyVersion'],
    ['policy version without thresholds', { policyVersion: 99 }, 'statement.policyVersion'],
    ['flavour', { flavour: 'release' }, 'statement.flavour']
  ])('F1: a wrong %s is refused with the field, and the nonce is used up', async (name, claims, field) => {
    const again = await refusedThenHonest(name, claims, field)
    expect([name, again]).toEqual([name, 'statement.nonce'])
  })

  test.each([
    ['another nonce', { nonce: newNonce() }, 'statement.nonce'],
    ['an unknown field', { extra: 1 }, 'statement'],
    ['a hash that is none', { buildHash: 'x' }, 'statement.buildHash']
  ])(
    'F1: %s is refused with the field, and spends no nonce: it names none of ours',
    async (name, claims, field) => {
      const again = await refusedThenHonest(name, claims, field)
      expect([name, again]).toEqual([name, '200'])
    }
  )

  test('F1: a quote that is named and not brought counts for nothing where there is no TPM', async () => {
    const client = await world.device()
    const reply = await client.attest({ claims: { quote: '0'.repeat(64) } })
    const [row] = await rows(sql`SELECT pcr_hash, key_class FROM attestation WHERE id = ${reply.attestation}`)
    expect(row).toEqual({ pcr_hash: null, key_class: 'keychain' })
  })

  test('F1: a flavour that the request does not name, and one that the hub does not take, are refused', async () => {
    const client = await world.device()
    const first = await client.sendAttestation(await client.challenge(), { claims: { flavour: 'release' } })
    expect(first.error).toMatchObject({ code: 'bad-attestation', field: 'statement.flavour' })
    const work = await world.device({ place: OTHER, flavour: 'release' })
    for (const flavour of ['test', 'demo']) {
      const answer = await work.sendAttestation(await work.challenge(), { claims: { flavour } })
      expect(answer.error).toMatchObject({ code: 'flavour-refused' })
    }
  })

  test('F1: another key, another kind of signature, another algorithm are refused', async () => {
    const client = await world.device()
    const other = await newIdentity()
    const algorithm = (alg: string) => (statement: string) => {
      const [, payload, signature] = statement.split('.')
      const header = Buffer.from(JSON.stringify({ alg, typ: STATEMENT_TYPE })).toString('base64url')
      return [header, payload, alg === 'none' ? '' : signature].join('.')
    }
    const bends: readonly (readonly [string, BentStatement])[] = [
      ['another key', { key: other.privateKey }],
      ['another kind', { header: { typ: 'dpop+jwt' } }],
      ['no kind', { header: { typ: '' } }],
      ...['none', 'HS256', 'RS256', 'ES384', 'EdDSA'].map(
        (alg) => [alg, { forged: algorithm(alg) }] as const
      ),
      ['a bit of the signature', { forged: (statement) => flipLast(statement) }]
    ]
    for (const [what, bend] of bends) {
      const answer = await client.sendAttestation(await client.challenge(), bend)
      expect([what, answer.error?.code]).toEqual([what, 'bad-attestation'])
    }
    // Put together in the same way, with the algorithm that it is: it is the algorithm that was refused.
    const whole = await client.sendAttestation(await client.challenge(), { forged: algorithm('ES256') })
    expect(whole.status).toBe(200)
  })

  test('F1: the thresholds and the person of the statement are held against policy and sessions', async () => {
    const client = await world.device()
    const { person } = await client.signIn('advocate1@demo.example', PASSWORD)
    const check = { id: 'x', area: 'device', state: 'pass', evidence: '', ageMs: 0, remedy: '' } as const
    const claims = {
      person: person.id,
      thresholds: thresholdDigest(demoPolicy(DEMO.organisation, 1)),
      model: 'eyes@1#000000000000',
      modelHash: '1'.repeat(64),
      posture: postureDigest([check])
    }
    await client.attest({ claims, checks: [check] })
    const { person: colleague } = await (await world.device()).signIn('advocate2@demo.example', PASSWORD)
    const flips: readonly (readonly [field: string, claims: object, checks: readonly (typeof check)[]])[] = [
      ['statement.posture', claims, []],
      ['statement.thresholds', { ...claims, thresholds: '0'.repeat(64) }, [check]],
      // Signed in at this hub, but not at this desk.
      ['statement.person', { ...claims, person: colleague.id }, [check]]
    ]
    for (const [field, flipped, checks] of flips) {
      const answer = await client.sendAttestation(await client.challenge(), {
        claims: { ...flipped },
        checks
      })
      expect([field, answer.error?.field]).toEqual([field, field])
    }
    await world.hub.store.db.execute(
      sql`UPDATE device_session SET ended_at = now() WHERE workstation_id = ${client.device}`
    )
    const after = await client.sendAttestation(await client.challenge(), { claims, checks: [check] })
    expect(after.error?.field).toBe('statement.person')
  })
})

describe('tokens', () => {
  test('F1: one of another device, another run or another key is not good', async () => {
    const [client, other] = [await world.device(), await world.device()]
    await client.attest()
    other.token = client.token
    await other.sync({})
    expect(other.attestWanted).toBe(true)
    const next = new DeviceClient(client.ticket, client.identity, client.sender, { device: client.device })
    next.token = client.token
    await next.sync({})
    expect(next.attestWanted).toBe(true)
    await next.close()
    // A device has one key: that another's is not good is asked of the tokens themselves.
    const tokens = createTokens()
    const at = new Date()
    const subject = {
      attestation: randomUUID(),
      device: client.device,
      boot: client.boot,
      thumbprint: 'A'.repeat(43)
    }
    const token = await tokens.issue(subject, at)
    const ath = createHash('sha256').update(token).digest('base64url')
    const claims = { device: client.device, boot: client.boot, ath } as ProofClaims
    const under = (thumbprint: string) => tokens.attestationOf(`DPoP ${token}`, claims, thumbprint, at)
    expect([await under('A'.repeat(43)), await under('B'.repeat(43))]).toEqual([subject.attestation, null])
  })

  test('F1: one whose hash the proof does not name is not good', async () => {
    const client = await world.device()
    await client.attest()
    const body = { v: 1, sender: client.sender, boot: client.boot, records: [], desk: null }
    const answer = await client.send('POST', '/device/v1/sync', body, { claims: { ath: undefined } })
    expect(answer.json).toMatchObject({ attest: true })
  })

  test('F1: one that was altered, or made up, is not good', async () => {
    const client = await world.device()
    const { token } = await client.attest()
    for (const bad of [`${token.slice(0, -2)}AA`, 'a.b.c', token.split('.').slice(0, 2).join('.') + '.']) {
      client.token = bad
      await client.sync({})
      expect(client.attestWanted).toBe(true)
    }
  })

  test('F1: who presents none is not told of attestation: an older client would not understand it', async () => {
    const client = await world.device()
    const body = { v: 1, sender: client.sender, boot: client.boot, records: [], desk: null }
    const answer = await client.send('POST', '/device/v1/sync', body)
    expect(answer.json).not.toHaveProperty('attest')
  })
})

describe('builds', () => {
  test('F1: a work organisation takes sign-ins only after an attestation by an allowed build', async () => {
    const client = await world.device({ place: OTHER, flavour: 'release' })
    const plain = { v: 1, sender: client.sender, email: 'advocate1@other.example', password: PASSWORD }
    expect((await client.send('POST', '/device/v1/sign-in', plain)).error?.code).toBe('attestation-required')
    const buildHash = 'ab'.repeat(32)
    const refused = await client.sendAttestation(await client.challenge(), { claims: { buildHash } })
    expect(refused.error).toMatchObject({ code: 'bad-attestation', field: 'statement.buildHash' })
    const choice = { organisation: OTHER.organisation, buildHash }
    await allowBuild(world.hub.store.db, { ...choice, label: '0.2.0' })
    await client.attest({ claims: { buildHash } })
    expect((await client.signIn('advocate1@other.example', PASSWORD)).person.name).toBe('Other Advocate')
    await withdrawBuild(world.hub.store.db, choice)
    const again = await client.sendAttestation(await client.challenge(), { claims: { buildHash } })
    expect(again.error?.field).toBe('statement.buildHash')
  })

  test('F1: somebody at work without eyes, or without thresholds, is not attested where it is required', async () => {
    const client = await world.device({ place: OTHER, flavour: 'release' })
    const { person } = await client.signIn('advocate1@other.example', PASSWORD)
    const blind = await client.sendAttestation(await client.challenge(), { claims: { person: person.id } })
    expect(blind.error?.field).toBe('statement.thresholds')
    const thresholds = thresholdDigest(demoPolicy(OTHER.organisation, 1))
    const claims = { person: person.id, thresholds }
    expect((await client.sendAttestation(await client.challenge(), { claims })).error?.field).toBe(
      'statement.modelHash'
    )
    await client.attest({ claims: { ...claims, modelHash: '1'.repeat(64) } })
  })

  test('F1: a desk that does not attest is shown as unknown where it has to; its records are stored all the same', async () => {
    const client = await world.device({ place: OTHER, flavour: 'release', label: 'Mute' })
    const console_ = await world.console('supervisor1@other.example')
    const tile = async () => (await console_.board()).tiles.find(({ label }) => label === 'Mute')
    await client.sync({ records: records(0, raised()), desk: desk() })
    expect(await tile()).toMatchObject({ state: 'unknown', trust: 'unproven', openAlerts: 1 })
    await client.attest()
    await client.sync({ desk: desk() })
    expect(await tile()).toMatchObject({ state: 'shown', trust: 'attested' })
    await setAttestation(world.hub.store.db, { organisation: OTHER.organisation, mode: 'report' })
    client.token = null
    await client.sync({ desk: desk() })
    expect(await tile()).toMatchObject({ state: 'shown', trust: 'unattested' })
    await setAttestation(world.hub.store.db, { organisation: OTHER.organisation, mode: 'require' })
  })
})

test('F1: an attestation that nothing quotes is forgotten after a week; one that an alert quotes stays', async () => {
  const client = await world.device()
  const quoted = await client.attest({ claims: { recordSeq: 0 } })
  await client.sync({ records: records(0, raised()) })
  const unquoted = await client.attest({ claims: { recordSeq: 1 } })
  const left = async () =>
    (await rows(sql`SELECT id FROM attestation WHERE workstation_id = ${client.device} ORDER BY at`)).map(
      (row) => row['id']
    )
  await pruneAttestations(world.hub.store.db, new Date())
  expect(await left()).toEqual([quoted.attestation, unquoted.attestation])
  await pruneAttestations(world.hub.store.db, new Date(Date.now() + ATTESTATION_RETENTION_MS + 1000))
  expect(await left()).toEqual([quoted.attestation])
})

test('F1: each alert quotes the attestation it was raised under', async () => {
  const client = await world.device({ label: 'Quoting' })
  const [before, under, later] = [raised(), raised(), raised()]
  await client.sync({ records: records(0, before) })
  const first = await client.attest({ claims: { recordSeq: 1 } })
  const second = await client.attest({ claims: { recordSeq: 2 } })
  // Delivered late, after the second: what counts is where the record stands in its run.
  await client.sync({ records: records(1, under, later) })
  const { alerts } = await (await world.console()).board()
  const of = (id: string) => alerts.find((one) => one.id === id)?.attestation
  expect(of(before.alert.id)).toBeNull()
  expect(of(under.alert.id)).toMatchObject({
    id: first.attestation,
    buildHash: SIMULATED_BUILD,
    quoted: false
  })
  expect(of(later.alert.id)).toMatchObject({ id: second.attestation })
})
