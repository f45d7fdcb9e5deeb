import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { getPassword } from 'keytar'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { childProgram, type ChildProgram } from '../../../test/child-program'
import { CourierProcess } from '../../../test/courier/courier-process'
import { FaultProxy } from '../../../test/fault-proxy'
import { PASSWORD, raised, World } from '../../../test/hub/support/world'
import { requires } from '../../../test/requires'
import { DEVICE_KEY_ACCOUNT, OUTBOX_KEY_ACCOUNT } from './keys/open-keys'

let world: World
let program: ChildProgram
let line: FaultProxy
let folder: string
let service: string
const processes: CourierProcess[] = []

beforeAll(async () => {
  program = await childProgram('test/courier/child.ts')
  world = await World.start({ heartbeatMs: 1000 })
  line = await FaultProxy.start({ port: world.hub.devicePort })
})
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'courier-process-'))
  service = `havendesk-itest-${randomUUID()}`
})
afterEach(async () => {
  line.heal()
  for (const one of processes.splice(0)) await one.kill()
  rmSync(folder, { recursive: true, force: true })
})
afterAll(async () => {
  await line.close()
  await world.close()
  program.remove()
})

function start(boot: string = randomUUID(), wrapper: readonly string[] = []): CourierProcess {
  const started = new CourierProcess(program.file, wrapper)
  processes.push(started)
  started.send({
    kind: 'open',
    dataFolder: folder,
    boot,
    build: '0.1.0',
    keychainService: service,
    program: 'src/main/courier'
  })
  return started
}
async function putTicket(): Promise<string> {
  const ticket = await world.ticket()
  writeFileSync(
    join(folder, 'ticket.json'),
    JSON.stringify({ ...ticket, hubUrl: `https://localhost:${line.port}` })
  )
  return ticket.token
}
const record = (to: CourierProcess, handle: string = randomUUID()): { handle: string; id: string } => {
  const body = raised()
  to.send({ kind: 'record', handle, at: new Date().toISOString(), monoMs: 1, body })
  return { handle, id: body.alert.id }
}
const alerts = async (device: string): Promise<string[]> =>
  (await world.hub.store.db.execute(sql`SELECT id FROM alert WHERE workstation_id = ${device}`)).rows.map(
    (row) => String(row['id'])
  )
const repeats = async (device: string): Promise<number> =>
  (
    await world.hub.store.db.execute(
      sql`SELECT 1 FROM security_event WHERE workstation_id = ${device} AND code IN ('repeated-alert-id', 'altered-duplicate')`
    )
  ).rows.length

describe('the courier as a process', () => {
  test('F6: keeps its keys in the real keychain and nowhere else', async (context) => {
    requires(context, 'keychain')
    await putTicket()
    const courier = start()
    await courier.hear('ready')
    const [device, outbox] = [
      await getPassword(service, DEVICE_KEY_ACCOUNT),
      await getPassword(service, OUTBOX_KEY_ACCOUNT)
    ]
    expect(device).toMatch(/"d":"/)
    expect(outbox).toMatch(/^[\w-]{43}$/)
    record(courier)
    await courier.hear('recorded')
    const secret = (JSON.parse(device ?? '') as { d: string }).d
    for (const name of ['outbox.sqlite', 'enrolment.sealed']) {
      const bytes = readFileSync(join(folder, name))
      for (const word of [secret, outbox ?? 'x']) expect(bytes.includes(word)).toBe(false)
    }
  })

  test('F6: keys, ticket and password are in no file, argument, environment, message or output', async (context) => {
    requires(context, 'keychain')
    const token = await putTicket()
    const courier = start()
    await courier.hear('ready')
    courier.send({ kind: 'sign-in', handle: 'a', email: 'advocate1@demo.example', password: PASSWORD })
    await courier.hear('signed-in')
    record(courier)
    await courier.hear('recorded')
    const device = (await getPassword(service, DEVICE_KEY_ACCOUNT)) ?? ''
    const secrets = [
      (JSON.parse(device) as { d: string }).d,
      (await getPassword(service, OUTBOX_KEY_ACCOUNT)) ?? '',
      token,
      PASSWORD
    ]
    const places: [string, Buffer][] = [
      ...['cmdline', 'environ'].map((name): [string, Buffer] => [
        name,
        readFileSync(`/proc/${courier.pid}/${name}`)
      ]),
      ['messages', Buffer.from(JSON.stringify(courier.said))],
      ['output', Buffer.from(courier.stderr)],
      ...readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry): [string, Buffer] => [entry.name, readFileSync(join(entry.parentPath, entry.name))])
    ]
    expect(places.map(([name]) => name)).toEqual(
      expect.arrayContaining(['outbox.sqlite', 'enrolment.sealed'])
    )
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(15)
      // As it is, its bytes, and as text of two bytes each.
      const forms = [
        Buffer.from(secret),
        Buffer.from(secret, 'base64url'),
        Buffer.from(Buffer.from(secret).toString('base64').replace(/=+$/, '')),
        Buffer.from(secret, 'utf16le')
      ].filter(({ length }) => length >= 15)
      for (const [place, bytes] of places)
        expect([place, forms.some((form) => bytes.includes(form))]).toEqual([place, false])
    }
  })

  test('is refused with the reason where the session has no keychain', async () => {
    await putTicket()
    const courier = new CourierProcess(program.file, [], {
      DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus',
      XDG_RUNTIME_DIR: '/nonexistent'
    })
    processes.push(courier)
    courier.send({
      kind: 'open',
      dataFolder: folder,
      boot: randomUUID(),
      build: '0',
      keychainService: service,
      program: 'src/main/courier'
    })
    const refused = await courier.hear('refused', () => true, 30_000)
    expect(refused.reason).toBe('no-keychain')
    expect(refused.detail).not.toBe('')
  })

  test('E1: killed between disk and hub, at any moment, each alert arrives exactly once', async (context) => {
    requires(context, 'keychain')
    await putTicket()
    const boot = randomUUID()
    let courier = start(boot)
    const { device } = await courier.hear('ready')
    const recorded = new Set<string>()
    const raisedIds = new Set<string>()
    // What main does: a record that was not told as recorded is handed to the next process again.
    for (let kill = 0; kill < 8; kill += 1) {
      if (kill % 3 === 1) line.down()
      const handed = Array.from({ length: 4 }, () => record(courier))
      for (const { id } of handed) raisedIds.add(id)
      await courier.hear('recorded', ({ handle }) => handle === handed[kill % 4]!.handle)
      await courier.kill()
      for (const said of courier.said) if (said.kind === 'recorded') recorded.add(said.handle)
      for (const { handle, id } of handed) if (!recorded.has(handle)) raisedIds.delete(id)
      line.heal()
      courier = start(boot)
      await courier.hear('ready')
    }
    await expect
      .poll(async () => (await alerts(device)).length, { timeout: 15_000 })
      .toBeGreaterThanOrEqual(raisedIds.size)
    await courier.hear('waiting', ({ count }) => count === 0)
    const stored = await alerts(device)
    expect(new Set(stored).size).toBe(stored.length)
    for (const id of raisedIds) expect(stored).toContain(id)
    expect(await repeats(device)).toBe(0)
  }, 120_000)

  test('takes a record that main hands over again after a crash for the same', async (context) => {
    requires(context, 'keychain')
    await putTicket()
    const boot = randomUUID()
    const first = start(boot)
    const { device } = await first.hear('ready')
    line.down()
    const body = raised()
    const message = { kind: 'record', handle: 'same', at: new Date().toISOString(), monoMs: 1, body } as const
    first.send(message)
    const { seq } = await first.hear('recorded')
    await first.kill()
    const second = start(boot)
    await second.hear('ready')
    second.send(message)
    expect(await second.hear('recorded')).toMatchObject({ handle: 'same', seq })
    line.heal()
    await second.hear('waiting', ({ count }) => count === 0)
    await expect.poll(() => alerts(device)).toEqual([body.alert.id])
    expect(await repeats(device)).toBe(0)
  })

  test('E2: says recorded only after the disk has it', async (context) => {
    requires(context, 'keychain', 'strace')
    await putTicket()
    const trace = join(folder, 'trace.txt')
    const courier = start(randomUUID(), [
      'strace',
      ...['-f', '-y', '-s', '200', '-o', trace],
      ...['-e', 'trace=fsync,fdatasync,write,pwrite64,sendmsg']
    ])
    await courier.hear('ready', () => true, 60_000)
    for (let n = 0; n < 5; n += 1) {
      const { handle } = record(courier)
      await courier.hear('recorded', (message) => message.handle === handle)
    }
    await courier.kill()
    const lines = readFileSync(trace, 'utf8').split('\n')
    const told = lines.flatMap((text, at) =>
      /recorded\\?"/.test(text) && !text.includes('not-recorded') ? [at] : []
    )
    expect(told).toHaveLength(5)
    let from = 0
    for (const at of told) {
      const between = lines.slice(from, at)
      const wal = between.findLastIndex((text) => /pwrite64\(\d+<[^>]*outbox\.sqlite-wal>/.test(text))
      const synced = between.findLastIndex((text) => /f(data)?sync\(\d+<[^>]*outbox\.sqlite-wal>/.test(text))
      const moved = between.findLastIndex((text) => /f(data)?sync\(\d+<[^>]*outbox\.sqlite>/.test(text))
      expect(wal).toBeGreaterThanOrEqual(0)
      expect(synced).toBeGreaterThan(wal)
      expect(moved).toBeGreaterThan(synced)
      from = at + 1
    }
  }, 120_000)
})
