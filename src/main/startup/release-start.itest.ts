import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { buildMain } from '../../../test/built-main'
import { requires } from '../../../test/requires'
import { unsafeSwitches, unsafeVariables } from '../../../test/startup-table'

/** `npm test` tries some of the table on the real program; all of it with this variable set (some three minutes). */
const isWhole = process.env['HAVENDESK_ALL_STARTS'] === '1'
const some = <T>(all: readonly T[], every: number): readonly T[] =>
  isWhole ? all : all.filter((_, index) => index % every === 0)

const runtime = resolve('.runtime/electron/electron')
const REFUSED = 'started in a way that is not allowed'
const kept = ['PATH', 'LANG', 'DISPLAY', 'XAUTHORITY', 'DBUS_SESSION_BUS_ADDRESS', 'XDG_RUNTIME_DIR']

/** The release's own main process, built for this test, with the pages of the test build. */
describe('A4 the release program in real Electron', () => {
  let folder = ''

  beforeEach((context) => requires(context, 'linux', 'display', 'keychain', 'electron'))
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hd-start-'))
    const program = join(folder, 'program')
    mkdirSync(program)
    await buildMain('release', join(program, 'main'))
    for (const part of ['preload', 'renderer'])
      cpSync(join('out/test', part), join(program, part), { recursive: true })
    const manifest = { name: 'havendesk', version: '0.0.0', main: 'main/index.cjs' }
    writeFileSync(join(program, 'package.json'), JSON.stringify(manifest))
    symlinkSync(resolve('.runtime/models'), join(program, 'models'))
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  })
  afterAll(() => {
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Starts the program and gives its log once it says one of these, or once it has ended. */
  async function start(
    words: readonly string[],
    argv: readonly string[],
    more: Readonly<Record<string, string>> = {}
  ): Promise<string> {
    const home = mkdtempSync(join(folder, 'home-'))
    const plain = kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]))
    const env = { ...Object.fromEntries(plain), HOME: home, XDG_CONFIG_HOME: join(home, '.config'), ...more }
    const child = spawn(runtime, [join(folder, 'program'), ...argv], { env, stdio: 'ignore', detached: true })
    const gone = once(child, 'exit')
    const until = performance.now() + 30_000
    let log = ''
    while (
      !words.some((word) => log.includes(word)) &&
      child.exitCode === null &&
      performance.now() < until
    ) {
      await new Promise((next) => setTimeout(next, 100))
      log = logUnder(home)
    }
    if (child.exitCode === null && child.signalCode === null) {
      process.kill(-(child.pid ?? 0), 'SIGKILL')
      await gone
    }
    return log
  }

  it('begins its work when it is started as a desktop starts it', async () => {
    const log = await start(['"step":"courier"', REFUSED], [], {
      GTK_MODULES: 'gail:atk-bridge',
      XMODIFIERS: '@im=ibus'
    })
    expect(log).toContain('"step":"courier"')
    expect(log).not.toContain(REFUSED)
  })

  it('begins its work in a remote session, whose finding is a check’s', async () => {
    const log = await start(['"step":"courier"', REFUSED], [], {
      SSH_CONNECTION: '192.0.2.1 50000 192.0.2.2 22',
      XRDP_SESSION: '1'
    })
    expect(log).toContain('"step":"courier"')
    expect(log).not.toContain(REFUSED)
  })

  it.each(some(unsafeSwitches, 6))('does not begin with %s', async (argument) => {
    const log = await start([REFUSED], [argument])
    if (log !== '') expect(log).toContain(JSON.stringify(argument.split('=')[0]))
    expect(log).not.toContain('policy in force')
  })

  it.each(some(Object.entries(unsafeVariables), 6))('does not begin with %s set', async (name, value) => {
    const log = await start([REFUSED], [], { [name]: value })
    if (log !== '') expect(log).toContain(JSON.stringify(name))
    expect(log).not.toContain('policy in force')
  })
})

function logUnder(home: string): string {
  const found = readdirSync(home, { recursive: true, withFileTypes: true }).find(
    (entry) => entry.name === 'havendesk.log'
  )
  return found === undefined ? '' : readFileSync(join(found.parentPath, found.name), 'utf8')
}
