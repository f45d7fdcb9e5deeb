import { describe, expect, it } from 'vitest'
import { settingIds } from '../core/lock-down/setting'
import type { LockDown, Where } from './contract/lock-down'
import { darwinLockDown } from './darwin/lock-down'
import { FakeLockDown } from './fake/lock-down'
import { linuxLockDown } from './linux/lock-down/lock-down'
import { win32LockDown } from './win32/lock-down'
import { defaultsTool, gnomeTools, regTool } from '../../test/lock-down/tools'

interface Case {
  readonly name: string
  readonly make: () => { readonly lockDown: LockDown; readonly where: Where }
  /** Settings that this system cannot hold. */
  readonly cannot: readonly string[]
}

const session = { display: ':7', desktop: 'GNOME', type: 'x11' } as const
const cases: readonly Case[] = [
  {
    name: 'fake',
    make: () => ({
      lockDown: new FakeLockDown(),
      where: { session: {}, ask: () => Promise.reject(new Error()) }
    }),
    cannot: []
  },
  {
    name: 'linux with GNOME on X11',
    make: () => ({ lockDown: linuxLockDown, where: { session, ask: gnomeTools() } }),
    cannot: ['clipboard-history']
  },
  {
    name: 'win32',
    make: () => ({
      lockDown: win32LockDown,
      where: { session: {}, sid: 'S-1-5-21-1-2-3-1001', ask: regTool() }
    }),
    cannot: ['window-keys', 'printing']
  },
  {
    name: 'darwin',
    make: () => ({ lockDown: darwinLockDown, where: { session: {}, ask: defaultsTool() } }),
    cannot: [
      'screenshots',
      'window-keys',
      'notifications',
      'printing',
      'user-switching',
      'run-dialog',
      'screen-lock'
    ]
  }
]

describe.each(cases)('D10 the lock-down of $name', ({ make, cannot }) => {
  it('says of every setting how it is held, or why this system cannot', async () => {
    const { lockDown, where } = make()
    for (const setting of settingIds) {
      const changes = await lockDown.changesFor(setting, where)
      expect(changes.ok, setting).toBe(!cannot.includes(setting))
      if (!changes.ok) expect(changes.error).toMatch(/\w{4,}/)
    }
  })

  it('sets, reads back, and puts back what was before, also by the key alone', async () => {
    const { lockDown, where } = make()
    for (const setting of settingIds) {
      const changes = await lockDown.changesFor(setting, where)
      if (!changes.ok) continue
      for (const change of changes.value) {
        const before = await change.read(where)
        await change.write(where, change.wanted)
        expect(await change.read(where), change.key).toBe(change.wanted)
        const again = lockDown.changeOf(change.key)
        expect(again?.key).toBe(change.key)
        await again?.write(where, before)
        expect(await change.read(where), change.key).toBe(before)
      }
    }
  })

  it('has keys that are unique and short enough for a journal, and knows no others', async () => {
    const { lockDown, where } = make()
    const keys: string[] = []
    for (const setting of settingIds) {
      const changes = await lockDown.changesFor(setting, where)
      if (changes.ok) keys.push(...changes.value.map(({ key }) => key))
    }
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys.every((key) => key.length <= 200)).toBe(true)
    for (const key of ['', 'x11:all', 'gsettings:a b:c', 'gsettings:org.x:y:z', '../../etc/passwd'])
      expect(lockDown.changeOf(key), key).toBeNull()
  })
})

describe('D10 a tool that fails', () => {
  const garbage: Where['ask'] = () => Promise.resolve({ code: 0, output: 'something else' })
  const refuses: Where['ask'] = () => Promise.resolve({ code: 77, output: '' })

  it.each([
    ['linux', linuxLockDown, { session }],
    ['win32', win32LockDown, { session: {}, sid: 'S-1-5-21-1-2-3-1001' }],
    ['darwin', darwinLockDown, { session: {} }]
  ] as const)('on %s is never taken for a setting that is held', async (_, lockDown, at) => {
    for (const ask of [garbage, refuses]) {
      const where = { ...at, ask }
      for (const setting of settingIds) {
        const read = async (): Promise<number> => {
          const changes = await lockDown.changesFor(setting, where)
          if (!changes.ok) return 0
          for (const change of changes.value) await change.read(where)
          return changes.value.length
        }
        // Either it needs no tool, or it says so loudly.
        expect(await read().catch(() => 0), setting).toBe(0)
      }
    }
  })

  it('a Windows asker whose identifier is none reaches no branch of the registry', async () => {
    const where = { session: {}, sid: 'S-1-5\\..', ask: regTool() }
    const changes = await win32LockDown.changesFor('notifications', where)
    await expect(changes.ok && changes.value[0]?.read(where)).rejects.toThrow('nobody knows who asks')
  })

  it('Wayland and a desktop that is not known are degraded, with the reason', async () => {
    const wayland = { session: { ...session, type: 'wayland' }, ask: gnomeTools() } as const
    expect(await linuxLockDown.changesFor('display-access', wayland)).toMatchObject({
      error: 'Wayland has no setting for it'
    })
    const other = { session: { display: ':7', desktop: 'i3' }, ask: gnomeTools() }
    expect(await linuxLockDown.changesFor('notifications', other)).toMatchObject({
      error: 'the desktop i3 is not known'
    })
  })
})
