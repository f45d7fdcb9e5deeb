import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { LockDownNews } from '../../src/core/lock-down/standing'
import type { SettingId } from '../../src/core/lock-down/setting'
import { linux } from '../../src/device/linux/platform'
import { LockDownLink, sessionOf } from '../../src/device/lock-down-link'
import { whereOf } from '../../src/service/lock-down/as-asker'
import { Journal } from '../../src/service/lock-down/journal'
import { LockDownKeeper } from '../../src/service/lock-down/keeper'
import { childProgram, type ChildProgram } from '../child-program'
import { requires } from '../requires'

const settings: readonly SettingId[] = ['screenshots', 'display-access', 'notifications', 'printing']
const tool = (path: string, ...args: readonly string[]): string =>
  execFileSync(path, args, { encoding: 'utf8' })

/** The settings as their own tools tell them. */
const system = (): string =>
  [
    tool('gsettings', 'list-recursively', 'org.gnome.desktop.notifications'),
    tool('gsettings', 'list-recursively', 'org.gnome.desktop.lockdown'),
    tool('xmodmap', '-pke'),
    tool('xhost')
  ].join('\n')

describe('D10 settings of a real X server and of GSettings', () => {
  let folder = ''
  let untouched = ''
  let keeper: ChildProgram
  let desk: ChildProgram
  const saved = { ...process.env }
  const children: ChildProcess[] = []

  beforeEach((context) => requires(context, 'linux', 'unprivileged', 'display', 'desktop-settings'))
  beforeAll(async () => {
    keeper = await childProgram('test/lock-down/keeper-child.ts')
    desk = await childProgram('test/lock-down/desk-child.ts')
    folder = mkdtempSync(join(tmpdir(), 'lock-down-'))
    // A store of settings of the tests' own; a person's is not touched.
    Object.assign(process.env, {
      XDG_CONFIG_HOME: join(folder, 'config'),
      GSETTINGS_BACKEND: 'keyfile',
      XDG_CURRENT_DESKTOP: 'GNOME',
      XDG_SESSION_TYPE: 'x11'
    })
    if (process.env['DISPLAY'] === undefined) return
    spawnSync('gsettings', ['set', 'org.gnome.desktop.lockdown', 'disable-print-setup', 'true'])
    spawnSync('xhost', ['+'])
    untouched = system()
  })
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL')
  })
  afterAll(() => {
    spawnSync('xhost', ['-'])
    process.env = saved
    keeper.remove()
    desk.remove()
    rmSync(folder, { recursive: true, force: true })
  })

  const recover = (journal: string): Promise<void> =>
    new LockDownKeeper({
      journal: new Journal(journal),
      lockDown: linux.lockDown,
      whereOf: (peer, session) => whereOf(linux, peer, session),
      log: () => undefined
    }).recover()
  const run = (journal: string, step: number): { steps: string[]; signal: string | null } => {
    const words = [keeper.file, journal, String(step), ...settings]
    const { stdout, signal } = spawnSync(process.execPath, words, { encoding: 'utf8' })
    return { steps: stdout.trim().split('\n'), signal }
  }

  it('are held, and given back: the whole way once', () => {
    const { steps } = run(join(folder, 'whole'), 0)
    const held = steps.find((line) => line.startsWith('[')) ?? ''
    expect(JSON.parse(held)).toEqual(settings.map((setting) => ({ setting, state: 'held', detail: '' })))
    expect(steps.filter((line) => line === 'lock-down set').length).toBeGreaterThan(3)
    expect(system()).toBe(untouched)
  })

  it('killed at each of its steps: after a restart nothing stays changed', { timeout: 180_000 }, async () => {
    const changed = new Set<boolean>()
    for (let step = 1; ; step += 1) {
      const journal = join(folder, `step-${String(step)}`)
      const { signal, steps } = run(journal, step)
      if (signal === null) {
        // Past the last step it ends by itself. There were as many as the way has.
        expect(step).toBeGreaterThan(20)
        break
      }
      expect(signal, steps.join(', ')).toBe('SIGKILL')
      changed.add(system() !== untouched)
      await recover(journal)
      expect(system(), `killed at step ${String(step)}: ${steps.at(-1) ?? ''}`).toBe(untouched)
      expect(readdirSync(journal)).toEqual([])
    }
    // Else the loop would have proven nothing.
    expect(changed).toEqual(new Set([true, false]))
  })

  const startService = async (socket: string): Promise<ChildProcess> => {
    const child = spawn(process.execPath, ['out/test/service/service.js', `--socket=${socket}`], {
      stdio: ['ignore', 'ignore', 'pipe']
    })
    children.push(child)
    await new Promise<void>((ready, gone) => {
      child.once('exit', () => gone(new Error('the service did not start')))
      child.stderr.on('data', (bytes: Buffer) => {
        if (bytes.toString().includes('"listening"')) ready()
      })
    })
    return child
  }
  const holdByChild = async (socket: string): Promise<ChildProcess> => {
    const child = spawn(process.execPath, [desk.file, socket, ...settings], {
      stdio: ['ignore', 'pipe', 'inherit']
    })
    children.push(child)
    await new Promise<void>((ready) => child.stdout.once('data', () => ready()))
    return child
  }

  it('are given back by the service when the client is killed, and when the service is, and when both are', async () => {
    const socket = join(folder, 'service.sock')
    const service = await startService(socket)
    const client = await holdByChild(socket)
    expect(system()).not.toBe(untouched)
    client.kill('SIGKILL')
    await expect.poll(system).toBe(untouched)

    const second = await holdByChild(socket)
    expect(system()).not.toBe(untouched)
    service.kill('SIGKILL')
    second.kill('SIGKILL')
    await new Promise((gone) => service.once('exit', gone))
    expect(system()).not.toBe(untouched)
    const again = await startService(socket)
    await expect.poll(system).toBe(untouched)

    // An orderly end of the service gives back as well, though the client holds on.
    await holdByChild(socket)
    expect(system()).not.toBe(untouched)
    again.kill('SIGTERM')
    await new Promise((gone) => again.once('exit', gone))
    expect(system()).toBe(untouched)
  })

  it('that somebody changes in the shift are set again', async () => {
    const socket = join(folder, 'drift.sock')
    await startService(socket)
    const news: LockDownNews[] = []
    const link = new LockDownLink({ serviceSocket: socket, told: (one) => news.push(one) })
    link.want(settings)
    await expect.poll(() => news.length, { timeout: 15_000 }).toBeGreaterThan(0)
    tool('gsettings', 'set', 'org.gnome.desktop.notifications', 'show-banners', 'true')
    tool('setxkbmap', 'us')
    await expect.poll(() => news.at(-1), { timeout: 15_000 }).toMatchObject({ kind: 'answered', drifted: 2 })
    expect(tool('xmodmap', '-pke')).not.toContain('Print')
    link.want(null)
    await expect.poll(system).toBe(untouched)
  })

  it('know where this desktop is by its own variables, and leave out what is no such thing', () => {
    expect(
      sessionOf({ DISPLAY: ':0', XDG_CURRENT_DESKTOP: 'ubuntu:GNOME', XDG_SESSION_TYPE: 'x11' })
    ).toEqual({
      display: ':0',
      desktop: 'ubuntu:GNOME',
      type: 'x11'
    })
    expect(sessionOf({ DISPLAY: 'a;b', XAUTHORITY: 'relative', XDG_SESSION_TYPE: 'other' })).toEqual({})
  })
})
