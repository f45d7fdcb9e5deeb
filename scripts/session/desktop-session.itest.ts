import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { requires } from '../../test/requires'
import { findMarked, marked, newMark } from './processes.mjs'

const script = join(import.meta.dirname, '..', 'desktop-session.mjs')
let folder = ''
let mark = ''

beforeEach((context) => {
  requires(context, 'linux')
  folder = mkdtempSync(join(tmpdir(), 'hd-session-'))
  mark = newMark()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Starts a session around a shell script whose standard output is given back line by line. */
function session(shell: string, options: readonly string[] = []) {
  const words = [script, '--isolated', ...options, '--', 'sh', '-c', shell]
  const env = marked({ ...process.env, TMPDIR: folder }, mark)
  const child = spawn(process.execPath, words, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  return { child, output: () => output }
}

const ended = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)))

async function until(condition: () => boolean) {
  for (let tries = 0; tries < 200 && !condition(); tries += 1) await sleep(50)
  expect(condition()).toBe(true)
}

it('brings a display of the size asked for, a window manager and an unlocked keychain', async () => {
  const keytar = `const k = require('keytar'); k.setPassword('s', 'a', 'kept').then(() => k.getPassword('s', 'a')).then(console.log)`
  const { child, output } = session(
    `echo "$HAVENDESK_DISPLAY"; xdotool getdisplaygeometry; xdotool get_num_desktops; node -e "${keytar}"`,
    ['--screen', '1280x720x24']
  )
  expect(await ended(child)).toBe(0)
  const [kind, geometry, desktops, secret] = output().split('\n')
  expect({ kind, geometry, secret }).toEqual({ kind: 'virtual', geometry: '1280 720', secret: 'kept' })
  expect(Number(desktops)).toBeGreaterThan(0)
})

it('keeps its own keychain between sessions when told where', async () => {
  const store = join(folder, 'store')
  const once = async (code: string) => {
    const { child, output } = session(`node -e "${code}"`, ['--keychain', store])
    expect(await ended(child)).toBe(0)
    return output().trim()
  }
  await once(`require('keytar').setPassword('s', 'a', 'from before')`)
  expect(await once(`require('keytar').getPassword('s', 'a').then(console.log)`)).toBe('from before')
})

it('lets the screen be read from outside as a file', async () => {
  const { child } = session(`test -s "$HAVENDESK_FBDIR/Xvfb_screen0"`, ['--fbdir', folder])
  expect(await ended(child)).toBe(0)
})

it('passes the exit code on and leaves neither a process nor a folder, not even of what left its tree', async () => {
  const { child } = session('setsid sleep 600 & sleep 600 & exit 7')
  expect(await ended(child)).toBe(7)
  expect(findMarked(mark)).toEqual([])
  expect(readdirSync(folder)).toEqual([])
})

it.each(['SIGTERM', 'SIGINT'] as const)('ends everything it started on %s', async (signal) => {
  const { child, output } = session('setsid sleep 600 & echo up; exec sleep 600')
  await until(() => output().includes('up'))
  child.kill(signal)
  await ended(child)
  expect(findMarked(mark)).toEqual([])
  expect(readdirSync(folder)).toEqual([])
})

it('is followed by its command, its display and its keychain when it is killed outright', async () => {
  const { child, output } = session('echo up; exec sleep 600')
  await until(() => output().includes('up'))
  child.kill('SIGKILL')
  await until(() => findMarked(mark).length === 0)
})

it('keeps other people off its display', async () => {
  const { child, output } = session(
    'echo "$XAUTHORITY"; XAUTHORITY=/nonexistent xdotool getdisplaygeometry 2>&1; true'
  )
  expect(await ended(child)).toBe(0)
  const [authority = '', refused = ''] = output().split('\n')
  expect(existsSync(authority)).toBe(false)
  expect(refused).toMatch(/authoriz|can't open display|failed/i)
})
