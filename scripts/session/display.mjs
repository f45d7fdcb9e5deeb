import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { run } from '../bootstrap/run.mjs'
import { SetupError } from '../bootstrap/report.mjs'

/**
 * Whether DISPLAY names an X server that lets us in. With xdotool it is asked, without it must at least accept.
 * @param {NodeJS.ProcessEnv} env
 */
export async function displayAnswers(env = process.env) {
  const display = env['DISPLAY']
  if (!display) return false
  const asked = await run('xdotool', ['getdisplaygeometry'], {
    env,
    signal: AbortSignal.timeout(5000)
  }).catch(() => ({ code: 1 }))
  return asked.code === 127 ? accepts(display) : asked.code === 0
}

function accepts(display) {
  const [, host, number] = /^(.*):(\d+)/.exec(display) ?? []
  if (!number) return false
  const address = host ? { host, port: 6000 + Number(number) } : { path: `/tmp/.X11-unix/X${number}` }
  return new Promise((resolve) => {
    const socket = net.connect(address)
    const end = (answer) => {
      socket.destroy()
      resolve(answer)
    }
    socket
      .once('connect', () => end(true))
      .once('error', () => end(false))
      .setTimeout(3000, () => end(false))
  })
}

/** One entry of an X authority file that fits every display: family "wild", no address, no number. */
function authority(cookie) {
  const field = (bytes) => Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes])
  return Buffer.concat([
    Buffer.from([0xff, 0xff]),
    field(Buffer.alloc(0)),
    field(Buffer.alloc(0)),
    field(Buffer.from('MIT-MAGIC-COOKIE-1')),
    field(cookie)
  ])
}

/**
 * A private X server with a window manager. The server picks a free number itself, so that two never meet.
 * @param {{ folder: string, screen: string, fbdir?: string, env: NodeJS.ProcessEnv,
 *   start: (command: string, args: readonly string[], options: object) => import('node:child_process').ChildProcess }} options
 *   `screen`: WIDTHxHEIGHTxDEPTH; `fbdir`: folder where the screen can be read as a file
 * @returns {Promise<NodeJS.ProcessEnv>} variables for what runs on it
 */
export async function startDisplay({ folder, screen, fbdir, env, start }) {
  const args = ['-screen', '0', screen, ...(fbdir ? ['-fbdir', fbdir] : [])]
  const added = await startServer('Xvfb', args, { folder, env, start })
  return { ...added, ...(fbdir ? { HAVENDESK_FBDIR: fbdir } : {}) }
}

/**
 * An X server of any kind that only whoever has its cookie may use, with a window manager.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ folder: string, env: NodeJS.ProcessEnv,
 *   start: (command: string, args: readonly string[], options: object) => import('node:child_process').ChildProcess }} options
 * @returns {Promise<{ DISPLAY: string, XAUTHORITY: string }>}
 */
export async function startServer(command, args, { folder, env, start }) {
  const file = join(folder, 'xauthority')
  writeFileSync(file, authority(randomBytes(16)), { mode: 0o600 })
  const usual = ['-displayfd', '3', '-noreset', '-nolisten', 'tcp', '-auth', file]
  const server = start(command, [...usual, ...args], { env, stdio: ['ignore', 'ignore', 'pipe', 'pipe'] })
  const number = await firstLine(server, 3, command)
  const added = { DISPLAY: `:${number}`, XAUTHORITY: file }
  const all = { ...env, ...added }
  start('openbox', [], { env: all, stdio: 'ignore' })
  await untilManaged(all)
  return added
}

/** The window manager has taken over once it publishes the current desktop. */
async function untilManaged(env) {
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await run('xdotool', ['get_desktop'], { env })).code === 0) return
    await sleep(50)
  }
  throw new SetupError('The window manager openbox did not start within 5 s on the private display.')
}

/**
 * The first line a helper writes to one of its pipes; its own words when it ends before.
 * @param {import('node:child_process').ChildProcess} child
 * @param {number} fd
 * @param {string} name
 */
export function firstLine(child, fd, name, withinMs = 10_000) {
  return new Promise((resolve, reject) => {
    let text = ''
    let complaint = ''
    const timer = setTimeout(
      () => reject(new SetupError(`${name} did not start within ${withinMs / 1000} s.`)),
      withinMs
    )
    child.stderr?.on('data', (chunk) => (complaint += chunk))
    child.stdio[fd]?.on('data', (chunk) => {
      text += chunk
      if (!text.includes('\n')) return
      clearTimeout(timer)
      resolve(text.split('\n')[0].trim())
    })
    child.once('exit', () => {
      clearTimeout(timer)
      reject(new SetupError(`${name} ended at once: ${complaint.trim() || 'it said nothing'}`))
    })
    child.once('error', (error) => {
      clearTimeout(timer)
      reject(new SetupError(`${name} could not be started: ${error.message}`))
    })
  })
}

const canTie = () => process.platform === 'linux' && existsSync('/usr/bin/setpriv')

/**
 * The command, with its life tied to ours: the kernel asks it to end when we are gone, however we went.
 * @param {readonly string[]} command
 * @returns {readonly string[]}
 */
export const tied = (command) => (canTie() ? ['setpriv', '--pdeathsig', 'TERM', ...command] : command)

/**
 * Starts a helper in a process group of its own: Ctrl-C is for the command, not for its display.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {object} options
 * @returns {import('node:child_process').ChildProcess}
 */
export function startHelper(command, args, options) {
  const [file, ...rest] = tied([command, ...args])
  return spawn(file, rest, { ...options, detached: true })
}
