import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { addPerson } from '../../src/provision/index'
import { SoftPasskey } from '../break-glass/passkey'
import { BrowserClient } from './support/browser-client'
import { DEMO, PASSWORD, World } from './support/world'

/** Passkeys at the hub, made and used by a key in software that can be bent. */

let world: World
let offset = 0
const START = Date.now()
const now = (): Date => new Date(START + offset)
const ANA = 'ana@demo.example'
const BEA = 'bea@demo.example'

beforeAll(async () => {
  world = await World.start({}, { now })
  for (const email of [ANA, BEA])
    await addPerson(world.hub.store.db, {
      ...DEMO,
      name: email,
      email,
      role: 'supervisor',
      password: PASSWORD
    })
})
afterAll(() => world.close())
beforeEach(async () => {
  await rows(sql`DELETE FROM passkey`)
  await rows(sql`DELETE FROM audit_act`)
})

const rows = async (query: ReturnType<typeof sql>) => (await world.hub.store.db.execute(query)).rows
const idOf = async (email: string) =>
  String((await rows(sql`SELECT id FROM person WHERE email = ${email}`))[0]?.['id'])

/** Somebody who made a passkey in their browser; its counter begins at `counter`. */
async function withPasskey(email: string, counter = 0): Promise<SoftPasskey> {
  const client = new BrowserClient(world.consoleUrl)
  await client.signIn(email, PASSWORD)
  const { challenge } = (await client.send('POST', '/console/v1/account/passkeys/begin')).json
  const key = new SoftPasskey()
  const response = key.created(challenge, { origin: world.consoleUrl, counter })
  const made = await client.send('POST', '/console/v1/account/passkeys', { name: 'Key', response })
  expect(made).toMatchObject({ status: 200 })
  return key
}

async function challenged(): Promise<{ client: BrowserClient; challenge: string }> {
  const client = new BrowserClient(world.consoleUrl)
  return {
    client,
    challenge: (await client.send('POST', '/console/v1/sign-in/passkey/begin')).json.challenge
  }
}

type Bend = Parameters<SoftPasskey['asserted']>[1]

/** Signs in with a key; answers what the hub said and who is in after it. */
async function signIn(key: SoftPasskey, bend: Bend = {}) {
  const { client, challenge } = await challenged()
  const assertion = key.asserted(challenge, { origin: world.consoleUrl, ...bend })
  const { status, json } = await client.send('POST', '/console/v1/sign-in/passkey', assertion)
  const me = await client.send('GET', '/console/v1/me')
  return { status, code: json.code, in: me.status === 200 ? me.json.name : null }
}

const REFUSED = { status: 401, code: 'bad-credentials', in: null }

test('a passkey lets its person in, as two factors', async () => {
  const key = await withPasskey(ANA)
  expect(await signIn(key, { userHandle: await idOf(ANA) })).toMatchObject({ status: 200, in: ANA })
  const [session] = await rows(sql`SELECT method, strong FROM console_session WHERE method <> 'password'`)
  expect(session).toEqual({ method: 'passkey', strong: true })
})

test('an assertion that was used is good for nobody a second time, nor is one that was made before', async () => {
  const key = await withPasskey(ANA)
  const { client, challenge } = await challenged()
  const assertion = key.asserted(challenge, { origin: world.consoleUrl })
  expect((await client.send('POST', '/console/v1/sign-in/passkey', assertion)).status).toBe(200)
  for (const again of [client, new BrowserClient(world.consoleUrl)]) {
    again.cookies.clear()
    const answer = await again.send('POST', '/console/v1/sign-in/passkey', assertion)
    expect(answer).toMatchObject({ status: 401, json: { code: 'bad-credentials' } })
    expect((await again.send('GET', '/console/v1/me')).status).toBe(401)
  }
})

test('two who bring the same assertion at the same time: one is in', async () => {
  const key = await withPasskey(ANA)
  const { challenge } = await challenged()
  const assertion = key.asserted(challenge, { origin: world.consoleUrl })
  const answers = await Promise.all(
    Array.from({ length: 5 }, () =>
      new BrowserClient(world.consoleUrl).send('POST', '/console/v1/sign-in/passkey', assertion)
    )
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401])
})

test('a challenge is over after two minutes, and one that the hub never gave is none', async () => {
  const key = await withPasskey(ANA)
  const { client, challenge } = await challenged()
  const assertion = key.asserted(challenge, { origin: world.consoleUrl })
  offset += 2 * 60_000 + 1
  expect((await client.send('POST', '/console/v1/sign-in/passkey', assertion)).status).toBe(401)
  expect(await signIn(key, { challenge: 'made-up-by-somebody-else' })).toEqual(REFUSED)
})

test('a counter that goes back, or stays, is a copy: refused, in the record, and the key’s own count stands', async () => {
  const key = await withPasskey(ANA)
  expect(await signIn(key, { counter: 7 })).toMatchObject({ in: ANA })
  for (const counter of [7, 6, 0]) expect(await signIn(key, { counter })).toEqual(REFUSED)
  const noted = await rows(sql`
    SELECT a.detail FROM audit_act a JOIN person p ON p.id = a.person_id
    WHERE a.act = 'passkey-counted-back' AND p.email = ${ANA} ORDER BY a.id`)
  expect(noted).toEqual([{ detail: '7' }, { detail: '6' }, { detail: '0' }])
  expect(await rows(sql`SELECT counter::int AS n FROM passkey`)).toEqual([{ n: 7 }])
  expect(await signIn(key, { counter: 8 })).toMatchObject({ in: ANA })
})

test('a key that does not count lets in again and again', async () => {
  const key = await withPasskey(ANA)
  for (let n = 0; n < 3; n += 1) expect(await signIn(key, { counter: 0 })).toMatchObject({ in: ANA })
})

test.each<[string, Bend]>([
  ['another origin', { origin: 'https://console.evil.example' }],
  ['another port of the same host', { origin: 'http://localhost:1' }],
  ['another host in what the key signed', { host: 'evil.example' }],
  ['what is no sign-in', { type: 'webauthn.create' }],
  ['nobody’s finger', { flags: 0x01 }],
  ['nobody before it', { flags: 0x04 }]
])('an assertion of %s lets nobody in', async (_, bend) => {
  const key = await withPasskey(ANA)
  expect(await signIn(key, bend)).toEqual(REFUSED)
  expect(await signIn(key)).toMatchObject({ in: ANA })
})

test('another person’s credential lets in its own person and no other, and a strange key nobody', async () => {
  const [ana, bea] = [await withPasskey(ANA), await withPasskey(BEA)]
  expect(await signIn(bea, { userHandle: await idOf(ANA) })).toEqual(REFUSED)
  expect(await signIn(bea, { userHandle: await idOf(BEA) })).toMatchObject({ in: BEA })
  // The name of Ana's credential over Bea's signature.
  const { client, challenge } = await challenged()
  const forged = {
    ...bea.asserted(challenge, { origin: world.consoleUrl, counter: 9 }),
    id: ana.key.credential
  }
  const answer = await client.send('POST', '/console/v1/sign-in/passkey', { ...forged, rawId: forged.id })
  expect(answer.status).toBe(401)
  expect(await signIn(new SoftPasskey())).toEqual(REFUSED)
})

test('a passkey is kept for the challenge and the page it was made for, and for who began', async () => {
  const [ana, bea] = [new BrowserClient(world.consoleUrl), new BrowserClient(world.consoleUrl)]
  await ana.signIn(ANA, PASSWORD)
  await bea.signIn(BEA, PASSWORD)
  const begin = async () =>
    String((await ana.send('POST', '/console/v1/account/passkeys/begin')).json.challenge)
  const keep = (by: BrowserClient, response: object) =>
    by.send('POST', '/console/v1/account/passkeys', { name: 'Key', response })
  const origin = world.consoleUrl
  expect(
    (await keep(ana, new SoftPasskey().created(await begin(), { origin: 'http://evil.example' }))).status
  ).toBe(400)
  expect((await keep(bea, new SoftPasskey().created(await begin(), { origin }))).status).toBe(400)
  expect((await keep(ana, new SoftPasskey().created(await begin(), { origin, flags: 0x41 }))).status).toBe(
    400
  )
  const good = new SoftPasskey().created(await begin(), { origin })
  expect((await keep(ana, good)).status).toBe(200)
  expect((await keep(ana, good)).status).toBe(400)
  expect(await rows(sql`SELECT count(*)::int AS n FROM passkey`)).toEqual([{ n: 1 }])
})

test('who is shut out is let in by no passkey', async () => {
  const key = await withPasskey(BEA)
  await rows(sql`UPDATE person SET disabled_at = now() WHERE email = ${BEA}`)
  try {
    expect(await signIn(key)).toEqual(REFUSED)
  } finally {
    await rows(sql`UPDATE person SET disabled_at = NULL WHERE email = ${BEA}`)
  }
})
