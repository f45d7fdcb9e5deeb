import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { refusedAt } from '../../src/hub/people/provider/told'
import { totpOf } from '../../src/hub/people/totp/app-code'
import { addPerson } from '../../src/provision/index'
import { BrowserClient } from './support/browser-client'
import { startOidcProvider, type TestProvider } from './support/oidc-provider'
import { DEMO, PASSWORD, World } from './support/world'

/** OpenID Connect against oidc-provider, a real provider, on a port of its own. */

let provider: TestProvider
let world: World
let offset = 0
const now = (): Date => new Date(Date.now() + offset)
const MINUTE = 60_000
const ANA = 'ana@demo.example'
const rows = async (query: ReturnType<typeof sql>) => (await world.hub.store.db.execute(query)).rows

beforeAll(async () => {
  provider = await startOidcProvider()
  const { issuer, clientId, clientSecret } = provider
  const one = { label: 'Work account', organisation: DEMO.organisation, issuer, clientId, clientSecret }
  const providers = [
    { ...one, id: 'work' },
    { ...one, id: 'misnamed', issuer: issuer.replace('127.0.0.1', 'localhost') },
    { ...one, id: 'away', issuer: `http://127.0.0.1:${String(await freePort())}` }
  ]
  world = await World.start({ providers }, { now })
  provider.expect([`${world.consoleUrl}/console/v1/sign-in/provider/work/callback`])
  for (const [email, role] of [
    [ANA, 'supervisor'],
    ['bea@demo.example', 'lead'],
    ['gone@demo.example', 'supervisor']
  ] as const)
    await addPerson(world.hub.store.db, { ...DEMO, name: email, email, role, password: PASSWORD })
  const known = (subject: string, email?: string, verified?: boolean, amr?: readonly string[]) =>
    provider.accounts.set(subject, {
      subject,
      ...(email === undefined ? {} : { email }),
      ...(verified === undefined ? {} : { verified }),
      ...(amr === undefined ? {} : { amr })
    })
  known('ana', ANA, true)
  known('bea', 'Bea@Demo.example', true, ['pwd', 'mfa'])
  known('unverified', ANA, false)
  known('silent', ANA)
  known('no-email')
  known('other', 'supervisor1@other.example', true)
  known('advocate', 'advocate1@demo.example', true)
  known('stranger', 'nobody@demo.example', true)
  known('gone', 'gone@demo.example', true)
})
afterAll(async () => {
  await world.close()
  await provider.close()
})
afterEach(async () => {
  provider.forge = null
  provider.isAway = false
  await rows(sql`DELETE FROM sign_in_refusal`)
  await rows(sql`DELETE FROM person_totp`)
})

/** A port on which nothing listens. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

/** Where the console sends its browser. */
async function leave(client: BrowserClient, id = 'work'): Promise<URL> {
  const begun = await client.send('POST', `/console/v1/sign-in/provider/${id}`)
  expect(begun.status).toBe(200)
  return new URL(begun.json.url)
}

/** Signs in at the provider as a person would; answers where it sends the browser back to. */
async function atProvider(to: URL, account: string): Promise<URL> {
  const jar = new Map<string, string>()
  const ask = async (url: URL, form?: URLSearchParams): Promise<Response> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const method = form === undefined ? 'GET' : 'POST'
    const init = { method, redirect: 'manual', headers: { cookie } } as const
    const answer = await fetch(url, form === undefined ? init : { ...init, body: form })
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
      jar.set(name, value)
    }
    return answer
  }
  let answer = await ask(to)
  let url = to
  while (answer.headers.has('location')) {
    url = new URL(answer.headers.get('location') ?? '', url)
    if (url.origin === world.consoleUrl) return url
    answer = await ask(url)
    if (url.pathname.startsWith('/interaction/')) answer = await ask(url, new URLSearchParams({ account }))
  }
  throw new Error(`the provider went no further: ${String(answer.status)} ${await answer.text()}`)
}

const comeBack = (client: BrowserClient, url: URL) => client.send('GET', `${url.pathname}${url.search}`)

async function signIn(account: string): Promise<{ client: BrowserClient; to: string }> {
  const client = new BrowserClient(world.consoleUrl)
  const answer = await comeBack(client, await atProvider(await leave(client), account))
  expect(answer.status).toBe(303)
  return { client, to: String(answer.headers['location']) }
}

async function expectRefused(client: BrowserClient, to: unknown, why: string): Promise<void> {
  expect(to).toBe(refusedAt(why))
  expect((await client.send('GET', '/console/v1/me')).status).toBe(401)
  expect(await rows(sql`SELECT provider, why, times FROM sign_in_refusal`)).toEqual([
    { provider: 'work', why, times: 1 }
  ])
}

describe('a sign-in by a provider', () => {
  test('goes there with a code challenge, state and nonce, and lets in who has that verified address', async () => {
    const client = new BrowserClient(world.consoleUrl)
    const to = await leave(client)
    expect(to.origin).toBe(provider.issuer)
    expect(Object.fromEntries(to.searchParams)).toMatchObject({
      response_type: 'code',
      scope: 'openid email',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/)
    })
    const answer = await comeBack(client, await atProvider(to, 'ana'))
    expect([answer.status, answer.headers['location']]).toEqual([303, '/'])
    expect((await client.send('GET', '/console/v1/me')).json).toMatchObject({ name: ANA, role: 'supervisor' })
    expect((await client.send('GET', '/console/v1/account')).json.sessions).toMatchObject([
      { own: true, method: 'provider' }
    ])
    const acts = await rows(sql`
      SELECT a.act, a.detail FROM audit_act a JOIN person p ON p.id = a.person_id WHERE p.email = ${ANA} ORDER BY a.id`)
    expect(acts).toEqual([
      { act: 'provider-linked', detail: new URL(provider.issuer).host },
      { act: 'signed-in', detail: 'provider' }
    ])
    expect(await rows(sql`SELECT 1 FROM sign_in_refusal`)).toEqual([])
  })

  test('ends the session that the browser had, whose cookie no way back from another site brings along', async () => {
    const client = new BrowserClient(world.consoleUrl)
    await client.signIn('bea@demo.example', PASSWORD)
    const before = new Map(client.cookies)
    const back = await atProvider(await leave(client), 'ana')
    for (const name of ['havendesk', 'havendesk-known']) client.cookies.delete(name)
    expect((await comeBack(client, back)).headers['location']).toBe('/')
    expect((await client.send('GET', '/console/v1/me')).json).toMatchObject({ name: ANA })
    const old = new BrowserClient(world.consoleUrl)
    for (const [name, value] of before) old.cookies.set(name, value)
    expect((await old.send('GET', '/console/v1/me')).status).toBe(401)
  })

  test('knows who signed in before by the subject, whatever becomes of the address', async () => {
    await signIn('ana')
    provider.accounts.set('ana', { subject: 'ana', email: 'married@demo.example', verified: false })
    try {
      expect((await signIn('ana')).to).toBe('/')
    } finally {
      provider.accounts.set('ana', { subject: 'ana', email: ANA, verified: true })
    }
    // Somebody else there is given the address: it is not theirs here.
    provider.accounts.set('heir', { subject: 'heir', email: ANA, verified: true })
    const { client, to } = await signIn('heir')
    await expectRefused(client, to, 'linked')
    const [refused] = await rows(sql`
      SELECT p.email FROM sign_in_refusal r JOIN person p ON p.id = r.person_id`)
    expect(refused).toEqual({ email: ANA })
  })

  test('counts as two factors when the provider says so; else the app of the console is asked for', async () => {
    await rows(
      sql`UPDATE organisation SET second_factor_roles = '["lead", "supervisor"]' WHERE name = 'Demo Care'`
    )
    try {
      const bea = await signIn('bea')
      expect((await bea.client.send('GET', '/console/v1/board')).status).toBe(200)
      const { client } = await signIn('ana')
      expect((await client.send('GET', '/console/v1/board')).json.code).toBe('second-factor-required')
      const { secret } = (await client.send('POST', '/console/v1/account/app/begin')).json
      const code = (ms: number) => totpOf(secret).generate({ timestamp: Date.now() + ms })
      await client.send('POST', '/console/v1/account/app/confirm', { code: code(0) })
      const again = await signIn('ana')
      expect((await again.client.send('GET', '/console/v1/me')).status).toBe(401)
      expect((await again.client.send('GET', '/console/v1/sign-in/ways')).json.owesCode).toBe(true)
      const entered = await again.client.send('POST', '/console/v1/sign-in/code', { code: code(30_000) })
      expect(entered.json).toMatchObject({ name: ANA })
    } finally {
      await rows(sql`UPDATE organisation SET second_factor_roles = '[]'`)
    }
  })
})

describe('a link to a provider', () => {
  test('that asked for more than one factor is one: who knows the password alone undoes it not, and adds no app', async () => {
    await signIn('bea')
    const thief = new BrowserClient(world.consoleUrl)
    await thief.signIn('bea@demo.example', PASSWORD)
    const [link] = (await thief.send('GET', '/console/v1/account')).json.providers
    const unlink = `/console/v1/account/providers/${String(link.id)}/unlink`
    const { secret } = (await thief.send('POST', '/console/v1/account/app/begin')).json
    const code = secret === undefined ? '000000' : totpOf(secret).generate()
    for (const answer of [
      await thief.send('POST', unlink),
      await thief.send('POST', '/console/v1/account/app/confirm', { code })
    ])
      expect(answer).toMatchObject({ status: 403, json: { code: 'sign-in-again' } })
  })

  test('is undone by its person soon after a sign-in, ends every other session of theirs, and comes again by the verified address', async () => {
    const { client } = await signIn('ana')
    const other = await signIn('ana')
    const byPassword = new BrowserClient(world.consoleUrl)
    await byPassword.signIn(ANA, PASSWORD)
    const links = async () => (await client.send('GET', '/console/v1/account')).json.providers
    const [link] = await links()
    expect(link).toMatchObject({ host: new URL(provider.issuer).host })
    const unlink = `/console/v1/account/providers/${String(link.id)}/unlink`
    const { client: bea } = await signIn('bea')
    expect((await bea.send('POST', unlink)).status).toBe(404)
    offset += 16 * MINUTE
    expect((await client.send('POST', unlink)).json.code).toBe('sign-in-again')
    offset -= 16 * MINUTE
    expect((await client.send('POST', unlink)).status).toBe(200)
    expect(await links()).toEqual([])
    for (const one of [other.client, byPassword])
      expect((await one.send('GET', '/console/v1/me')).status).toBe(401)
    expect((await client.send('GET', '/console/v1/me')).status).toBe(200)
    const [noted] = await rows(sql`SELECT act FROM audit_act ORDER BY id DESC LIMIT 1`)
    expect(noted).toEqual({ act: 'provider-unlinked' })
    expect((await signIn('ana')).to).toBe('/')
    expect(await links()).toHaveLength(1)
  })

  test('is not undone in a session that did not show the factor that its person has', async () => {
    const { client } = await signIn('ana')
    await rows(sql`
      INSERT INTO person_totp (person_id, organisation_id, team_id, secret, made_at, confirmed_at)
      SELECT id, organisation_id, team_id, 'x', now(), now() FROM person WHERE email = ${ANA}`)
    const [link] = (await client.send('GET', '/console/v1/account')).json.providers
    const answer = await client.send('POST', `/console/v1/account/providers/${String(link.id)}/unlink`)
    expect(answer.json.code).toBe('sign-in-again')
  })
})

describe('a sign-in by a provider is refused, and in the record,', () => {
  test.each([
    ['unverified', 'email-unverified'],
    ['silent', 'email-unverified'],
    ['no-email', 'no-email'],
    ['other', 'not-here'],
    ['advocate', 'not-here'],
    ['stranger', 'not-here']
  ])('of the account %s: %s', async (account, why) => {
    const { client, to } = await signIn(account)
    await expectRefused(client, to, why)
    const [kept] = await rows(sql`SELECT row_to_json(r)::text AS row FROM sign_in_refusal r`)
    expect(String(kept?.['row'])).not.toContain('.example')
  })

  test('of who was shut out here', async () => {
    expect((await signIn('gone')).to).toBe('/')
    await rows(sql`UPDATE person SET disabled_at = now() WHERE email = 'gone@demo.example'`)
    const { client, to } = await signIn('gone')
    await expectRefused(client, to, 'shut-out')
  })

  test('when the person said no there', async () => {
    const { client, to } = await signIn('who does not exist')
    await expectRefused(client, to, 'not-proven')
  })

  test('when the token answers another sign-in: its nonce is not the one that was sent', async () => {
    const client = new BrowserClient(world.consoleUrl)
    const to = await leave(client)
    to.searchParams.set('nonce', 'of-another-sign-in')
    const answer = await comeBack(client, await atProvider(to, 'ana'))
    await expectRefused(client, answer.headers['location'], 'not-proven')
  })

  test('when what came back names another issuer than the one that was asked (RFC 9207)', async () => {
    const client = new BrowserClient(world.consoleUrl)
    const back = await atProvider(await leave(client), 'ana')
    expect(back.searchParams.get('iss')).toBe(provider.issuer)
    back.searchParams.set('iss', 'https://login.evil.example')
    await expectRefused(client, (await comeBack(client, back)).headers['location'], 'not-proven')
  })

  test.each([
    ['is of another issuer', { claims: (c: object) => ({ ...c, iss: 'https://login.evil.example' }) }],
    ['is for another client', { claims: (c: object) => ({ ...c, aud: 'another' }) }],
    ['is over', { claims: (c: object) => ({ ...c, exp: Math.floor(Date.now() / 1000) - 60 }) }],
    ['has no nonce', { claims: (c: object) => ({ ...c, nonce: undefined }) }],
    ['is signed by a key that the provider does not publish', { foreignKey: true as const }]
  ])('when the token %s', async (_, forge) => {
    provider.forge = forge
    const { client, to } = await signIn('ana')
    await expectRefused(client, to, 'not-proven')
  })

  test('when the code was given out for another sign-in: the code verifier is not of it', async () => {
    const [own, thief] = [new BrowserClient(world.consoleUrl), new BrowserClient(world.consoleUrl)]
    const back = await atProvider(await leave(own), 'ana')
    const theirs = await leave(thief)
    back.searchParams.set('state', theirs.searchParams.get('state') ?? '')
    await expectRefused(thief, (await comeBack(thief, back)).headers['location'], 'not-proven')
  })

  test('when the same way back is gone a second time', async () => {
    const client = new BrowserClient(world.consoleUrl)
    const back = await atProvider(await leave(client), 'ana')
    const cookies = new Map(client.cookies)
    expect((await comeBack(client, back)).headers['location']).toBe('/')
    const second = new BrowserClient(world.consoleUrl)
    for (const [name, value] of cookies) second.cookies.set(name, value)
    await expectRefused(second, (await comeBack(second, back)).headers['location'], 'state-unknown')
  })

  test('when another browser comes back with it, whose person would be signed in as somebody else', async () => {
    const [attacker, victim] = [new BrowserClient(world.consoleUrl), new BrowserClient(world.consoleUrl)]
    const back = await atProvider(await leave(attacker), 'ana')
    await leave(victim)
    await expectRefused(victim, (await comeBack(victim, back)).headers['location'], 'another-browser')
  })

  test('many times: one row counts them', async () => {
    for (let n = 0; n < 3; n += 1) await signIn('other')
    const counted = await rows(sql`SELECT why, times FROM sign_in_refusal`)
    expect(counted).toEqual([{ why: 'not-here', times: 3 }])
  })
})

describe('a provider that cannot be asked', () => {
  test.each(['misnamed', 'away'])('(%s) is told, and nobody is sent anywhere', async (id) => {
    const client = new BrowserClient(world.consoleUrl)
    const answer = await client.send('POST', `/console/v1/sign-in/provider/${id}`)
    expect(answer).toMatchObject({ status: 503, json: { code: 'unavailable' } })
    expect(client.cookies.size).toBe(0)
  })

  test('when its person comes back lets nobody in, and is in the record', async () => {
    const client = new BrowserClient(world.consoleUrl)
    offset += 61 * MINUTE
    await leave(client) // reads its metadata, which is read again after an hour
    offset += 55 * MINUTE
    const back = await atProvider(await leave(client), 'ana')
    offset += 9 * MINUTE
    provider.isAway = true
    const answer = await comeBack(client, back)
    expect(answer.status).toBe(303)
    await expectRefused(client, answer.headers['location'], 'not-proven')
  })
})
