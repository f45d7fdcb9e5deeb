import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { requires } from '../requires'

const session = resolve('build/linux/kiosk/session')
/** Of a window's number, these are its owner's to give; the others say which program the owner is. */
const OWN_BITS = 0x1fffff

/** The kiosk session as a display manager would start it: on a bare X server, as an ordinary user, with the built program. */
describe('D4 the kiosk session', () => {
  let folder = ''
  let server: ChildProcess
  let env: NodeJS.ProcessEnv
  let kiosk: ChildProcess

  const ask = (tool: string, ...words: readonly string[]): string =>
    spawnSync(tool, words, { env, encoding: 'utf8', timeout: 5000 }).stdout
  /** The windows that the window manager knows, by their titles. */
  const titles = (): readonly string[] =>
    (ask('xprop', '-root', '_NET_CLIENT_LIST').match(/0x[0-9a-f]+/g) ?? []).map((id) =>
      ask('xdotool', 'getwindowname', id).trim()
    )
  /**
   * Whose windows are on the screen, one entry for each: menus are not told to anybody. By their owners and not by their
   * numbers, since Havendesk takes away one window and shows another as it starts.
   */
  const visible = (): readonly string[] =>
    ask('xdotool', 'search', '--onlyvisible', '--name', '')
      .split('\n')
      .filter((id) => id !== '')
      .map((id) => (Number(id) & ~OWN_BITS).toString(16))
      .sort()
  const isSeen = (): boolean => ask('xdotool', 'search', '--onlyvisible', '--name', '^Havendesk$') !== ''
  /** The same, once everything of its own is on the screen: it is there, and has not changed for three seconds. */
  const settled = async (): Promise<readonly string[]> => {
    for (let before = visible(), tries = 0; tries < 20; tries += 1) {
      await new Promise((next) => setTimeout(next, 3000))
      const now = visible()
      if (isSeen() && now.join() === before.join()) return now
      before = now
    }
    throw new Error('the windows went on changing for a minute')
  }
  const program = (): number => Number(readFileSync(join(folder, 'pid'), 'utf8'))
  const isOpen = (): boolean => titles().includes('Havendesk')
  const writeProgram = (name: string, ...lines: readonly string[]): string => {
    const file = join(folder, name)
    writeFileSync(file, ['#!/bin/sh', ...lines, ''].join('\n'))
    chmodSync(file, 0o755)
    return file
  }

  beforeEach((context) => requires(context, 'linux', 'unprivileged', 'electron', 'keychain'))
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kiosk-'))
    const words = ['-displayfd', '3', '-screen', '0', '1280x800x24', '-noreset', '-nolisten', 'tcp']
    server = spawn('Xvfb', words, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
    const [number] = (await once(server.stdio[3] as Readable, 'data')) as [Buffer]
    env = { ...process.env, DISPLAY: `:${number.toString().trim()}` }
    delete env['XAUTHORITY']
    const electron = resolve('.runtime/electron/electron')
    const file = writeProgram(
      'havendesk',
      `echo $$ > '${folder}/pid'`,
      `exec '${electron}' '${resolve('out/test')}' '--havendesk-data=${folder}/data'`
    )
    kiosk = spawn('sh', [session, file], { env, stdio: 'ignore' })
    await vi.waitUntil(isOpen, { timeout: 30_000, interval: 200 })
  })
  afterAll(() => {
    kiosk.kill('SIGTERM')
    server.kill('SIGTERM')
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  })

  it('shows Havendesk over the whole screen, and nothing else', async () => {
    await expect.poll(() => new Set(titles()), { timeout: 30_000 }).toEqual(new Set(['Havendesk']))
    const size = (): readonly [width: number, height: number] => {
      const [id = ''] = ask('xdotool', 'search', '--onlyvisible', '--name', '^Havendesk$').split('\n')
      const [, width, height] = /Geometry: (\d+)x(\d+)/.exec(ask('xdotool', 'getwindowgeometry', id)) ?? []
      return [Number(width), Number(height)]
    }
    // A window is known before it has its size. Outside a release the shell is one line short of the display.
    await expect.poll(() => size()[0], { timeout: 30_000 }).toBeGreaterThanOrEqual(1280)
    await expect.poll(() => size()[1], { timeout: 30_000 }).toBeGreaterThanOrEqual(799)
  })

  it('has no menu, no keys and no other desktop', async () => {
    const before = await settled()
    for (const keys of [
      'alt+Tab',
      'alt+space',
      'super+e',
      'super+d',
      'ctrl+alt+t',
      'alt+F2',
      'alt+F4',
      'Menu'
    ])
      ask('xdotool', 'key', keys)
    for (const button of ['1', '2', '3'])
      for (const place of ['5 5', '640 400', '1279 799'])
        ask('xdotool', 'mousemove', ...place.split(' '), 'click', button)
    ask('xdotool', 'key', 'ctrl+alt+Right')
    await new Promise((next) => setTimeout(next, 500))
    // Havendesk may just be changing one window for another; a menu or another desktop would stay.
    await expect.poll(visible, { timeout: 2000 }).toEqual(before)
    expect(ask('xdotool', 'get_num_desktops').trim()).toBe('1')
    expect(isOpen()).toBe(true)
    mkdirSync('test-results/pictures', { recursive: true })
    execFileSync('import', ['-silent', '-window', 'root', 'test-results/pictures/kiosk-session.png'], { env })
  })

  it('starts a program that was killed anew, and its window manager', async () => {
    const before = program()
    process.kill(before, 'SIGKILL')
    await expect.poll(program, { timeout: 30_000 }).not.toBe(before)
    await expect.poll(isOpen, { timeout: 30_000 }).toBe(true)

    const [own = ''] = execFileSync('pgrep', ['-P', String(kiosk.pid), '-f', 'session'], { encoding: 'utf8' })
      .trim()
      .split('\n')
    // By its process: the window by which a manager is known may well have the number of the one before.
    const manager = (): string => ask('pgrep', '-P', own, '-x', 'openbox').trim()
    const first = manager()
    expect(first).toMatch(/^\d+$/)
    process.kill(Number(first), 'SIGKILL')
    await expect.poll(manager, { timeout: 30_000 }).toMatch(new RegExp(`^(?!${first}$)\\d+$`))
    await expect.poll(isOpen, { timeout: 30_000 }).toBe(true)
  })

  it('ends with the program, and leaves nothing on the display', async () => {
    const ended = once(kiosk, 'exit')
    process.kill(program(), 'SIGTERM')
    expect(await ended).toEqual([0, null])
    await expect.poll(() => ask('xdotool', 'search', '--onlyvisible', '--name', '.').trim()).toBe('')
  })

  it('ends when the program breaks off three times within a minute', async () => {
    const file = writeProgram('broken', `echo >> '${folder}/starts'`, 'exit 1')
    const broken = spawn('sh', [session, file], { env, stdio: 'ignore' })
    expect(await once(broken, 'exit')).toEqual([1, null])
    expect(existsSync(join(folder, 'starts'))).toBe(true)
    expect(readFileSync(join(folder, 'starts'), 'utf8')).toBe('\n\n\n')
  })
})
