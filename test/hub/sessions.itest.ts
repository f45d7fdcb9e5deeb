import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SESSION_PATH } from '../../src/contract/wire/v1/device'
import { disablePerson, enablePerson } from '../../src/provision/index'
import { DEMO, PASSWORD, World } from './support/world'

let world: World
beforeAll(async () => {
  world = await World.start()
})
afterAll(() => world.close())

const EMAIL = 'advocate1@demo.example'
const which = { organisation: DEMO.organisation, email: EMAIL }
const sessionAt = async (device: Awaited<ReturnType<World['device']>>) =>
  (await device.send('GET', SESSION_PATH, undefined)).json
const shutOut = () => world.hub.store.db.transaction((tx) => disablePerson(tx, which))

describe('F4 a session', () => {
  test('F4 that ended, because the person signed in elsewhere, wakes the desk that they left', async () => {
    const first = await world.device()
    const { person } = await first.signIn(EMAIL, PASSWORD)
    expect(await sessionAt(first)).toEqual({ v: 1, person: person.id })
    const waiting = first.wake()
    await first.sync({})
    const second = await world.device()
    await second.signIn(EMAIL, PASSWORD)
    expect((await waiting).json).toEqual({ v: 1, wake: true })
    expect(await sessionAt(first)).toEqual({ v: 1, person: null })
    expect(await sessionAt(second)).toEqual({ v: 1, person: person.id })
  })

  test('F4 of a run is not one of the next', async () => {
    const device = await world.device()
    expect(await sessionAt(device)).toEqual({ v: 1, person: null })
  })

  test('F4 a wake-up call that comes while nobody waits is kept for who waits next', async () => {
    const device = await world.device()
    await device.signIn(EMAIL, PASSWORD)
    await (await world.device()).signIn(EMAIL, PASSWORD)
    await expect.poll(async () => (await device.wake()).json).toEqual({ v: 1, wake: true })
  })
})

describe('F4 a person who was shut out', () => {
  test('F4 is out at their desk, signs in nowhere, and can be let in again', async () => {
    const device = await world.device()
    await device.signIn(EMAIL, PASSWORD)
    const waiting = device.wake()
    await device.sync({})
    await shutOut()
    expect((await waiting).json).toEqual({ v: 1, wake: true })
    expect(await sessionAt(device)).toEqual({ v: 1, person: null })
    await expect(device.signIn(EMAIL, PASSWORD)).rejects.toMatchObject({
      refusal: { code: 'bad-credentials' }
    })
    await shutOut() // twice is no error, and changes no date
    const rows = await world.hub.store.db.execute(
      sql`SELECT 1 FROM person WHERE email = ${EMAIL} AND disabled_at IS NOT NULL`
    )
    expect(rows.rows).toHaveLength(1)
    await enablePerson(world.hub.store.db, which)
    await device.signIn(EMAIL, PASSWORD)
  })

  test('F4 is out of the console too', async () => {
    const supervisor = await world.console()
    await supervisor.board()
    const who = { organisation: DEMO.organisation, email: 'supervisor1@demo.example' }
    await world.hub.store.db.transaction((tx) => disablePerson(tx, who))
    await expect(supervisor.board()).rejects.toThrow()
    await enablePerson(world.hub.store.db, who)
    await expect(supervisor.board()).rejects.toThrow() // that session is over for good
    await (await world.console()).board()
  })

  test('F4 that nobody has is named, with what to look at', async () => {
    const { db } = world.hub.store
    await expect(disablePerson(db, { ...which, email: 'nobody@demo.example' })).rejects.toThrow(
      'Demo Care has nobody with the e-mail nobody@demo.example'
    )
  })
})
