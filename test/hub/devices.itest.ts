import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'drizzle-orm'
import { generateKeyPair } from 'jose'
import { DeviceClient } from '../../scripts/demo/desks/device-client'
import { DEMO, OTHER, PASSWORD, raised, records, World } from './support/world'

let world: World
beforeAll(async () => {
  world = await World.start()
})
afterAll(() => world.close())

const rows = async (query: ReturnType<typeof sql>) => (await world.hub.store.db.execute(query)).rows

describe('F3: enrolment', () => {
  test('a ticket enrols one workstation and brings the policy', async () => {
    const ticket = await world.ticket({ label: 'Demo Advocate 1' })
    const client = await world.client(ticket)
    const reply = await client.enrol(ticket.token)
    expect(reply).toMatchObject({ organisation: DEMO.organisation, team: DEMO.team })
    expect(reply.policy.signatures[0]?.keyId).toBe(ticket.policyRoot.keyId)
  })

  test('a used ticket is refused, also to the same device', async () => {
    const ticket = await world.ticket()
    const client = await world.client(ticket)
    await client.enrol(ticket.token)
    await expect(client.enrol(ticket.token)).rejects.toMatchObject({
      refusal: { code: 'bad-token', field: 'token' }
    })
    const other = await world.client(ticket)
    await expect(other.enrol(ticket.token)).rejects.toMatchObject({ refusal: { code: 'bad-token' } })
  })

  test('of fifty devices that race with one ticket, one wins', async () => {
    const ticket = await world.ticket({ label: 'Raced' })
    const clients = await Promise.all(Array.from({ length: 50 }, () => world.client(ticket)))
    const outcomes = await Promise.allSettled(clients.map((client) => client.enrol(ticket.token)))
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected')
        expect(outcome.reason).toMatchObject({ refusal: { code: 'bad-token' } })
    }
    expect(await rows(sql`SELECT 1 FROM workstation WHERE label = 'Raced'`)).toHaveLength(1)
  })

  test('a ticket past its time is refused', async () => {
    const ticket = await world.ticket({ label: 'Late' })
    await world.hub.store.db.execute(
      sql`UPDATE enrolment_token SET created_at = created_at - interval '2 hours', expires_at = now() - interval '1 second' WHERE label = 'Late'`
    )
    const client = await world.client(ticket)
    await expect(client.enrol(ticket.token)).rejects.toMatchObject({ refusal: { code: 'bad-token' } })
  })

  test('the token itself is nowhere in the database', async () => {
    const ticket = await world.ticket({ label: 'Hashed' })
    const [row] = await rows(sql`SELECT t::text AS text FROM enrolment_token t WHERE label = 'Hashed'`)
    expect(String(row?.['text'])).not.toContain(ticket.token)
    const hex = Buffer.from(ticket.token).toString('hex')
    expect(String(row?.['text'])).not.toContain(hex)
  })

  test('a work organisation takes neither demo and test builds nor simulated desks', async () => {
    for (const flavour of ['demo', 'test'] as const) {
      const ticket = await world.ticket({ place: OTHER })
      const client = await world.client(ticket, flavour)
      await expect(client.enrol(ticket.token)).rejects.toMatchObject({ refusal: { code: 'flavour-refused' } })
      const release = await world.client(ticket, 'release')
      await release.enrol(ticket.token) // the refusal did not burn it
    }
    await expect(world.ticket({ place: OTHER, simulated: true })).rejects.toThrow('not a demo organisation')
  })
})

describe('F2: proofs', () => {
  const heartbeat = (client: { boot: string; sender: object }) => ({
    v: 1,
    sender: client.sender,
    boot: client.boot,
    records: [],
    desk: null
  })

  test.each([
    ['htm', { htm: 'GET' }, 'proof.htm'],
    ['htu of another path', { htu: 'https://localhost:1/device/v1/sign-in' }, 'proof.htu'],
    ['htu of another host', { htu: 'https://elsewhere.example/device/v1/sync' }, 'proof.htu'],
    ['bh', { bh: 'A'.repeat(43) }, 'proof.bh'],
    ['an unknown device', { device: '6f8f7e8e-51d4-4a62-9c3d-3f8a0e1b2c3d' }, undefined],
    ['no device', { device: '' }, undefined],
    ['a boot that is no uuid', { boot: 'later' }, 'proof.boot'],
    ['a boot that is the empty uuid', { boot: '00000000-0000-0000-0000-000000000000' }, 'proof.boot'],
    ['a boot in capitals', { boot: '9E9EBEEF-BDAB-41F0-8D35-78A5D87D9FC9' }, 'proof.boot'],
    ['a negative seq', { seq: -1 }, 'proof.seq'],
    ['a short jti', { jti: 'x' }, 'proof.jti'],
    ['an old iat', { iat: Math.floor(Date.now() / 1000) - 3600 }, 'proof.iat'],
    ['a future iat', { iat: Math.floor(Date.now() / 1000) + 3600 }, 'proof.iat'],
    ['a nonce of somebody else', { nonce: 'A'.repeat(75) }, 'proof.nonce']
  ])('%s that is not right is refused and stores nothing', async (_name, claims, field) => {
    const client = await world.device()
    const answer = await client.send('POST', '/device/v1/sync', heartbeat(client), { claims })
    expect(answer.status).toBe(401)
    expect(answer.error?.field).toBe(field)
    const [row] = await rows(
      sql`SELECT count(*)::int AS n FROM record WHERE workstation_id = ${client.device}`
    )
    expect(row?.['n']).toBe(0)
  })

  test.each([
    ['another algorithm', { alg: 'HS256' }],
    ['no algorithm', { alg: 'none' }],
    ['another type', { typ: 'JWT' }],
    ['a key of its own choice', { jwk: { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) } }]
  ])('a header with %s is refused', async (_name, header) => {
    const client = await world.device()
    const proof = await client.proof('POST', '/device/v1/sync', JSON.stringify(heartbeat(client)))
    const [first, ...rest] = proof.split('.')
    const changed = { ...JSON.parse(Buffer.from(first ?? '', 'base64url').toString()), ...header }
    const forged = [Buffer.from(JSON.stringify(changed)).toString('base64url'), ...rest].join('.')
    const answer = await client.sendRaw('POST', '/device/v1/sync', JSON.stringify(heartbeat(client)), forged)
    expect(answer.error?.code).toBe('bad-proof')
  })

  test('a proof by another key is refused before anything is remembered of it', async () => {
    const client = await world.device()
    const { privateKey } = await generateKeyPair('ES256')
    const bent = { key: privateKey, claims: { seq: 1_000_000 } }
    const answer = await client.send('POST', '/device/v1/sync', heartbeat(client), bent)
    expect(answer.error?.code).toBe('bad-proof')
    await client.sync({})
  })

  test('a request without a proof is refused', async () => {
    const client = await world.device()
    const answer = await client.send('POST', '/device/v1/sync', heartbeat(client), { proof: null })
    expect(answer.error?.code).toBe('bad-proof')
  })

  test('an altered body is refused', async () => {
    const client = await world.device()
    const body = JSON.stringify({ ...heartbeat(client), records: records(0, raised()) })
    const answer = await client.send('POST', '/device/v1/sync', body, { body: body.replace('phone', 'book') })
    expect(answer.error).toMatchObject({ code: 'bad-proof', field: 'proof.bh' })
  })

  test('a request seen before is refused, and so is one with a lower sequence', async () => {
    const client = await world.device()
    const body = JSON.stringify(heartbeat(client))
    const early = await client.proof('POST', '/device/v1/sync', body)
    const proof = await client.proof('POST', '/device/v1/sync', body)
    expect((await client.sendRaw('POST', '/device/v1/sync', body, proof)).status).toBe(200)
    const again = await client.sendRaw('POST', '/device/v1/sync', body, proof)
    expect(again.error).toMatchObject({ code: 'replayed', field: 'proof.seq' })
    const late = await client.sendRaw('POST', '/device/v1/sync', body, early)
    expect(late.error).toMatchObject({ code: 'use-nonce', field: 'proof.nonce' })
    expect(late.nonce).not.toBeNull()
  })

  test('of a hundred parallel uses of one proof, one is taken', async () => {
    const client = await world.device()
    const body = JSON.stringify(heartbeat(client))
    const proof = await client.proof('POST', '/device/v1/sync', body)
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => client.sendRaw('POST', '/device/v1/sync', body, proof))
    )
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
  })

  test('a run that was replaced by a later one may not come back', async () => {
    const client = await world.device()
    await client.sync({})
    const second = new DeviceClient(client.ticket, client.identity, client.sender, { device: client.device })
    await second.sync({})
    // What it answers to this is test/hub/copies.itest.ts.
    const answer = await client.send('POST', '/device/v1/sync', heartbeat(client))
    expect(answer.error).toMatchObject({ code: 'use-nonce', field: 'proof.nonce' })
    await second.close()
  })

  test('a device with a wrong clock is let in with the hub’s nonce', async () => {
    const ticket = await world.ticket()
    const client = await world.client(ticket, 'test', () => Date.UTC(1999, 0, 1))
    await client.enrol(ticket.token)
    await client.sync({})
  })

  test('a device that was shut out is refused at its next request', async () => {
    const client = await world.device()
    await world.hub.store.db.execute(
      sql`UPDATE workstation SET revoked_at = now() WHERE id = ${client.device}`
    )
    await expect(client.sync({})).rejects.toMatchObject({ refusal: { code: 'revoked' } })
  })
})

describe('bodies', () => {
  test('an unknown field is refused with its path', async () => {
    const client = await world.device()
    const body = {
      v: 1,
      sender: { ...client.sender, owner: 'x' },
      boot: client.boot,
      records: [],
      desk: null
    }
    const answer = await client.send('POST', '/device/v1/sync', body)
    expect(answer.status).toBe(400)
    expect(answer.error).toMatchObject({ code: 'bad-request', field: 'sender.owner' })
  })

  test('an unknown field deep in a record is refused with its path', async () => {
    const client = await world.device()
    const alert = { ...raised().alert, picture: 'AAAA' }
    const body = {
      v: 1,
      sender: client.sender,
      boot: client.boot,
      records: records(0, { kind: 'alert-raised', alert }),
      desk: null
    }
    const answer = await client.send('POST', '/device/v1/sync', body)
    expect(answer.error).toMatchObject({ code: 'bad-request', field: 'records.0.body.alert.picture' })
  })

  test('a text that cannot be stored is refused with its path', async () => {
    const client = await world.device()
    const body = { kind: 'event', code: 'helper-died', detail: 'a\u0000b', count: 1 } as const
    const batch = { v: 1, sender: client.sender, boot: client.boot, records: records(0, body), desk: null }
    const answer = await client.send('POST', '/device/v1/sync', batch)
    expect(answer.error).toMatchObject({ code: 'bad-request', field: 'records.0.body.detail' })
  })

  test('a huge body is refused with the limit', async () => {
    const client = await world.device()
    const answer = await client.send(
      'POST',
      '/device/v1/sync',
      JSON.stringify({ junk: 'x'.repeat(2_000_000) })
    )
    expect(answer.status).toBe(413)
    expect(answer.error).toMatchObject({ code: 'too-large', message: expect.stringContaining('1048576') })
  })
})

describe('signing in at a desk', () => {
  test('the right password signs the advocate in', async () => {
    const client = await world.device()
    const reply = await client.signIn('Advocate1@Demo.example', PASSWORD)
    expect(reply.person.name).toBe('Demo Advocate 1')
  })

  test.each([
    ['a wrong password', 'advocate1@demo.example', 'wrong password'],
    ['an unknown e-mail', 'nobody@demo.example', PASSWORD],
    ['somebody of another organisation', 'advocate1@other.example', PASSWORD],
    ['a supervisor', 'supervisor1@demo.example', PASSWORD]
  ])('%s gets the same refusal', async (_name, email, password) => {
    const client = await world.device()
    const answer = await client.send('POST', '/device/v1/sign-in', {
      v: 1,
      sender: client.sender,
      email,
      password
    })
    expect(answer.status).toBe(401)
    expect(answer.error).toEqual({
      code: 'bad-credentials',
      message: 'That e-mail and password do not go together.'
    })
  })

  test('an unknown e-mail takes as long as a wrong password', async () => {
    const client = await world.device()
    const time = async (email: string) => {
      const times: number[] = []
      for (let n = 0; n < 5; n += 1) {
        const started = performance.now()
        await client.send('POST', '/device/v1/sign-in', { v: 1, sender: client.sender, email, password: 'x' })
        times.push(performance.now() - started)
      }
      // The quickest of five: what a busy machine adds is never negative. Without the hash it would be a tenth.
      return Math.min(...times)
    }
    const known = await time('advocate2@demo.example')
    const unknown = await time('who@demo.example')
    expect(unknown / known).toBeGreaterThan(0.4)
    expect(unknown / known).toBeLessThan(2.5)
  })

  test('after ten wrong passwords no more are tried, however many come at once', async () => {
    const client = await world.device()
    const guess = { v: 1, sender: client.sender, email: 'advocate2@demo.example', password: 'guess' }
    const codes: (string | undefined)[] = []
    for (let n = 0; n < 12; n += 1)
      codes.push((await client.send('POST', '/device/v1/sign-in', guess)).error?.code)
    expect(codes.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 'bad-credentials'))
    expect(codes.slice(10)).toEqual(['too-many-tries', 'too-many-tries'])
    const right = { ...guess, password: PASSWORD }
    expect((await client.send('POST', '/device/v1/sign-in', right)).status).toBe(429)
  })

  test('a second sign-in elsewhere ends the first session and is noted', async () => {
    const [here, there] = [await world.device(), await world.device()]
    const first = await here.signIn('advocate1@demo.example', PASSWORD)
    await there.signIn('advocate1@demo.example', PASSWORD)
    const [row] = await rows(sql`SELECT ended_at FROM device_session WHERE id = ${first.session}`)
    expect(row?.['ended_at']).not.toBeNull()
    const noted = await rows(
      sql`SELECT 1 FROM security_event WHERE workstation_id = ${there.device} AND code = 'signed-in-elsewhere'`
    )
    expect(noted).toHaveLength(1)
  })
})

test('the newest policy is handed out to who asks with a proof', async () => {
  const client = await world.device()
  expect((await client.sync({})).policyVersion).toBe(1)
  expect(await client.call('GET', '/device/v1/policy')).toMatchObject({ type: 'havendesk-policy' })
  expect((await client.send('GET', '/device/v1/policy', undefined, { proof: null })).status).toBe(401)
})
