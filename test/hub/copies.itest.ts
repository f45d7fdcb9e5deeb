import { rm } from 'node:fs/promises'
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { DeviceClient } from '../../scripts/demo/desks/device-client'
import { startHub } from '../../src/hub/index'
import { releaseWorkstation, revokeWorkstation } from '../../src/provision/index'
import { PASSWORD, World } from './support/world'

let world: World
const copies: DeviceClient[] = []
beforeAll(async () => {
  world = await World.start()
})
afterEach(async () => {
  await Promise.all(copies.splice(0).map((copy) => copy.close()))
})
afterAll(() => world.close())

const rows = async (query: ReturnType<typeof sql>) => (await world.hub.store.db.execute(query)).rows
const desk = {
  state: 'shown' as const,
  reasons: [],
  since: '2026-11-26T10:00:00.000Z',
  person: null,
  policyVersion: 1,
  model: '',
  checks: []
}

/** The same key in another program: another run, or the same one. `ahead`: so much later by its clock, seconds. */
function copyOf(client: DeviceClient, options: { boot?: string; ahead?: number } = {}): DeviceClient {
  const now = () => Date.now() + (options.ahead ?? 0) * 1000
  const { boot } = options
  const copy = new DeviceClient(client.ticket, client.identity, client.sender, {
    device: client.device,
    now,
    ...(boot === undefined ? {} : { boot })
  })
  copies.push(copy)
  return copy
}
const quarantined = { refusal: { code: 'quarantined' } }
const noted = async (client: DeviceClient, code: string) =>
  (
    await rows(
      sql`SELECT detail FROM security_event WHERE workstation_id = ${client.device} AND code = ${code}`
    )
  ).map((row) => row['detail'])

describe('a copied profile', () => {
  test('F5: run twice: the first heartbeat of the one that was there quarantines both, and raises an alert', async () => {
    const client = await world.device({ label: 'Twice' })
    await client.signIn('advocate1@demo.example', PASSWORD)
    await client.sync({ desk })
    const copy = copyOf(client)
    await copy.sync({ desk })
    await expect(client.sync({ desk })).rejects.toMatchObject(quarantined)
    await expect(copy.sync({ desk })).rejects.toMatchObject(quarantined)
    await expect(copyOf(client).sync({})).rejects.toMatchObject(quarantined)
    expect((await copy.wake()).error?.code).toBe('quarantined')

    const board = await (await world.console()).board()
    expect(board.tiles.find(({ label }) => label === 'Twice')).toMatchObject({
      state: 'unknown',
      trust: 'quarantined'
    })
    const alert = board.alerts.find(({ workstation }) => workstation === client.device)
    expect(alert).toMatchObject({ label: 'Twice', severity: 'act', response: 'lock', active: true })
    const open = await rows(
      sql`SELECT 1 FROM device_session WHERE workstation_id = ${client.device} AND ended_at IS NULL`
    )
    expect(open).toHaveLength(0)
  })

  test('F5: an ordinary restart, and what was on its way meanwhile, quarantine nobody', async () => {
    const client = await world.device()
    await client.sync({ desk })
    const body = JSON.stringify({ v: 1, sender: client.sender, boot: client.boot, records: [], desk })
    const onItsWay = await client.proof('POST', '/device/v1/sync', body)
    const next = copyOf(client)
    await next.sync({ desk })
    const late = await client.sendRaw('POST', '/device/v1/sync', body, onItsWay)
    expect(late.error).toMatchObject({ code: 'use-nonce', field: 'proof.nonce' })
    await next.sync({ desk })
    // That somebody came late is told to IT, and nothing more.
    expect(await noted(client, 'superseded-run')).toEqual([''])
    expect(await noted(client, 'quarantined')).toEqual([])
  })

  test('F5: the first request of a run that comes after a later run began is late, and begins nothing', async () => {
    const client = await world.device()
    await client.sync({ desk })
    const killed = copyOf(client)
    const body = JSON.stringify({ v: 1, sender: client.sender, boot: killed.boot, records: [], desk })
    const onItsWay = await killed.proof('POST', '/device/v1/sync', body)
    const next = copyOf(client)
    await next.sync({ desk })
    const late = await killed.sendRaw('POST', '/device/v1/sync', body, onItsWay)
    expect(late.error).toMatchObject({ code: 'use-nonce' })
    await next.sync({ desk })
  })

  test.each([
    ['an hour ahead', 3600],
    ['an hour behind', -3600],
    ['ten years ahead', 315_000_000],
    ['ten years behind', -315_000_000]
  ])(
    'F5: a copy whose clock is %s is quarantined with the original, whichever ran first',
    async (_, ahead) => {
      for (const first of ['the original', 'the copy'] as const) {
        const client = await world.device()
        const copy = copyOf(client, { ahead })
        if (first === 'the original') await client.sync({ desk })
        await copy.sync({ desk })
        await expect(client.sync({ desk })).rejects.toMatchObject(quarantined)
        await expect(copy.sync({ desk })).rejects.toMatchObject(quarantined)
        expect(await noted(client, 'quarantined')).toEqual(['two-runs'])
      }
    }
  )

  test('F5: a copy that chooses the time it signs at gains nothing by it', async () => {
    const client = await world.device()
    const body = JSON.stringify({ v: 1, sender: client.sender, boot: client.boot, records: [], desk: null })
    for (const iat of [1e300, -1, 253_402_300_799, 0]) {
      const plain = await client.send('POST', '/device/v1/sync', body, { claims: { iat } })
      const nonce = (await client.send('POST', '/device/v1/sync', body, { claims: { iat: 0 } })).nonce
      const bound = await client.send('POST', '/device/v1/sync', body, { claims: { iat, nonce } })
      expect([iat, plain.error?.field, bound.error?.field]).toEqual([iat, 'proof.iat', 'proof.iat'])
    }
    await client.sync({ desk })
  })

  test('F5: a desk whose clock is wrong, alone, is told so and goes on', async () => {
    const client = await world.device()
    const slow = copyOf(client, { ahead: -86_400 })
    const body = JSON.stringify({ v: 1, sender: client.sender, boot: slow.boot, records: [], desk: null })
    const { nonce } = await slow.send('POST', '/device/v1/sync', body)
    const answer = await slow.send('POST', '/device/v1/sync', body, { claims: { nonce } })
    expect(answer.error).toMatchObject({ code: 'bad-proof', field: 'proof.iat' })
    expect(answer.error?.message).toContain('clock is wrong')
    for (let n = 0; n < 3; n += 1) await slow.sync({ desk })
    expect(await noted(client, 'quarantined')).toEqual([])
  })

  test('F5: of a running machine, with its memory: a sequence that falls quarantines both', async () => {
    const client = await world.device()
    for (let n = 0; n < 5; n += 1) await client.sync({})
    // The copy goes on from where the picture of the memory was taken.
    const copy = copyOf(client, { boot: client.boot })
    await expect(copy.sync({})).rejects.toMatchObject(quarantined)
    await expect(client.sync({})).rejects.toMatchObject(quarantined)
    expect(
      await rows(sql`SELECT quarantine_reason AS why FROM workstation WHERE id = ${client.device}`)
    ).toEqual([{ why: 'sequence-regressed' }])
  })

  test('F5: a request that was overtaken on its way is refused and quarantines nobody', async () => {
    const client = await world.device()
    const body = JSON.stringify({ v: 1, sender: client.sender, boot: client.boot, records: [], desk: null })
    const slow = await client.proof('POST', '/device/v1/sync', body)
    await client.sync({})
    const answer = await client.sendRaw('POST', '/device/v1/sync', body, slow)
    expect(answer.error).toMatchObject({ code: 'use-nonce', field: 'proof.nonce' })
    await client.sync({})
  })

  test('F5: of a running machine: a copy that takes the numbers after the newest is found out by the next', async () => {
    const client = await world.device()
    await client.sync({})
    const copy = copyOf(client, { boot: client.boot })
    copy.skip(1_000_000)
    await copy.sync({})
    await expect(client.sync({})).rejects.toMatchObject(quarantined)
    await expect(copy.sync({})).rejects.toMatchObject(quarantined)
  })

  test('F5: lasts until IT releases the workstation', async () => {
    const client = await world.device()
    const copy = copyOf(client)
    await copy.sync({})
    await expect(client.sync({})).rejects.toMatchObject(quarantined)
    await releaseWorkstation(world.hub.store.db, client.device)
    // Its program still runs, in the run that the hub doubted.
    await client.sync({})
    await client.sync({})
    const { alerts } = await (await world.console()).board()
    expect(alerts.find(({ workstation }) => workstation === client.device)).toMatchObject({
      rule: 'device-copied',
      active: false
    })
    await expect(releaseWorkstation(world.hub.store.db, client.device)).rejects.toThrow('not quarantined')
    // A copy that is there after all, in whichever run, is found out as before.
    await expect(copy.sync({})).rejects.toMatchObject(quarantined)
    await expect(client.sync({})).rejects.toMatchObject(quarantined)
  })
})

describe('a revoked workstation', () => {
  test('F4: is woken over the line it holds open within two seconds, and refused from then on', async () => {
    const client = await world.device({ label: 'Gone' })
    await client.signIn('advocate1@demo.example', PASSWORD)
    await client.sync({ desk })
    const waiting = client.wake()
    await client.sync({ desk })
    const revoked = performance.now()
    await revokeWorkstation(world.hub.store.db, client.device)
    expect((await waiting).json).toEqual({ v: 1, wake: true })
    await expect(client.sync({ desk })).rejects.toMatchObject({ refusal: { code: 'revoked' } })
    expect(performance.now() - revoked).toBeLessThan(2000)
    for (const path of ['/device/v1/policy', '/device/v1/wake']) {
      expect((await client.send('GET', path, undefined)).error?.code).toBe('revoked')
    }
    await expect(client.challenge()).rejects.toMatchObject({ refusal: { code: 'revoked' } })
    await expect(copyOf(client).sync({})).rejects.toMatchObject({ refusal: { code: 'revoked' } })
    const open = await rows(
      sql`SELECT 1 FROM device_session WHERE workstation_id = ${client.device} AND ended_at IS NULL`
    )
    expect(open).toHaveLength(0)
  })

  test('F4: of fifty requests that wait while it is revoked, none is taken after', async () => {
    const client = await world.device()
    const body = JSON.stringify({ v: 1, sender: client.sender, boot: client.boot, records: [], desk: null })
    const proofs: string[] = []
    for (let n = 0; n < 50; n += 1) proofs.push(await client.proof('POST', '/device/v1/sync', body))
    await revokeWorkstation(world.hub.store.db, client.device)
    const answers = await Promise.all(
      proofs.map((proof) => client.sendRaw('POST', '/device/v1/sync', body, proof))
    )
    expect(new Set(answers.map(({ error }) => error?.code))).toEqual(new Set(['revoked']))
  })

  test('F4: its tile is not left as it was on boards that show it', async () => {
    const client = await world.device({ label: 'Shown' })
    await client.sync({ desk })
    const console_ = await world.console()
    const { cursor } = await console_.board()
    const stream = await console_.stream(cursor)
    await revokeWorkstation(world.hub.store.db, client.device)
    await expect
      .poll(() => stream.received.map(({ message }) => (message.kind === 'tile' ? message.tile : null)))
      .toContainEqual(expect.objectContaining({ label: 'Shown', state: 'unknown', trust: 'revoked' }))
    stream.close()
    expect((await console_.board()).tiles.map(({ label }) => label)).not.toContain('Shown')
  })

  test('F4: is still out after the hub was restarted, with its clock set a day back and an hour on', async () => {
    const before = await World.start()
    const client = await before.device()
    await revokeWorkstation(before.hub.store.db, client.device)
    const { folder } = before
    const devicePort = before.hub.devicePort
    await before.hub.close()
    for (const offset of [-86_400_000, 3_600_000]) {
      const again = await startHub(
        { dataFolder: folder, devicePort, consolePort: 0, acceptFlavours: ['test'], logLevel: 'silent' },
        { now: () => new Date(Date.now() + offset) }
      )
      try {
        const late = copyOf(client, { ahead: offset / 1000 })
        await expect(late.sync({})).rejects.toMatchObject({ refusal: { code: 'revoked' } })
      } finally {
        await again.close()
      }
    }
    await client.close()
    await rm(folder, { recursive: true, force: true })
  })
})
