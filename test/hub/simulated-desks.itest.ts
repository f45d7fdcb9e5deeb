import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSimulatedDesks } from '../../scripts/demo/desks/index'
import { addPerson } from '../../src/provision/index'
import { DEMO, PASSWORD, World } from './support/world'
import { soon } from '../soon'

let world: World
beforeAll(async () => {
  world = await World.start()
})
afterAll(() => world.close())

/** The first of these desks hides after 25 s by its plan. */
const lookingOn = { timeout: 90_000, interval: 200 }

test('eleven simulated desks stand on the board, marked by the hub as simulated, each with its advocate', async () => {
  const seats = []
  for (let n = 11; n <= 21; n += 1) {
    const [name, email] = [`Demo Advocate ${n}`, `sim${n}@demo.example`]
    await addPerson(world.hub.store.db, { ...DEMO, name, email, role: 'advocate', password: PASSWORD })
    seats.push({ ticket: await world.ticket({ label: name, simulated: true }), email, password: PASSWORD })
  }
  const trouble: string[] = []
  const desks = await startSimulatedDesks(seats, { seed: 1, onTrouble: (problem) => trouble.push(problem) })
  const console_ = await world.console()
  await soon(async () => {
    const { tiles } = await console_.board()
    expect(tiles).toHaveLength(11)
    expect(tiles.every((tile) => tile.simulated && tile.person?.name === tile.label)).toBe(true)
    expect(tiles.filter((tile) => tile.state === 'shown').length).toBeGreaterThan(5)
  }, lookingOn)
  await soon(async () => {
    const { alerts, tiles } = await console_.board()
    expect(alerts.length).toBeGreaterThan(0)
    expect(alerts[0]?.person?.name).toMatch(/^Demo Advocate/)
    expect(tiles.some((tile) => tile.state === 'hidden')).toBe(true)
  }, lookingOn)
  await desks.close()
  expect(trouble).toEqual([])
})
