import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { settingIds } from '../../core/lock-down/setting'
import type { Peer } from '../../device/contract'
import { FakeLockDown } from '../../device/fake/lock-down'
import { Journal } from './journal'
import { LockDownKeeper } from './keeper'

let folder = ''
let fake: FakeLockDown
let untouched: ReadonlyMap<string, string | null>
let log: string[] = []
const peer: Peer = { kind: 'user', uid: 1001 }
const other: Peer = { kind: 'user', uid: 1002 }
const token = Symbol('one')
const where = { session: {}, ask: () => Promise.reject(new Error('no tool here')) }

const keeper = (lockDown = fake): LockDownKeeper =>
  new LockDownKeeper({
    journal: new Journal(folder),
    lockDown,
    whereOf: () => Promise.resolve(where),
    log: (event, fact) => log.push(`${event}: ${fact}`)
  })

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-down-'))
  fake = new FakeLockDown()
  untouched = new Map(fake.system)
  log = []
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('D10 the lock-down of a desktop', () => {
  it('holds what is asked, and leaves everything as it was, what was not set included', async () => {
    const one = keeper()
    const { held, drifted } = await one.hold(peer, token, settingIds, {})
    expect(held.map(({ state }) => state)).toEqual(settingIds.map(() => 'held'))
    expect(drifted).toBe(0)
    expect([...fake.system.values()].every((value) => value === 'locked')).toBe(true)
    await one.release(peer, token)
    expect(fake.system).toEqual(untouched)
    expect(readdirSync(folder)).toEqual([])
  })

  it('writes down what was before it changes anything', async () => {
    const one = keeper()
    await one.hold(peer, token, ['printing'], {})
    const kinds = log.filter((line) => line.includes('printing')).map((line) => line.split(':')[0])
    const once = ['lock-down journalled', 'lock-down set', 'lock-down verified']
    expect(kinds).toEqual([...once, ...once])
  })

  it('sets again what drifted, and says how often', async () => {
    const one = keeper()
    await one.hold(peer, token, ['printing', 'notifications'], {})
    fake.system.set('printing:first', 'somebody else')
    expect(await one.hold(peer, token, ['printing', 'notifications'], {})).toMatchObject({ drifted: 1 })
    expect(fake.system.get('printing:first')).toBe('locked')
    expect(await one.hold(peer, token, ['printing', 'notifications'], {})).toMatchObject({ drifted: 0 })
    await one.release(peer, token)
    expect(fake.system).toEqual(untouched)
  })

  it('says what it cannot, and what did not take, and holds the rest', async () => {
    fake = new FakeLockDown(['window-keys'])
    fake.deaf.add('printing:second')
    fake.broken.add('notifications:first')
    const { held } = await keeper().hold(
      peer,
      token,
      ['window-keys', 'printing', 'notifications', 'screen-lock'],
      {}
    )
    expect(held).toMatchObject([
      { setting: 'window-keys', state: 'degraded', detail: 'this system cannot' },
      { setting: 'printing', state: 'failed' },
      { setting: 'notifications', state: 'failed', detail: 'the tool failed' },
      { setting: 'screen-lock', state: 'held' }
    ])
  })

  it('locks nothing down any more once the service ends, and everything is as it was', async () => {
    const one = keeper()
    await one.hold(peer, token, ['printing'], {})
    const closed = one.close()
    await expect(one.hold(peer, token, settingIds, {})).rejects.toThrow('the service ends')
    await closed
    expect(fake.system).toEqual(untouched)
    expect(readdirSync(folder)).toEqual([])
  })

  it('changes nothing whose value is too long to be written down, and loses nothing that was', async () => {
    fake.system.set('notifications:first', 'x'.repeat(9000))
    const before = new Map(fake.system)
    const one = keeper()
    const { held } = await one.hold(peer, token, ['printing', 'notifications', 'screen-lock'], {})
    expect(held.map(({ state }) => state)).toEqual(['held', 'failed', 'held'])
    await one.release(peer, token)
    expect(fake.system).toEqual(before)
  })

  it('puts a page aside that nobody can read, before it writes another', async () => {
    const one = keeper()
    await one.hold(peer, token, ['printing'], {})
    const page = readdirSync(folder).find((name) => name.endsWith('.json')) ?? ''
    writeFileSync(join(folder, page), '{')
    await one.hold(peer, token, ['printing', 'screen-lock'], {})
    expect(readdirSync(folder)).toContain(`${page}.damaged`)
  })

  it('puts back what the policy asks for no more', async () => {
    const one = keeper()
    await one.hold(peer, token, ['printing', 'notifications'], {})
    await one.hold(peer, token, ['printing'], {})
    expect(fake.system.get('notifications:first')).toBe('own notifications')
    expect(fake.system.get('printing:first')).toBe('locked')
  })

  it('what cannot be put back keeps nothing else, and is tried again until it is', async () => {
    const one = keeper()
    await one.hold(peer, token, ['printing', 'notifications'], {})
    fake.broken.add('printing:first')
    await one.release(peer, token)
    expect(fake.system.get('notifications:first')).toBe('own notifications')
    expect(fake.system.get('printing:first')).toBe('locked')
    fake.broken.clear()
    await keeper().recover()
    expect(fake.system).toEqual(untouched)
    expect(readdirSync(folder)).toEqual([])
  })

  it('what could not be put back is still known when the next shift begins and ends', async () => {
    const one = keeper()
    await one.hold(peer, token, ['printing'], {})
    fake.broken.add('printing:first')
    await one.release(peer, token)
    fake.broken.clear()
    fake.deaf.add('printing:first')
    const second = Symbol('two')
    await one.hold(peer, second, ['printing'], {})
    fake.deaf.clear()
    await one.release(peer, second)
    expect(fake.system).toEqual(untouched)
  })

  it('is one connection’s for each person, and another’s end ends nothing', async () => {
    const one = keeper()
    await one.hold(peer, token, ['printing'], {})
    await expect(one.hold(peer, Symbol('two'), ['printing'], {})).rejects.toThrow('another connection')
    await one.release(peer, Symbol('three'))
    await one.release(other, token)
    expect(fake.system.get('printing:first')).toBe('locked')
  })

  it('a setting that went away with its session is brought back to nobody', async () => {
    const one = keeper()
    await one.hold(peer, token, ['printing'], {})
    fake.gone.add('printing:first').add('printing:second')
    await one.release(peer, token)
    expect(readdirSync(folder)).toEqual([])
  })

  it('a journal that nobody can read is put aside, and holds up nobody', async () => {
    for (const text of [
      '{',
      '{}',
      '{"schema":1,"peer":{"kind":"user","uid":1001},"session":{},"entries":[{}]}'
    ]) {
      writeFileSync(join(folder, 'uid-1001.json'), text)
      await keeper().recover()
      expect(readdirSync(folder)).toEqual(['uid-1001.json.damaged'])
    }
    expect((await keeper().hold(peer, token, ['printing'], {})).held).toMatchObject([{ state: 'held' }])
  })

  it('whatever happens in whatever order, at the end everything is as it was', async () => {
    const act = fc.oneof(
      fc.record({
        kind: fc.constant('hold' as const),
        settings: fc.subarray([...settingIds], { minLength: 1 })
      }),
      fc.record({ kind: fc.constantFrom('release', 'crash', 'break', 'mend') })
    )
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 8 }), async (acts) => {
        rmSync(folder, { recursive: true, force: true })
        const system = new FakeLockDown()
        const before = new Map(system.system)
        let one = keeper(system)
        for (const step of acts) {
          if (step.kind === 'hold') await one.hold(peer, token, step.settings, {})
          else if (step.kind === 'release') await one.release(peer, token)
          else if (step.kind === 'break') system.broken.add('printing:first').add('run-dialog:second')
          else if (step.kind === 'mend') system.broken.clear()
          else one = keeper(system) // the service was killed: only the journal is left of it
        }
        system.broken.clear()
        await keeper(system).recover()
        expect(system.system).toEqual(before)
      }),
      { numRuns: 25 } // each step of each run is synced to the disk
    )
  })
})
