import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { LONGEST_WAIT_MS } from '../../src/core/sign-in/wait'
import { totpOf } from '../../src/hub/people/totp/app-code'
import { addPerson, requireSecondFactor } from '../../src/provision/index'
import { BrowserClient } from './support/browser-client'
import { DEMO, OTHER, PASSWORD, World } from './support/world'

let world: World
let offset = 0
const START = Date.now()
const now = (): Date => new Date(START + offset)

beforeAll(async () => {
  world = await World.start({}, { now })
  for (const [place, role, email] of [
    [DEMO, 'supervisor', 'ana@demo.example'],
    [DEMO, 'lead', 'lead@demo.example'],
    [DEMO, 'it', 'it@demo.example'],
    [DEMO, 'auditor', 'auditor@demo.example'],
    [OTHER, 'lead', 'lead@other.example'],
    [OTHER, 'it', 'it@other.example']
  ] as const)
    await addPerson(world.hub.store.db, { ...place, name: email, email, role, password: PASSWORD })
})
afterAll(() => world.close())
afterEach(async () => {
  for (const table of ['person_totp', 'recovery_code', 'passkey', 'provider_identity', 'sign_in_tries'])
    await rows(sql`DELETE FROM ${sql.identifier(table)}`)
  await rows(sql`UPDATE organisation SET second_factor_roles = '[]'`)
})

const rows = async (query: ReturnType<typeof sql>) => (await world.hub.store.db.execute(query)).rows
const browser = (): BrowserClient => new BrowserClient(world.consoleUrl)
const ANA = 'ana@demo.example'

async function entered(email = ANA): Promise<BrowserClient> {
  const client = browser()
  expect((await client.signIn(email, PASSWORD)).status).toBe(200)
  return client
}

/** Goes on to a time step of which no code was used, and gives its code. */
function nextCode(secret: string): string {
  offset += 30_000
  return totpOf(secret).generate({ timestamp: now().getTime() })
}

async function withApp(email = ANA) {
  const client = await entered(email)
  const { secret } = (await client.send('POST', '/console/v1/account/app/begin')).json as { secret: string }
  const confirmed = await client.send('POST', '/console/v1/account/app/confirm', { code: nextCode(secret) })
  expect(confirmed.status).toBe(200)
  return { client, secret, codes: confirmed.json.recoveryCodes as string[] }
}

describe('a second factor by an app', () => {
  test('is asked for after the password, lets nobody in before, and each code once', async () => {
    const { client, secret } = await withApp()
    expect((await client.send('GET', '/console/v1/account')).json).toMatchObject({ recoveryCodesLeft: 10 })
    const other = browser()
    expect((await other.signIn(ANA, PASSWORD)).json).toEqual({ owes: 'code' })
    expect((await other.send('GET', '/console/v1/me')).status).toBe(401)
    expect((await other.send('GET', '/console/v1/sign-in/ways')).json.owesCode).toBe(true)
    const code = nextCode(secret)
    expect((await other.send('POST', '/console/v1/sign-in/code', { code })).json).toMatchObject({
      role: 'supervisor'
    })
    expect((await other.send('GET', '/console/v1/me')).status).toBe(200)
    // The same code again, in another browser, within its window.
    const third = browser()
    await third.signIn(ANA, PASSWORD)
    expect((await third.send('POST', '/console/v1/sign-in/code', { code })).json.code).toBe('bad-credentials')
    // And an older one that was never used.
    const older = totpOf(secret).generate({ timestamp: now().getTime() - 30_000 })
    expect((await third.send('POST', '/console/v1/sign-in/code', { code: older })).status).toBe(401)
    const [kept] = await rows(sql`SELECT encode(secret, 'escape') AS secret FROM person_totp`)
    expect(String(kept?.['secret'])).not.toContain(secret)
  })

  test('two who give the same code at the same time: one is in', async () => {
    const { secret } = await withApp()
    const both = [browser(), browser()]
    for (const one of both) await one.signIn(ANA, PASSWORD)
    const code = nextCode(secret)
    const answers = await Promise.all(
      both.map((one) => one.send('POST', '/console/v1/sign-in/code', { code }))
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401])
  })

  test('counts for nothing before one code confirmed it', async () => {
    const client = await entered()
    await client.send('POST', '/console/v1/account/app/begin')
    const wrong = await client.send('POST', '/console/v1/account/app/confirm', { code: '000000' })
    expect(wrong).toMatchObject({ status: 400, json: { field: 'code' } })
    expect((await browser().signIn(ANA, PASSWORD)).json).toMatchObject({ role: 'supervisor' })
  })

  test('each recovery code lets in once, in any writing, and none is stored', async () => {
    const { codes } = await withApp()
    expect(new Set(codes).size).toBe(10)
    const [stored] = await rows(sql`SELECT string_agg(r::text, ' ') AS all FROM recovery_code r`)
    for (const code of codes) expect(String(stored?.['all'])).not.toContain(code.replaceAll('-', ''))
    const client = browser()
    await client.signIn(ANA, PASSWORD)
    const written = codes[0]!.toLowerCase().replaceAll('-', ' ')
    expect((await client.send('POST', '/console/v1/sign-in/code', { code: written })).status).toBe(200)
    expect((await client.send('GET', '/console/v1/account')).json.recoveryCodesLeft).toBe(9)
    const again = browser()
    await again.signIn(ANA, PASSWORD)
    expect((await again.send('POST', '/console/v1/sign-in/code', { code: codes[0] })).status).toBe(401)
  })

  test('whose secret the hub cannot read any more still has its recovery codes', async () => {
    const { codes } = await withApp()
    await rows(sql`UPDATE person_totp SET secret = '\\xdeadbeef'`)
    const client = browser()
    await client.signIn(ANA, PASSWORD)
    expect((await client.send('POST', '/console/v1/sign-in/code', { code: codes[0] })).status).toBe(200)
    expect((await client.send('GET', '/console/v1/account')).json).toMatchObject({ strong: true })
  })

  test('wrong codes are counted, and the right password gives none back', async () => {
    const { secret } = await withApp()
    const stranger = browser()
    for (let n = 0; n < 5; n += 1) {
      expect((await stranger.signIn(ANA, PASSWORD)).json).toEqual({ owes: 'code' })
      expect((await stranger.send('POST', '/console/v1/sign-in/code', { code: 'not-a-code' })).status).toBe(
        401
      )
    }
    expect((await stranger.signIn(ANA, PASSWORD)).json.code).toBe('too-many-tries')
    const code = nextCode(secret)
    expect((await stranger.send('POST', '/console/v1/sign-in/code', { code })).json.code).toBe(
      'too-many-tries'
    )
  })

  test('the step after the password is over after five minutes', async () => {
    const { secret } = await withApp()
    const late = browser()
    await late.signIn(ANA, PASSWORD)
    offset += 5 * 60_000 + 1
    const answer = await late.send('POST', '/console/v1/sign-in/code', { code: nextCode(secret) })
    expect(answer).toMatchObject({ status: 401, json: { code: 'not-signed-in' } })
  })

  test('where the organisation asks for one, all but the own account is shut until it is set up', async () => {
    await rows(sql`UPDATE organisation SET second_factor_roles = '["supervisor"]' WHERE name = 'Demo Care'`)
    const client = await entered()
    expect((await client.send('GET', '/console/v1/me')).json).toMatchObject({ mustSetUp: true })
    expect((await client.send('GET', '/console/v1/board')).json.code).toBe('second-factor-required')
    const { secret } = (await client.send('POST', '/console/v1/account/app/begin')).json
    await client.send('POST', '/console/v1/account/app/confirm', { code: nextCode(secret) })
    expect((await client.send('GET', '/console/v1/board')).status).toBe(200)
    expect((await client.send('GET', '/console/v1/me')).json.mustSetUp).toBeUndefined()
    const given = await client.send('POST', '/console/v1/account/app/remove', { code: nextCode(secret) })
    expect(given.json.code).toBe('conflict')
    // Whose role is not named goes on as before.
    const lead = await entered('lead@demo.example')
    expect((await lead.send('GET', '/console/v1/board')).status).toBe(200)
  })

  test('is given up with a code, and changed only soon after a sign-in', async () => {
    const { client, secret } = await withApp()
    offset += 15 * 60_000
    const code = nextCode(secret)
    const late = await client.send('POST', '/console/v1/account/app/remove', { code })
    expect(late.json.code).toBe('sign-in-again')
    const again = browser()
    await again.signIn(ANA, PASSWORD)
    await again.send('POST', '/console/v1/sign-in/code', { code })
    expect(
      (await again.send('POST', '/console/v1/account/app/remove', { code: nextCode(secret) })).status
    ).toBe(200)
    expect((await browser().signIn(ANA, PASSWORD)).json).toMatchObject({ role: 'supervisor' })
  })
})

/** A passkey of Ana's, made elsewhere. */
const PASSKEY = sql`
  INSERT INTO passkey (id, organisation_id, team_id, person_id, credential, public_key, counter, name, made_at)
  SELECT '00000000-0000-4000-8000-00000000000a', organisation_id, team_id, id, 'ana-s-key', '', 0, 'Key', now()
  FROM person WHERE email = ${ANA}`

describe('a second factor by a passkey alone', () => {
  const MUST = sql`UPDATE organisation SET second_factor_roles = '["supervisor"]' WHERE name = 'Demo Care'`
  const mineOf = async (client: BrowserClient) => (await client.send('GET', '/console/v1/account')).json
  const changes = async (client: BrowserClient): Promise<[string, string][]> => {
    const said: [string, string][] = []
    for (const [path, body] of [
      ['app/begin', {}],
      ['app/confirm', { code: '000000' }],
      ['app/remove', { code: '000000' }],
      ['recovery-codes', { code: '000000' }],
      ['passkeys/begin', {}],
      ['passkeys/00000000-0000-4000-8000-00000000000a/remove', {}]
    ] as const)
      said.push([path, (await client.send('POST', `/console/v1/account/${path}`, body)).json.code])
    return said
  }

  test('is neither added to nor taken away by who has the password', async () => {
    await rows(MUST)
    await rows(PASSKEY)
    const thief = await entered()
    for (const [path, code] of await changes(thief)) expect([path, code]).toEqual([path, 'sign-in-again'])
    expect((await thief.send('GET', '/console/v1/board')).json.code).toBe('second-factor-required')
    expect(await mineOf(thief)).toMatchObject({ strong: false, appSince: null, passkeys: [{ name: 'Key' }] })
    expect(await rows(sql`SELECT 1 FROM person_totp`)).toEqual([])
    // Whoever showed the key changes what they like.
    await rows(sql`UPDATE console_session SET strong = true WHERE ended_at IS NULL`)
    expect((await mineOf(thief)).strong).toBe(true)
    expect((await thief.send('POST', '/console/v1/account/app/begin')).status).toBe(200)
  })

  test('shuts out who had signed in with the password before it was there, up to the last moment', async () => {
    const thief = await entered()
    expect(await mineOf(thief)).toMatchObject({ strong: false })
    const { secret } = (await thief.send('POST', '/console/v1/account/app/begin')).json
    const code = nextCode(secret)
    const late = await world.hub.store.db.transaction(async (tx) => {
      // The owner's passkey is being kept while the thief's confirmation arrives.
      await tx.execute(sql`SELECT 1 FROM person WHERE email = ${ANA} FOR NO KEY UPDATE`)
      await tx.execute(PASSKEY)
      const answer = thief.send('POST', '/console/v1/account/app/confirm', { code })
      await expect
        .poll(async () => rows(sql`SELECT 1 FROM pg_locks WHERE NOT granted`), { timeout: 10_000 })
        .not.toEqual([])
      return { answer }
    })
    expect((await late.answer).json.code).toBe('sign-in-again')
    for (const [path, said] of await changes(thief)) expect([path, said]).toEqual([path, 'sign-in-again'])
    expect(await mineOf(thief)).toMatchObject({ strong: false, appSince: null })
  })
})

describe('the last of two factors, where the organisation asks for one,', () => {
  test('is left, also when both are removed at the same time', async () => {
    await rows(sql`UPDATE organisation SET second_factor_roles = '["supervisor"]' WHERE name = 'Demo Care'`)
    const { client, secret } = await withApp()
    await rows(PASSKEY)
    const code = nextCode(secret)
    const removal = await world.hub.store.db.transaction(async (tx) => {
      // The passkey is being removed while the app's removal arrives.
      await tx.execute(sql`DELETE FROM passkey`)
      const answer = client.send('POST', '/console/v1/account/app/remove', { code })
      await expect
        .poll(async () => rows(sql`SELECT 1 FROM pg_locks WHERE NOT granted`), { timeout: 10_000 })
        .not.toEqual([])
      return { answer }
    })
    expect((await removal.answer).json.code).toBe('conflict')
    expect(await rows(sql`SELECT 1 FROM person_totp WHERE confirmed_at IS NOT NULL`)).toHaveLength(1)
  })
})

describe('an account that is tried', () => {
  const wrongFrom = async (client: BrowserClient, email: string, times: number) => {
    const said: string[] = []
    for (let n = 0; n < times; n += 1) said.push((await client.signIn(email, 'wrong password')).json.code)
    return said
  }

  test('waits after five wrong tries, longer each time, and the same whether there is such an account or not', async () => {
    const told: string[][] = []
    for (const email of [ANA, 'nobody@demo.example', 'advocate1@demo.example']) {
      const said = await wrongFrom(browser(), email, 6)
      offset += 60_001
      said.push(...(await wrongFrom(browser(), email, 2)))
      told.push(said)
    }
    const [one = []] = told
    expect(one.slice(0, 5)).toEqual(Array(5).fill('bad-credentials'))
    expect(one.slice(5)).toEqual(['too-many-tries', 'bad-credentials', 'too-many-tries'])
    for (const other of told) expect(other).toEqual(one)
  })

  test('is open again after the longest wait, however long a stranger went on', async () => {
    for (let n = 0; n < 8; n += 1) {
      await wrongFrom(browser(), ANA, 6)
      offset += LONGEST_WAIT_MS
    }
    expect((await browser().signIn(ANA, PASSWORD)).status).toBe(200)
    expect(await rows(sql`SELECT 1 FROM sign_in_tries`)).toEqual([])
  })

  test('never waits for a stranger in a browser where its person signed in before', async () => {
    const own = await entered()
    own.forgetSession()
    await wrongFrom(browser(), ANA, 6)
    expect((await browser().signIn(ANA, PASSWORD)).json.code).toBe('too-many-tries')
    expect((await own.signIn(ANA, PASSWORD)).status).toBe(200)
    // That browser has its own count, and knows nobody else.
    own.forgetSession()
    expect((await wrongFrom(own, ANA, 6)).at(-1)).toBe('too-many-tries')
  })

  test('many tries at the same time are no more than five', async () => {
    const clients = Array.from({ length: 20 }, browser)
    const said = await Promise.all(clients.map((client) => client.signIn(ANA, 'wrong password')))
    expect(said.map(({ json }) => json.code as string).sort()).toEqual([
      ...Array<string>(5).fill('bad-credentials'),
      ...Array<string>(15).fill('too-many-tries')
    ])
  })

  test('is let in again by a lead or IT of its organisation, in the record, and by nobody else', async () => {
    await wrongFrom(browser(), ANA, 6)
    const [ana] = await rows(sql`SELECT id FROM person WHERE email = ${ANA}`)
    const path = `/console/v1/people/${String(ana?.['id'])}/unlock`
    expect((await (await entered('auditor@demo.example')).send('POST', path)).status).toBe(403)
    const stranger = await entered('lead@other.example')
    expect((await stranger.send('GET', '/console/v1/people/waiting')).json.people).toEqual([])
    expect((await stranger.send('POST', path)).status).toBe(404)
    const it = await entered('it@demo.example')
    expect((await it.send('GET', '/console/v1/people/waiting')).json.people).toMatchObject([{ name: ANA }])
    expect((await it.send('POST', path)).status).toBe(200)
    expect((await browser().signIn(ANA, PASSWORD)).status).toBe(200)
    const noted = await rows(sql`
      SELECT p.email FROM audit_act a JOIN person p ON p.id = a.person_id
      WHERE a.act = 'sign-in-unlocked' AND a.subject = ${String(ana?.['id'])}`)
    expect(noted).toEqual([{ email: 'it@demo.example' }])
  })
})

describe('a second factor that was lost', () => {
  test('is reset by IT of the organisation, in the record, ends the sessions, and by nobody else', async () => {
    const { client, secret, codes } = await withApp()
    const [ana] = await rows(sql`SELECT id FROM person WHERE email = ${ANA}`)
    const path = `/console/v1/people/${String(ana?.['id'])}/second-factor/reset`
    for (const role of ['lead', 'auditor'])
      expect((await (await entered(`${role}@demo.example`)).send('POST', path)).status).toBe(403)
    const stranger = await entered('it@other.example')
    expect((await stranger.send('POST', path)).status).toBe(404)
    const theirs = (await stranger.send('GET', '/console/v1/people/second-factors')).json
    expect(JSON.stringify(theirs)).not.toContain('demo.example')
    const it = await entered('it@demo.example')
    const { people } = (await it.send('GET', '/console/v1/people/second-factors')).json as {
      people: { id: string; email: string; app: boolean; passkeys: number; required: boolean }[]
    }
    expect(people.map(({ email }) => email)).not.toContain('advocate1@demo.example')
    expect(people.find(({ email }) => email === ANA)).toMatchObject({
      app: true,
      passkeys: 0,
      required: false
    })
    const own = people.find(({ email }) => email === 'it@demo.example')
    const onSelf = await it.send('POST', `/console/v1/people/${own?.id ?? ''}/second-factor/reset`)
    expect(onSelf.json.code).toBe('conflict')
    await rows(sql`
      INSERT INTO provider_identity (issuer, subject, organisation_id, team_id, person_id, linked_at)
      SELECT 'https://login.demo.example', name, organisation_id, team_id, id, now() FROM person WHERE email IN (${ANA}, 'lead@demo.example')`)
    expect((await it.send('POST', path)).status).toBe(200)
    expect(await rows(sql`SELECT subject FROM provider_identity`)).toEqual([{ subject: 'lead@demo.example' }])
    expect((await client.send('GET', '/console/v1/me')).status).toBe(401)
    const after = browser()
    expect((await after.signIn(ANA, PASSWORD)).json).toMatchObject({ role: 'supervisor' })
    for (const code of [nextCode(secret), codes[0]])
      expect((await after.send('POST', '/console/v1/sign-in/code', { code })).status).toBe(401)
    const noted = await rows(sql`
      SELECT p.email, a.subject FROM audit_act a JOIN person p ON p.id = a.person_id WHERE a.act = 'second-factor-reset'`)
    expect(noted).toEqual([{ email: 'it@demo.example', subject: ana?.['id'] }])
  })

  test('is reset only soon after a sign-in of IT’s', async () => {
    const [ana] = await rows(sql`SELECT id FROM person WHERE email = ${ANA}`)
    const it = await entered('it@demo.example')
    offset += 15 * 60_000 + 1
    const answer = await it.send('POST', `/console/v1/people/${String(ana?.['id'])}/second-factor/reset`)
    expect(answer.json.code).toBe('sign-in-again')
  })

  test('the rule of a role ends that role’s sessions with one factor, and no other', async () => {
    const weak = await entered()
    const { client: strong } = await withApp()
    const lead = await entered('lead@demo.example')
    const { db } = world.hub.store
    await requireSecondFactor(db, { organisation: DEMO.organisation, roles: ['supervisor', 'it'] })
    expect((await weak.send('GET', '/console/v1/me')).status).toBe(401)
    expect((await strong.send('GET', '/console/v1/board')).status).toBe(200)
    expect((await lead.send('GET', '/console/v1/board')).status).toBe(200)
    const it = await entered('it@demo.example')
    expect((await it.send('GET', '/console/v1/people/second-factors')).json.code).toBe(
      'second-factor-required'
    )
    await requireSecondFactor(db, { organisation: DEMO.organisation, roles: [] })
    expect((await it.send('GET', '/console/v1/people/second-factors')).status).toBe(200)
  })
})

describe('one’s own sessions', () => {
  test('are listed with how each began, and each can be ended from another', async () => {
    const [here, there] = [await entered(), await entered()]
    const { sessions } = (await here.send('GET', '/console/v1/account')).json as {
      sessions: { id: string; own: boolean; method: string; browser: string }[]
    }
    expect(sessions.filter(({ own }) => own)).toMatchObject([{ method: 'password', browser: 'Test browser' }])
    for (const { id, own } of sessions)
      if (!own) expect((await here.send('POST', `/console/v1/account/sessions/${id}/end`)).status).toBe(200)
    expect((await there.send('GET', '/console/v1/me')).status).toBe(401)
    expect((await here.send('GET', '/console/v1/me')).status).toBe(200)
    const lead = await entered('lead@demo.example')
    const own = sessions.find((one) => one.own)?.id ?? ''
    expect((await lead.send('POST', `/console/v1/account/sessions/${own}/end`)).status).toBe(404)
  })

  test('a second sign-in in the same browser ends the first', async () => {
    const client = await entered()
    const before = new Map(client.cookies)
    await client.signIn(ANA, PASSWORD)
    const first = browser()
    for (const [name, value] of before) first.cookies.set(name, value)
    expect((await first.send('GET', '/console/v1/me')).status).toBe(401)
    expect((await client.send('GET', '/console/v1/me')).status).toBe(200)
  })
})

describe('every route that writes', () => {
  test('takes nothing from another site: not without the console’s header, not with another origin', async () => {
    const posts = world.hub.routes.console.filter((route) => route.startsWith('POST '))
    expect(posts.length).toBeGreaterThan(20)
    for (const route of posts) {
      const url = `${world.consoleUrl}${route.slice(5).replace(':id', '00000000-0000-4000-8000-000000000000')}`
      for (const headers of [
        { origin: world.consoleUrl },
        { origin: 'https://evil.example', 'x-havendesk-console': '1' },
        { 'x-havendesk-console': '1' }
      ] as Record<string, string>[]) {
        const answer = await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: '{}'
        })
        expect([route, headers, answer.status]).toEqual([route, headers, 403])
      }
    }
    const others = world.hub.routes.console.filter((route) => !/^(GET|HEAD|POST) /.test(route))
    expect(others).toEqual([])
  })

  test('the sign-in answers no address more than it may ask in a minute', async () => {
    const answers = await Promise.all(
      Array.from({ length: 305 }, () => browser().send('POST', '/console/v1/sign-in/passkey/begin'))
    )
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused.length).toBe(5)
    expect(refused[0]?.json.code).toBe('too-many-tries')
  })
})
