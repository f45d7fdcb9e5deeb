import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { SetupError } from './bootstrap/report.mjs'
import { displayAnswers, startDisplay, startHelper, tied } from './session/display.mjs'
import { runAsMain } from './session/main.mjs'
import { keychainAnswers, startKeychain } from './session/keychain.mjs'
import { endMarked, holdInterrupts, marked, newMark, supervise } from './session/processes.mjs'

/**
 * Runs work in a desktop session: a display and an unlocked keychain. What the machine has is used; what it lacks is
 * started for the while and ended afterwards, with everything that was started inside.
 * @template T
 * @param {{ isolated?: boolean, screen?: string, fbdir?: string, keychainStore?: string }} options
 *   `isolated`: always a display and a keychain of our own (tests must not touch a person's);
 *   `screen`: WIDTHxHEIGHTxDEPTH of the virtual display; `fbdir`: folder to read its screen from, implies a virtual one;
 *   `keychainStore`: keeps our own keychain between sessions
 * @param {(env: NodeJS.ProcessEnv) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function inDesktopSession(
  { isolated = false, screen = '1920x1080x24', fbdir, keychainStore },
  work
) {
  if (process.platform !== 'linux') return work({ ...process.env, HAVENDESK_DISPLAY: 'real' })
  const folder = mkdtempSync(join(tmpdir(), 'hd-'))
  const mark = newMark()
  const hold = holdInterrupts()
  const helpers = []
  const start = (command, args, options) => {
    hold.check()
    // Whoever waits for a helper hears of its failure; this only keeps Node from ending at an unheard one.
    const child = startHelper(command, args, options).once('error', () => undefined)
    if (child.pid) helpers.push(child.pid)
    return child
  }
  try {
    let env = marked({ ...process.env, NO_AT_BRIDGE: '1' }, mark)
    env.XDG_RUNTIME_DIR ??= folder
    const real = !isolated && !fbdir && (await displayAnswers(env))
    if (!real) env = { ...env, ...(await startDisplay({ folder, screen, fbdir, env, start })) }
    if (isolated || !(await keychainAnswers(env, { attended: real }))) {
      env = { ...env, ...(await startKeychain({ folder, store: keychainStore, env, start })) }
    }
    hold.check()
    return await work({ ...env, HAVENDESK_DISPLAY: real ? 'real' : 'virtual' })
  } finally {
    // The keychain and the display go last, so that what still runs can put its affairs in order.
    await endMarked(mark, { except: helpers })
    await endMarked(mark)
    rmSync(folder, { recursive: true, force: true })
    hold.release()
  }
}

/**
 * Runs one command, sharing our terminal, and gives back its exit code.
 * @param {readonly string[]} command
 * @param {NodeJS.ProcessEnv} env
 */
export function runHere(command, env) {
  const [file, ...args] = tied(command)
  return supervise(spawn(file, args, { env, stdio: 'inherit' }))
}

async function main(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      isolated: { type: 'boolean' },
      screen: { type: 'string' },
      fbdir: { type: 'string' },
      keychain: { type: 'string' }
    }
  })
  if (positionals.length === 0) {
    throw new SetupError(
      'usage: node scripts/desktop-session.mjs [--isolated] [--screen WxHxD] [--fbdir DIR] [--keychain DIR] -- COMMAND...'
    )
  }
  const options = {
    isolated: values.isolated,
    screen: values.screen,
    fbdir: values.fbdir && resolve(values.fbdir),
    keychainStore: values.keychain && resolve(values.keychain)
  }
  const { code } = await inDesktopSession(options, (env) => runHere(positionals, env))
  return code
}

runAsMain(import.meta.url, main)
