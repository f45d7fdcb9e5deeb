import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { DeviceClient, newIdentity } from '../../scripts/demo/desks/device-client'
import { createTicket, openStore, readHubCa } from '../../src/provision/index'
import { requires } from '../requires'
import { HubProcess } from './support/hub-process'
import { layReadyCluster } from './support/ready-cluster'
import { DEMO, raised, records, seed } from './support/world'

test('E2: an alert is acknowledged only after the database synced its log to the disk, every time', async (context) => {
  requires(context, 'strace')
  const folder = await mkdtemp(join(tmpdir(), 'hd-sync-'))
  const trace = join(folder, 'trace')
  const watch = ['strace', '-f', '-qq', '-y', '-e', 'trace=fdatasync,fsync', '-e', 'signal=none', '-o', trace]
  await layReadyCluster(join(folder, 'hub'))
  const hub = new HubProcess(join(folder, 'hub'), ['--accept', 'test'], {}, watch)
  const syncs = (): number =>
    readFileSync(trace, 'utf8')
      .split('\n')
      .filter((line) => /f(data)?sync\(\d+<[^>]*pg_wal/.test(line) || /f(data)?sync resumed/.test(line))
      .length
  try {
    await hub.start()
    const store = await openStore({ dataFolder: join(folder, 'hub'), databaseUrl: undefined, as: 'visitor' })
    await seed(store.db)
    const hubUrl = `https://localhost:${hub.ports.device}`
    const hubCa = await readHubCa(join(folder, 'hub'))
    const ticket = await createTicket(store.db, {
      ...DEMO,
      label: 'Desk',
      simulated: false,
      hours: 1,
      hubUrl,
      hubCa
    })
    await store.close()
    const client = new DeviceClient(ticket, await newIdentity(), { flavour: 'test', build: '0.1.0' })
    await client.enrol(ticket.token)
    for (let seq = 0; seq < 40; seq += 1) {
      const before = syncs()
      expect((await client.sync({ records: records(seq, raised()) })).ackBelow).toBe(seq + 1)
      expect(syncs()).toBeGreaterThan(before)
    }
    await client.close()
  } finally {
    await hub.endInput()
    await rm(folder, { recursive: true, force: true })
  }
})
