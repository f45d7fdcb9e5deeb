import { createHash, randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { deviceJwkSchema, type DeviceJwk } from '../../contract/wire/v1/device'
import { createNonces } from './nonce'
import { readProof, verifyProof, type ProvenRequest } from './proof'

const NOW = Date.UTC(2026, 10, 26, 12)
const nonces = createNonces()
const request: ProvenRequest = {
  method: 'POST',
  host: 'hub.example:8443',
  path: '/device/v1/sync',
  body: Buffer.from('{"v":1}')
}

interface Pair {
  readonly privateKey: CryptoKey
  readonly jwk: DeviceJwk
}
let own: Pair
let other: Pair
beforeAll(async () => {
  ;[own, other] = await Promise.all([pair(), pair()])
})

async function pair(): Promise<Pair> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  const { kty, crv, x, y } = await exportJWK(publicKey)
  return { privateKey, jwk: deviceJwkSchema.parse({ kty, crv, x, y }) }
}

const claims = {
  htm: 'POST',
  htu: 'https://hub.example:8443/device/v1/sync',
  iat: NOW / 1000,
  jti: randomUUID(),
  bh: createHash('sha256').update(request.body).digest('base64url'),
  device: randomUUID(),
  boot: randomUUID(),
  seq: 7
}

const withNonce = () => ({ nonce: nonces.issue(NOW) })
const sign = (more: object = {}, by: Pair = own, header: object = {}): Promise<string> =>
  new SignJWT({ ...claims, ...more })
    .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: by.jwk, ...header })
    .sign(by.privateKey)

async function judge(token: string, subject: ProvenRequest = request, now = NOW) {
  const proof = readProof(token)
  if (!proof.ok) return proof
  return verifyProof(proof.value, own.jwk, subject, {
    hostNames: ['hub.example', '2001:db8::1'],
    nonces,
    now
  })
}

/** The same proof with one part of it replaced after it was signed. */
function forged(token: string, part: 0 | 1, change: (value: Record<string, unknown>) => object): string {
  const parts = token.split('.')
  const value = JSON.parse(Buffer.from(parts[part] ?? '', 'base64url').toString()) as Record<string, unknown>
  parts[part] = Buffer.from(JSON.stringify(change(value))).toString('base64url')
  return parts.join('.')
}

test('F2: the proof as it should be is taken', async () => {
  expect(await judge(await sign())).toMatchObject({ ok: true, value: { seq: 7 } })
})

test('F2: a hub that is reached by an IPv6 address is the one that its settings name without brackets', async () => {
  const at = (host: string) => ({ htu: claims.htu.replace('hub.example', host) })
  const to = (host: string) => ({ ...request, host: `${host}:8443` })
  expect(await judge(await sign(at('[2001:db8::1]')), to('[2001:db8::1]'))).toMatchObject({ ok: true })
  expect(await judge(await sign(at('[2001:db8::2]')), to('[2001:db8::2]'))).toMatchObject({
    ok: false,
    error: { field: 'proof.htu' }
  })
})

test('F2: a device whose clock is wrong is refused in words that name the clock, and taken once it is corrected', async () => {
  const nonce = nonces.issue(NOW)
  const refused = await judge(await sign({ nonce, iat: Date.UTC(1999, 0, 1) / 1000 }))
  expect(refused).toMatchObject({
    ok: false,
    error: {
      code: 'bad-proof',
      field: 'proof.iat',
      message:
        'The device’s clock is wrong: it says 1999-01-01T00:00:00.000Z, the hub’s says 2026-11-26T12:00:00.000Z. Set it.'
    }
  })
  expect(await judge(await sign({ nonce, iat: NOW / 1000 - 9 }))).toMatchObject({ ok: true })
  expect(await judge(await sign({ nonce, iat: NOW / 1000 + 9 }))).toMatchObject({ ok: true })
})

describe('F2: one claim flipped after signing', () => {
  test.each([
    ['method', { htm: 'GET' }],
    ['address', { htu: 'https://hub.example:8443/device/v1/sign-in' }],
    ['body hash', { bh: createHash('sha256').update('{"v":2}').digest('base64url') }],
    ['device', { device: randomUUID() }],
    ['boot', { boot: randomUUID() }],
    ['sequence', { seq: 8 }],
    ['time', { iat: NOW / 1000 + 1 }],
    ['identifier', { jti: randomUUID() }],
    ['nonce', { nonce: nonces.issue(NOW) }],
    ['token hash', { ath: 'A'.repeat(43) }]
  ])('%s: refused for its signature', async (_name, change) => {
    const bent = forged(await sign(), 1, (value) => ({ ...value, ...change }))
    expect(await judge(bent)).toMatchObject({ ok: false, error: { code: 'bad-proof' } })
  })
})

describe('F2: signed by the device, and not about this request', () => {
  test.each([
    ['another method', {}, { ...request, method: 'GET' }, 'proof.htm'],
    ['another path', {}, { ...request, path: '/device/v1/policy' }, 'proof.htu'],
    ['another host', {}, { ...request, host: 'elsewhere.example:8443' }, 'proof.htu'],
    ['a query', { htu: `${claims.htu}?x=1` }, request, 'proof.htu'],
    ['plain http', { htu: claims.htu.replace('https', 'http') }, request, 'proof.htu'],
    ['one byte of the body', {}, { ...request, body: Buffer.from('{"v":2}') }, 'proof.bh'],
    ['no body', {}, { ...request, body: Buffer.alloc(0) }, 'proof.bh'],
    ['a time too early', { iat: NOW / 1000 - 61 }, request, 'proof.iat'],
    ['a time too late', { iat: NOW / 1000 + 61 }, request, 'proof.iat'],
    ['a time before its nonce', { ...withNonce(), iat: NOW / 1000 - 11 }, request, 'proof.iat'],
    ['a time to come, with a nonce', { ...withNonce(), iat: NOW / 1000 + 11 }, request, 'proof.iat'],
    ['the last time there is', { ...withNonce(), iat: 253_402_300_799 }, request, 'proof.iat'],
    ['a time beyond all dates', { ...withNonce(), iat: 1e300 }, request, 'proof.iat'],
    ['a time below all dates', { ...withNonce(), iat: -1e300 }, request, 'proof.iat'],
    ['a nonce of another hub', { nonce: createNonces().issue(NOW) }, request, 'proof.nonce']
  ])('%s: refused with the field', async (_name, change, subject, field) => {
    expect(await judge(await sign(change), subject)).toMatchObject({ ok: false, error: { field } })
  })
})

describe('F2: another key or algorithm', () => {
  test('another key, named as itself', async () => {
    expect(await judge(await sign({}, other))).toMatchObject({ ok: false, error: { code: 'bad-proof' } })
  })
  test('another key under the name of the right one', async () => {
    expect(await judge(await sign({}, other, { jwk: own.jwk }))).toMatchObject({ ok: false })
  })
  test('the right key named as another', async () => {
    expect(await judge(await sign({}, own, { jwk: other.jwk }))).toMatchObject({ ok: false })
  })
  test.each(['none', 'HS256', 'RS256', 'ES384', 'EdDSA'])('%s instead of ES256', async (alg) => {
    expect(await judge(forged(await sign(), 0, (value) => ({ ...value, alg })))).toMatchObject({ ok: false })
  })
  test('the public key as an HMAC secret', async () => {
    const secret = new TextEncoder().encode(JSON.stringify(own.jwk))
    const token = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'dpop+jwt' }).sign(secret)
    const named = forged(token, 0, (value) => ({ ...value, jwk: own.jwk }))
    expect(await judge(named)).toMatchObject({ ok: false, error: { code: 'bad-proof' } })
  })
  test('no signature, and one with a flipped bit', async () => {
    const [header = '', payload = '', signature = ''] = (await sign()).split('.')
    expect(await judge(`${header}.${payload}.`)).toMatchObject({ ok: false })
    const bytes = Buffer.from(signature, 'base64url')
    for (const at of [0, 31, 32, 63]) {
      const flipped = Buffer.from(bytes)
      flipped[at] = (flipped[at] ?? 0) ^ 1
      expect(await judge(`${header}.${payload}.${flipped.toString('base64url')}`)).toMatchObject({
        ok: false
      })
    }
  })
  test('a component left out', async () => {
    for (const name of Object.keys(claims)) {
      expect([name, (await judge(await sign({ [name]: undefined }))).ok]).toEqual([name, false])
    }
  })
})
