import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { run } from '../bootstrap/run.mjs'
import { SetupError } from '../bootstrap/report.mjs'
import { firstLine } from './display.mjs'

const secrets = 'org.freedesktop.secrets'

/**
 * Whether a keychain answers on this session's bus. One that would only be started on demand counts where a person sits
 * in front of a display and can unlock it; without one its question would wait for ever.
 * @param {NodeJS.ProcessEnv} env
 * @param {{ attended: boolean }} options
 */
export async function keychainAnswers(env, { attended }) {
  if (!env['DBUS_SESSION_BUS_ADDRESS']) return false
  if ((await ask(env, 'NameHasOwner', `string:${secrets}`)).includes('boolean true'))
    return attended || !(await isLocked(env))
  return attended && (await ask(env, 'ListActivatableNames')).includes(`"${secrets}"`)
}

async function ask(env, method, ...args) {
  return send(env, 'org.freedesktop.DBus', '/org/freedesktop/DBus', `org.freedesktop.DBus.${method}`, ...args)
}

async function isLocked(env) {
  const collection = 'string:org.freedesktop.Secret.Collection'
  const answer = await send(
    env,
    secrets,
    '/org/freedesktop/secrets/aliases/default',
    'org.freedesktop.DBus.Properties.Get',
    collection,
    'string:Locked'
  )
  return !answer.includes('boolean false')
}

async function send(env, dest, path, method, ...args) {
  const words = [
    '--session',
    '--print-reply',
    '--reply-timeout=3000',
    `--dest=${dest}`,
    path,
    method,
    ...args
  ]
  const { stdout } = await run('dbus-send', words, { env })
  return stdout
}

/**
 * A bus and an unlocked keychain of our own.
 * @param {{ folder: string, store?: string, env: NodeJS.ProcessEnv,
 *   start: (command: string, args: readonly string[], options: object) => import('node:child_process').ChildProcess }} options
 *   `folder`: private, goes with the session; `store`: where the keychain's file is kept between sessions (default: not kept)
 * @returns {Promise<NodeJS.ProcessEnv>} variables for what uses it
 */
export async function startKeychain({ folder, store = join(folder, 'keychain'), env, start }) {
  const socket = join(folder, 'bus')
  const bus = start(
    'dbus-daemon',
    [
      '--session',
      '--nofork',
      '--nopidfile',
      '--nosyslog',
      '--print-address=3',
      `--address=unix:path=${socket}`
    ],
    {
      env,
      stdio: ['ignore', 'ignore', 'pipe', 'pipe']
    }
  )
  const added = { DBUS_SESSION_BUS_ADDRESS: await firstLine(bus, 3, 'dbus-daemon') }
  const all = { ...env, ...added, XDG_DATA_HOME: store, GNOME_KEYRING_CONTROL: '' }
  mkdirSync(store, { recursive: true, mode: 0o700 })
  const daemon = start(
    'gnome-keyring-daemon',
    ['--foreground', '--unlock', '--components=secrets', `--control-directory=${join(folder, 'keyring')}`],
    { env: all, stdio: ['pipe', 'ignore', 'ignore'] }
  )
  daemon.once('error', () => undefined)
  daemon.stdin.once('error', () => undefined).end(password(store))
  for (let tries = 0; tries < 100; tries += 1) {
    if (await keychainAnswers({ ...env, ...added }, { attended: false })) return added
    await sleep(50)
  }
  throw new SetupError(
    'The keychain gnome-keyring did not start within 5 s. Is the package gnome-keyring installed?'
  )
}

/** Guards demonstration and test keys alone: kept beside the keychain's file, so that the next session can open it. */
function password(store) {
  const file = join(store, 'password')
  if (!existsSync(file)) writeFileSync(file, randomBytes(18).toString('base64url'), { mode: 0o600 })
  return readFileSync(file, 'utf8')
}
