import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkResultSchema } from '../core/check/check'
import { defaultCheckRules } from '../core/policy/checks'
import { chooseDevice, deviceOn } from './choose'
import { serviceUptime } from './checks/service-uptime'
import type { Probe, ProbeFinding } from './contract'
import { fakePlatform } from './fake/platform'
import { runProbe } from './run-probe'
import { sidText } from './win32/process-user'

let folder: string
let socket: string
const servers: { server: Server; sockets: Set<Socket> }[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'device-'))
  socket = join(folder, 's.sock')
})
afterEach(async () => {
  for (const { server, sockets } of servers.splice(0)) {
    for (const one of sockets) one.destroy()
    await new Promise((resolve) => server.close(resolve))
  }
  rmSync(folder, { recursive: true, force: true })
})

/** Something at the service's place that behaves as it likes. */
async function impostor(behave: (socket: Socket) => void): Promise<void> {
  const sockets = new Set<Socket>()
  const server = createServer((one) => {
    sockets.add(one)
    one.on('error', () => one.destroy())
    behave(one)
  })
  await new Promise<void>((resolve) => server.listen(socket, resolve))
  servers.push({ server, sockets })
}
const answerWith = (make: (id: string) => string | Buffer) =>
  impostor((one) =>
    one.on('data', (chunk) => {
      const { id } = JSON.parse(chunk.toString()) as { id: string }
      one.write(make(id))
    })
  )
const check = (timeoutMs = 300) => runProbe(serviceUptime(socket), timeoutMs)

describe('the check of the service', () => {
  it('passes when the service answers this very question', async () => {
    await answerWith((id) => `${JSON.stringify({ kind: 'uptime', id, seconds: 61.9 })}\n`)
    expect(await check()).toMatchObject({
      id: 'service',
      area: 'device',
      state: 'pass',
      evidence: 'service up for 61 s'
    })
  })

  it('is unknown, with its remedy, when there is no service', async () => {
    expect(await check()).toMatchObject({ state: 'unknown', remedy: 'remedy.service-missing' })
    writeFileSync(socket, 'not a socket')
    expect(await check()).toMatchObject({ state: 'unknown' })
  })

  it.each<[string, (id: string) => string | Buffer]>([
    ['nothing', () => ''],
    ['an empty line', () => '\n'],
    ['garbage', () => 'garbage\n'],
    ['another id', () => '{"kind":"uptime","id":"7b0e0c8e-6a36-4d0a-9a3d-0d5f6a1f6a11","seconds":1}\n'],
    ['a field too many', (id) => `${JSON.stringify({ kind: 'uptime', id, seconds: 1, more: 1 })}\n`],
    ['no number', (id) => `${JSON.stringify({ kind: 'uptime', id, seconds: 'NaN' })}\n`],
    ['a negative time', (id) => `${JSON.stringify({ kind: 'uptime', id, seconds: -1 })}\n`],
    ['a refusal', () => '{"kind":"refused","id":null,"reason":"not-your-peer","message":"no"}\n'],
    [
      'no UTF-8',
      (id) =>
        Buffer.concat([
          Buffer.from(`{"kind":"uptime","id":"${id}","seconds":1,"x":"`),
          Buffer.from([0xff, 0xfe]),
          Buffer.from('"}\n')
        ])
    ],
    ['half an answer', (id) => `{"kind":"uptime","id":"${id}"`]
  ])('never passes on %s', async (_what, make) => {
    await answerWith(make)
    expect((await check(150)).state).toBe('error')
  })

  it('never passes on 100 MB, and does not read them', async () => {
    let written = 0
    await impostor((one) => {
      const chunk = Buffer.alloc(1 << 20, 0x61)
      const more = (): void => {
        while (written < 100 && one.writable) {
          written += 1
          if (!one.write(chunk)) break
        }
      }
      one.on('drain', more)
      one.once('data', more)
    })
    const before = process.memoryUsage().rss
    expect(await check(2000)).toMatchObject({ state: 'error', evidence: 'the answer is too long' })
    expect(process.memoryUsage().rss - before).toBeLessThan(50e6)
    expect(written).toBeLessThan(100)
  })

  it('never passes on a hang, and ends on time', async () => {
    await impostor(() => undefined)
    const began = performance.now()
    expect((await check(200)).state).toBe('error')
    expect(performance.now() - began).toBeLessThan(3000)
  })

  it('never passes on a slow drip', async () => {
    await impostor((one) => {
      const timer = setInterval(() => one.write('x'), 20)
      one.on('close', () => clearInterval(timer))
    })
    expect((await check(200)).state).toBe('error')
  })

  it('never passes on any bytes at all', async () => {
    let bytes: Uint8Array = new Uint8Array()
    await impostor((one) => one.on('data', () => one.end(bytes)))
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 2000 }),
          fc.json().map((text) => Buffer.from(`${text}\n`))
        ),
        async (reply) => {
          bytes = reply
          expect((await check(500)).state).toBe('error')
        }
      ),
      { numRuns: 80 }
    )
  })
})

describe('D2: a probe that misbehaves', () => {
  const probe = (run: Probe['run']): Probe => ({ id: 'odd', area: 'device', remedy: 'remedy.odd', run })

  it.each<[string, Probe['run']]>([
    ['throws', () => Promise.reject(new Error('no tool'))],
    [
      'throws at once',
      () => {
        throw new Error('no tool')
      }
    ],
    ['hangs', () => new Promise(() => undefined)],
    ['gives nothing', () => Promise.resolve(undefined as unknown as ProbeFinding)],
    [
      'gives a state of its own',
      () => Promise.resolve({ state: 'fine', evidence: '', ageMs: 0, remedy: '' } as unknown as ProbeFinding)
    ],
    [
      'gives an impossible age',
      () => Promise.resolve({ state: 'pass', evidence: '', ageMs: -1, remedy: '' })
    ],
    [
      'gives no number for its age',
      () => Promise.resolve({ state: 'pass', evidence: '', ageMs: Number.NaN, remedy: '' })
    ]
  ])('never passes when it %s', async (_how, run) => {
    const result = await runProbe(probe(run), 100)
    expect(result.state).toBe('error')
    expect(checkResultSchema.safeParse(result).success).toBe(true)
  })

  it('always ends in a result of the right shape, and passes only by saying so', async () => {
    const finding = fc.record({
      state: fc.oneof(fc.constantFrom('pass', 'fail', 'unknown', 'error', 'stale'), fc.string()),
      evidence: fc.oneof(fc.string({ maxLength: 3000 }), fc.constant(7)),
      ageMs: fc.oneof(fc.nat(), fc.double(), fc.constant('x')),
      remedy: fc.string({ maxLength: 100 })
    })
    await fc.assert(
      fc.asyncProperty(finding, async (odd) => {
        const result = await runProbe(
          probe(() => Promise.resolve(odd as unknown as ProbeFinding)),
          1000
        )
        expect(checkResultSchema.safeParse(result).success).toBe(true)
        if (result.state === 'pass') expect(odd.state).toBe('pass')
        expect(result.evidence.length).toBeLessThanOrEqual(500)
      })
    )
  })

  it('is told when its time is over', async () => {
    let aborted = false
    await runProbe(
      probe(({ signal }) => {
        signal.addEventListener('abort', () => (aborted = true))
        return new Promise(() => undefined)
      }),
      50
    )
    expect(aborted).toBe(true)
  })
})

describe('the machine', () => {
  it('is chosen by its operating system and knows its own user', () => {
    const device = chooseDevice()
    expect(['linux', 'win32', 'darwin']).toContain(device.platform.name)
    expect(device.platform.ownPeer().ok).toBe(true)
  })

  it('runs every check side by side and never rejects', async () => {
    const checks = await deviceOn(fakePlatform(null)).runChecks({
      serviceSocket: join(folder, 'nothing'),
      rules: defaultCheckRules,
      applications: null,
      pace: 'often'
    })
    expect(checks.map(({ id, state }) => [id, state])).toEqual([['service', 'unknown']])
  })

  it('spells Windows security identifiers', () => {
    const system = Buffer.from([1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0])
    expect(sidText(system)).toEqual({ ok: true, value: 'S-1-5-18' })
    expect(sidText(system.subarray(0, 10)).ok).toBe(false)
    expect(sidText(Buffer.alloc(0)).ok).toBe(false)
  })
})
