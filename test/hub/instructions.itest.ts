import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  instructionListSchema,
  INSTRUCTIONS_PATH,
  instructionsReplySchema
} from '../../src/contract/wire/v1/instruction'
import { DeviceClient } from '../../scripts/demo/desks/device-client'
import { records, World } from './support/world'

let world: World
let offset = 0
beforeAll(async () => {
  world = await World.start({}, { now: () => new Date(Date.now() + offset) })
})
afterAll(() => world.close())

type Device = Awaited<ReturnType<World['device']>>
const asked = async (device: Device) =>
  instructionsReplySchema.parse(await device.call('GET', INSTRUCTIONS_PATH, undefined)).instructions

async function scene() {
  const device = await world.device()
  await device.sync({})
  const console_ = await world.console()
  const path = `/console/v1/workstations/${device.device}/instructions`
  const instruct = (body: object) => console_.send('POST', path, body)
  const list = async () => instructionListSchema.parse((await console_.send('GET', path)).json)
  return { device, instruct, list }
}

test('an instruction wakes its desk, is handed out until the desk confirms it, and says in the console what became of it', async () => {
  const { device, instruct, list } = await scene()
  const waiting = device.wake()
  await device.sync({})
  expect((await instruct({ kind: 'message', text: 'Please call me.' })).status).toBe(200)
  expect((await waiting).json).toEqual({ v: 1, wake: true })
  const [first] = await asked(device)
  expect(first).toMatchObject({ kind: 'message', text: 'Please call me.', by: 'Demo Supervisor 1' })
  expect(await asked(device)).toHaveLength(1)
  expect((await list()).instructions).toMatchObject([{ status: 'waiting', confirmedAt: null }])
  const change = { id: first!.id, outcome: 'done' } as const
  await device.sync({ records: records(0, { kind: 'instruction', change }) })
  expect(await asked(device)).toEqual([])
  expect((await list()).instructions).toMatchObject([{ status: 'done', kind: 'message' }])
  const noted = await world.hub.store.db.execute(
    sql`SELECT act FROM audit_act WHERE subject = ${device.device}`
  )
  expect(noted.rows).toEqual([{ act: 'desk-message' }])
})

test('what the signed policy does not list is not asked: by default nothing that opens a desk', async () => {
  const { instruct, list } = await scene()
  expect((await list()).allowed).toEqual(['lock', 'message', 'end-session', 'check', 'reload-policy'])
  for (const kind of ['unlock', 'support'])
    expect(await instruct({ kind })).toMatchObject({ status: 403, json: { field: 'kind' } })
  expect((await instruct({ kind: 'lock' })).status).toBe(200)
  expect((await instruct({ kind: 'reformat' })).status).toBe(400)
  expect((await instruct({ kind: 'message', text: ' ' })).status).toBe(400)
})

test('an instruction is for one run, for a minute, and for nobody else', async () => {
  const { device, instruct, list } = await scene()
  await instruct({ kind: 'lock' })
  const other = await world.device()
  expect(await asked(other)).toEqual([])
  const [mine] = await asked(device)
  // Another desk cannot confirm it, and an unknown one is noted.
  const change = { id: mine!.id, outcome: 'done' } as const
  await other.sync({ records: records(0, { kind: 'instruction', change }) })
  expect((await list()).instructions[0]?.status).toBe('waiting')
  const next = new DeviceClient(device.ticket, device.identity, device.sender, { device: device.device })
  expect(await asked(next)).toEqual([])
  offset = 61_000
  expect((await list()).instructions[0]?.status).toBe('expired')
  offset = 0
  await next.close()
  const unknown = await world.hub.store.db.execute(
    sql`SELECT 1 FROM security_event WHERE code = 'unknown-instruction' AND workstation_id = ${other.device}`
  )
  expect(unknown.rows).toHaveLength(1)
})
