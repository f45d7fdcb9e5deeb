import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DeviceClient, HubRefusal, newIdentity } from '../../scripts/demo/desks/device-client'
import { createTicket, openStore, readHubCa } from '../../src/provision/index'
import { ConsoleClient } from './support/console-client'
import { HubProcess } from './support/hub-process'
import { layReadyCluster } from './support/ready-cluster'
import { DEMO, PASSWORD, raised, records, seed } from './support/world'
import { soon } from '../soon'

let folder: string
let temporary: string
let hub: HubProcess
let client: DeviceClient | null = null
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hd-crash-'))
  temporary = join(folder, 'tmp')
  await mkdir(temporary)
  const flags = ['--accept', 'release,demo,test', '--heartbeat-ms', '500']
  await layReadyCluster(join(folder, 'hub'))
  hub = new HubProcess(join(folder, 'hub'), flags, { TMPDIR: temporary })
})
afterEach(async () => {
  await client?.close()
  client = null
  await hub.end('SIGTERM')
  await rm(folder, { recursive: true, force: true })
})

/** Seeds beside the running hub, as the command line does. */
async function enrolled(): Promise<DeviceClient> {
  const store = await openStore({ dataFolder: join(folder, 'hub'), databaseUrl: undefined, as: 'visitor' })
  await seed(store.db)
  const ticket = await createTicket(store.db, {
    ...DEMO,
    label: 'Demo Desk 1',
    simulated: false,
    hours: 1,
    hubUrl: `https://localhost:${hub.ports.device}`,
    hubCa: await readHubCa(join(folder, 'hub'))
  })
  await store.close()
  client = new DeviceClient(ticket, await newIdentity(), { flavour: 'test', build: '0.1.0' })
  await client.enrol(ticket.token)
  return client
}

const databasePid = (): number =>
  Number(readFileSync(join(folder, 'hub', 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
const isAlive = (pid: number): boolean => existsSync(`/proc/${pid}`)
const sockets = (): string[] => readdirSync(temporary).filter((name) => name.startsWith('hd-pg-'))

test('E1: 200 alerts while the hub is killed at random: all stored, all shown, none twice', async () => {
  await hub.start()
  const device = await enrolled()
  const console_ = new ConsoleClient(`http://localhost:${hub.ports.console}`)
  await console_.signIn('supervisor1@demo.example', PASSWORD)
  let { cursor } = await console_.board()

  const outbox = Array.from({ length: 200 }, (_, seq) => records(seq, raised())[0]!)
  let ackBelow = 0
  const run = { over: false }
  const sending = (async () => {
    while (ackBelow < outbox.length) {
      try {
        const size = 1 + Math.floor(Math.random() * 3)
        const reply = await device.sync({ records: outbox.slice(ackBelow, ackBelow + size) })
        expect(reply.ackBelow).toBeGreaterThanOrEqual(ackBelow)
        ackBelow = reply.ackBelow
      } catch (error) {
        if (error instanceof HubRefusal && error.refusal.code !== 'unavailable') throw error
        await sleep(30) // the hub is away: the same records again
      }
    }
  })()
  const shown: string[] = []
  const watching = (async () => {
    while (!run.over || shown.length < outbox.length) {
      try {
        const stream = await console_.stream(cursor)
        await Promise.race([stream.closed, sleep(400)])
        stream.close()
        await stream.closed
        for (const { id, message } of stream.received) {
          cursor = id
          if (message.kind === 'alert') shown.push(message.alert.id)
        }
      } catch {
        await sleep(50) // the hub is away: the stream resumes where it was
      }
    }
  })()
  let kills = 0
  const killing = (async () => {
    // The last stretch is left in peace, so that a slow machine comes to an end too.
    while (ackBelow < outbox.length && kills < 8) {
      const before = ackBelow
      await soon(() => expect(ackBelow).toBeGreaterThan(before))
      await sleep(Math.random() * 150)
      await hub.end('SIGKILL')
      kills += 1
      await hub.start()
    }
  })()
  await sending
  await killing
  run.over = true
  await watching
  expect(kills).toBeGreaterThan(2)
  const wanted = outbox.map((entry) => (entry.body.kind === 'alert-raised' ? entry.body.alert.id : ''))
  expect(shown).toEqual(wanted)
  const board = await console_.board()
  expect(board.alerts.map((alert) => alert.id).sort()).toEqual([...wanted].sort())
}, 180_000)

describe('the database', () => {
  test('ends with its hub, on each signal, and leaves nothing behind', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      await hub.start()
      const pid = databasePid()
      expect(isAlive(pid)).toBe(true)
      expect(await hub.end(signal)).toBe(0)
      expect(isAlive(pid)).toBe(false)
    }
    expect(sockets()).toEqual([])
  })

  test('ends by itself when its hub was killed', async () => {
    await hub.start()
    const pid = databasePid()
    await hub.end('SIGKILL')
    await soon(() => expect(isAlive(pid)).toBe(false))
    await soon(() => expect(sockets()).toEqual([]))
  })

  test('that outlived its hub and keeper is replaced by the next hub', async () => {
    await hub.start()
    const pid = databasePid()
    const keeper = Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')[3])
    process.kill(keeper, 'SIGSTOP')
    try {
      await hub.end('SIGKILL')
      // The keeper's watcher is its child; without it nobody ends the database.
      for (const child of childrenOf(keeper)) if (child !== pid) process.kill(child, 'SIGKILL')
      await sleep(300)
      expect(isAlive(pid)).toBe(true)
      const starting = hub.start()
      await soon(() => expect(databasePid()).not.toBe(pid))
      await starting
    } finally {
      process.kill(keeper, 'SIGCONT')
    }
  })

  test('starts over a lock file whose process number now belongs to somebody else', async () => {
    await hub.start()
    const lock = readFileSync(join(folder, 'hub', 'postgres', 'postmaster.pid'), 'utf8')
    await hub.end('SIGTERM')
    const mine = lock.replace(/^\d+/, String(process.pid))
    await writeFile(join(folder, 'hub', 'postgres', 'postmaster.pid'), mine)
    await hub.start()
    expect(databasePid()).not.toBe(process.pid)
  })

  test('that dies takes its hub along, which says so, and the next hub has everything', async () => {
    await hub.start()
    const device = await enrolled()
    await device.sync({ records: records(0, raised(), raised()) })
    process.kill(databasePid(), 'SIGKILL')
    expect(await hub.ended()).toBe(70)
    expect(hub.log).toContain('the database is gone')
    await hub.start()
    expect((await device.sync({})).ackBelow).toBe(2)
  })

  test('takes one hub: a second is refused and the first goes on', async () => {
    await hub.start()
    const second = new HubProcess(join(folder, 'hub'))
    await expect(second.start()).rejects.toThrow('another hub or command uses it')
    const console_ = new ConsoleClient(`http://localhost:${hub.ports.console}`)
    expect((await console_.send('GET', '/console/v1/me')).status).toBe(401)
  }, 60_000)
})

test('a silent desk stays unknown over a restart of the hub', async () => {
  await hub.start()
  const device = await enrolled()
  await device.sync({
    desk: {
      state: 'shown',
      reasons: [],
      since: '2026-11-22T10:00:00.000Z',
      person: null,
      policyVersion: 1,
      model: 'x',
      checks: []
    }
  })
  await hub.end('SIGTERM')
  await sleep(1700)
  await hub.start()
  const console_ = new ConsoleClient(`http://localhost:${hub.ports.console}`)
  await console_.signIn('supervisor1@demo.example', PASSWORD)
  expect((await console_.board()).tiles[0]).toMatchObject({ state: 'unknown' })
})

test('nothing that a person typed or a proof carried is in the logs', async () => {
  await hub.start()
  const device = await enrolled()
  const canary = `canary-${randomUUID()}`
  const guess = { v: 1, sender: device.sender, email: `${canary}@demo.example`, password: canary }
  await device.send('POST', '/device/v1/sign-in', guess)
  await device.signIn('advocate1@demo.example', PASSWORD)
  const proof = await device.proof('POST', '/device/v1/sync', '{}')
  await device.sendRaw('POST', '/device/v1/sync', `{"${canary}":"${canary}"}`, proof)
  await device.sync({ records: records(0, { kind: 'event', code: 'helper-died', detail: canary, count: 1 }) })
  const console_ = new ConsoleClient(`http://localhost:${hub.ports.console}`)
  await console_.signIn(`${canary}@demo.example`, canary)
  await console_.signIn('supervisor1@demo.example', PASSWORD)
  await console_.send('GET', `/console/v1/${canary}?${canary}`)
  // An error inside: the store refuses the value, the log says so without it.
  await console_.send('POST', `/console/v1/alerts/${canary}/seen`)
  await hub.end('SIGTERM')
  const logs = hub.log + readFileSync(join(folder, 'hub', 'postgres.log'), 'utf8')
  expect(logs).toContain('"POST /device/v1/sign-in"')
  for (const secret of [canary, PASSWORD, 'advocate1@demo.example', proof, console_.cookie.split('=')[1]!]) {
    expect(logs).not.toContain(secret)
  }
})

function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]?.split(' ')[1] === String(pid)
      } catch {
        return false // it ended while we looked
      }
    })
    .map(Number)
}
