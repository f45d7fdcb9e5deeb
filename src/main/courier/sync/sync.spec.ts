import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeJwt, decodeProtectedHeader, importJWK, jwtVerify } from 'jose'
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { HubError, SyncRequest } from '../../../contract/wire/v1/device'
import { MemoryKeychain } from '../../../../test/courier/memory-keychain'
import { HubClient } from '../hub/hub-client'
import { systemClock } from '../hub/clock'
import type { Line, LineOutcome, LineRequest } from '../hub/line'
import { KeyRing } from '../keys/open-keys'
import { Recorder } from '../outbox/recorder'
import { backoffMs } from './backoff'
import { Sync } from './sync'

type Answer = (body: SyncRequest, request: LineRequest) => LineOutcome

/** A hub that answers what the test says, and keeps what it was asked. */
class ScriptedLine implements Line {
  readonly asked: { readonly body: SyncRequest; readonly request: LineRequest; readonly at: number }[] = []
  answer: Answer = accept()
  send(request: LineRequest): Promise<LineOutcome> {
    const body = JSON.parse(Buffer.from(request.body).toString('utf8') || '{}') as SyncRequest
    this.asked.push({ body, request, at: performance.now() })
    return Promise.resolve(this.answer(body, request))
  }
  close(): Promise<void> {
    return Promise.resolve()
  }
}

const reply = (
  status: number,
  json: unknown,
  more: Partial<Extract<LineOutcome, { kind: 'reply' }>> = {}
): LineOutcome => ({
  kind: 'reply',
  status,
  json,
  nonce: null,
  retryAfterMs: null,
  hubTime: null,
  ...more
})
const refuse = (status: number, error: Partial<HubError> & Pick<HubError, 'code'>, more = {}): LineOutcome =>
  reply(status, { message: 'no', ...error }, more)
const ok = (ackBelow: number, more = {}): LineOutcome =>
  reply(200, {
    v: 1,
    ackBelow,
    policyVersion: 1,
    serverTime: '2026-01-01T00:00:00.000Z',
    heartbeatMs: 600_000,
    ...more
  })

/** Stores what comes, run by run, as the real hub does. */
function accept(): Answer {
  const next = new Map<string, number>()
  return ({ boot, records }) => {
    const expected = next.get(boot) ?? 0
    const first = records[0]?.seq ?? expected
    if (first > expected) return refuse(409, { code: 'gap', expected })
    next.set(boot, Math.max(expected, first + records.length))
    return ok(next.get(boot) ?? 0)
  }
}

let folder: string
let line: ScriptedLine
let recorder: Recorder
let sync: Sync
const boot = randomUUID()
const said: string[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sync-'))
  said.length = 0
  line = new ScriptedLine()
  await start(boot)
})
afterEach(async () => {
  sync.stop()
  await recorder.close()
  rmSync(folder, { recursive: true, force: true })
})

const sealing = randomBytes(32)
async function start(run: string): Promise<void> {
  recorder = new Recorder(
    { folder, boot: run, sealing, now: () => '2026-01-01T00:00:00.000Z', monotonic: () => 0 },
    { recorded: () => sync.wake(), notRecorded: () => undefined, waiting: () => undefined }
  )
  const key = await new KeyRing(new MemoryKeychain()).candidate(false)
  if (!key.ok) throw new Error('no key')
  const client = new HubClient(
    line,
    'https://hub.example',
    {
      key: key.value,
      device: randomUUID(),
      boot: run,
      nextSeq: () => recorder.store?.nextRequest() ?? 0,
      skipSeq: () => recorder.store?.skipRequests()
    },
    systemClock,
    { tell: (where, problem) => said.push(`odd: ${where} ${problem}`) }
  )
  sync = new Sync({
    recorder,
    client,
    boot: run,
    sender: { flavour: 'test', build: '0' },
    clock: systemClock,
    random: () => 0.1,
    events: {
      reachable: () => said.push('reachable'),
      unreachable: (problem) => said.push(`unreachable: ${problem}`),
      refused: ({ reason }) => said.push(`refused: ${reason}`),
      policyVersion: () => undefined,
      models: () => undefined,
      attestWanted: () => said.push('attest'),
      waiting: () => undefined,
      odd: (problem) => said.push(`odd: ${problem}`)
    }
  })
  const opened = await recorder.open()
  if (!opened.ok) throw new Error(opened.error.detail)
}

let handle = 0
const record = (detail: string): void =>
  recorder.record({
    handle: String((handle += 1)),
    at: '2026-01-01T00:00:00.000Z',
    monoMs: 0,
    body: { kind: 'event', code: 'helper-died', detail, count: 1 }
  })
const delivered = (): void => expect(recorder.waiting).toBe(0)
const until = (check: () => void): Promise<void> =>
  expect
    .poll(
      () => {
        check()
        return true
      },
      { timeout: 5000, interval: 10 }
    )
    .toBe(true)

describe('sync', () => {
  it('proves every request: body, target, device, run and a rising number', async () => {
    record('one')
    await until(delivered)
    record('two')
    await until(delivered)
    let before = -1
    for (const { request } of line.asked) {
      const { jwk, typ, alg } = decodeProtectedHeader(request.proof)
      expect([typ, alg]).toEqual(['dpop+jwt', 'ES256'])
      expect(jwk).not.toHaveProperty('d')
      const { payload } = await jwtVerify(request.proof, await importJWK(jwk!, 'ES256'))
      expect(payload).toMatchObject({ htm: 'POST', htu: 'https://hub.example/device/v1/sync', boot })
      expect(payload['bh']).toBe(createHash('sha256').update(request.body).digest('base64url'))
      expect(payload['seq']).toBeGreaterThan(before)
      before = Number(payload['seq'])
    }
  })

  it('sends at most 200 records of one run in one request', async () => {
    line.answer = () => ({ kind: 'no-answer', problem: 'away', odd: false })
    for (let n = 0; n < 230; n += 1) record(String(n))
    line.answer = accept()
    await until(delivered)
    const sizes = line.asked
      .filter(({ body }) => body.records.length > 0)
      .slice(-2)
      .map(({ body }) => body.records.length)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(230)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(200)
  })

  it('uses the nonce that the hub asks for, and keeps it', async () => {
    line.answer = (_body, { proof }) =>
      decodeJwt(proof)['nonce'] === 'n1' ? ok(1) : refuse(401, { code: 'use-nonce' }, { nonce: 'n1' })
    record('one')
    await until(delivered)
    expect(line.asked).toHaveLength(2)
  })

  it('corrects its clock by the hub’s when the proof is refused for it', async () => {
    const hubTime = Date.now() + 3_600_000
    line.answer = (_body, { proof }) =>
      Math.abs(Number(decodeJwt(proof).iat) * 1000 - hubTime) < 60_000
        ? ok(1)
        : refuse(401, { code: 'bad-proof' }, { hubTime })
    record('one')
    await until(delivered)
    expect(line.asked).toHaveLength(2)
  })

  it('leaves a gap in its numbers when the hub has seen them', async () => {
    line.answer = (_body, { proof }) =>
      Number(decodeJwt(proof)['seq']) > 5000 ? ok(1) : refuse(401, { code: 'replayed', field: 'proof.seq' })
    record('one')
    await until(delivered)
  })

  it('honours Retry-After of a busy hub, also for something new', async () => {
    line.answer = () => refuse(503, { code: 'unavailable' }, { retryAfterMs: 700 })
    record('one')
    await until(() => expect(line.asked).toHaveLength(1))
    line.answer = accept()
    record('two')
    await until(delivered)
    const [first, second] = line.asked
    expect(second!.at - first!.at).toBeGreaterThanOrEqual(690)
    expect(said[0]).toBe('unreachable: HTTP 503')
  })

  it('tells a hub that is away from one that shuts the device out', async () => {
    line.answer = () => refuse(403, { code: 'revoked' })
    record('one')
    await until(() => expect(said).toEqual(['refused: revoked']))
    expect(recorder.waiting).toBe(1)
  })

  it.each([
    ['a page of a captive portal', reply(200, null), true],
    ['another shape', reply(200, { v: 2 }), true],
    ['a gateway', reply(502, null), false], // a hub that restarts is no odd one
    ['a refusal that is not the hub’s', reply(403, { error: 'blocked' }), true]
  ])('takes %s for no hub at all', async (_what, outcome, isOdd) => {
    line.answer = () => outcome
    record('one')
    await until(() => expect(said.filter((one) => one.startsWith('unreachable')).length).toBeGreaterThan(0))
    expect(said[0]?.startsWith('odd: sync')).toBe(isOdd)
    line.answer = accept()
    await until(delivered)
  })

  it('continues where the hub waits after a gap', async () => {
    line.answer = accept()
    for (let n = 0; n < 3; n += 1) record(String(n))
    await until(delivered)
    line.answer = accept() // a hub that was restored from before
    record('3')
    await until(delivered)
  })

  it('asks what the hub has when it knows a number with other contents, and delivers under new ones', async () => {
    const hub = accept()
    let stored = false
    line.answer = (body, request) => {
      if (body.records[0]?.seq === 0 && !stored) {
        stored = true
        return refuse(422, { code: 'altered-duplicate', field: 'records.0' })
      }
      if (body.records.length === 0 && stored) return ok(7)
      return body.records[0]?.seq === 7 ? ok(8) : hub(body, request)
    }
    record('one')
    await until(delivered)
    expect(line.asked.at(-1)?.body.records).toMatchObject([{ seq: 7, body: { detail: 'one' } }])
  })

  it('finds the one record that the hub cannot read, says so in its place, and delivers the rest', async () => {
    const hub = accept()
    line.answer = (body, request) =>
      body.records.some(({ body: one }) => one.kind === 'event' && one.detail === 'poison')
        ? refuse(400, { code: 'bad-request', field: 'records' })
        : hub(body, request)
    for (const detail of ['a', 'b', 'poison', 'c', 'd']) record(detail)
    await until(delivered)
    const sent = line.asked.filter((_one, at) => at > 0).flatMap(({ body }) => body.records)
    const last = new Map(sent.map((one) => [one.seq, one.body.kind === 'event' ? one.body.code : '']))
    expect([...last.values()].filter((code) => code === 'outbox-damaged')).toHaveLength(1)
    expect(last.size).toBe(5)
  })

  it('delivers an earlier run first, without a desk, under its own numbers', async () => {
    line.answer = () => ({ kind: 'no-answer', problem: 'away', odd: false })
    record('early')
    sync.stop()
    await recorder.close()
    line.asked.length = 0
    line.answer = accept()
    const later = randomUUID()
    await start(later)
    sync.setDesk({
      state: 'shown',
      reasons: [],
      since: '2026-01-01T00:00:00.000Z',
      person: null,
      policyVersion: 1,
      model: '',
      checks: []
    })
    record('late')
    await until(delivered)
    const sent = line.asked.filter(({ body }) => body.records.length > 0)
    expect(sent.map(({ body }) => [body.boot, body.desk?.state ?? null])).toEqual([
      [boot, null],
      [later, 'shown']
    ])
  })
})

describe('waiting after failures', () => {
  it('grows, is spread over the whole span, and ends at five seconds', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 99].map((failures) => backoffMs(failures, 0.9999))).toEqual([
      200, 400, 800, 1600, 3200, 5000, 5000, 5000
    ])
    expect(backoffMs(9, 0)).toBe(0)
    expect(backoffMs(9, 0.5)).toBe(2500)
  })
})
