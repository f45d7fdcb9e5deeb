import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { runAsMain } from '../session/main.mjs'
import { asUserPrefix } from './as-user.mjs'
import { provideModels, providePictures } from './assets.mjs'
import { provideDependencies } from './dependencies.mjs'
import { createReport, SetupError } from './report.mjs'
import { provideRuntime } from './runtime.mjs'
import { sandboxState } from './sandbox.mjs'
import { provideSystemPackages } from './system-packages.mjs'
import { provideUser } from './user.mjs'

export const projectRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

/**
 * Brings a fresh clone to where it can be built and run. What is there already is left alone, without a word and without
 * the network.
 * @param {{ headless: boolean, tests?: boolean, withoutSandbox?: boolean, report?: ReturnType<typeof createReport> }} purpose
 *   `headless`: no display, or none to be used; `tests`: also what only tests need; `withoutSandbox`: the demo's loud exception
 */
export async function prepare({ headless, tests = false, withoutSandbox = false, report = createReport() }) {
  const root = projectRoot
  const pins = JSON.parse(readFileSync(new URL('pins.json', import.meta.url), 'utf8'))
  // What bootstrap writes is read by the unprivileged user, whatever mask root goes by.
  process.umask(0o022)
  const runtime = join(root, '.runtime')
  const downloads = join(runtime, 'downloads')
  mkdirSync(downloads, { recursive: true })
  const unlock = await lock(join(runtime, 'bootstrap.lock'), report)
  try {
    clearHalfDownloads(downloads)
    await provideSystemPackages({ headless, tests, report })
    await provideUser({ report })
    await provideDependencies({ root, report })
    const context = { root, downloads, pins, report }
    await provideRuntime(context)
    await provideModels(context)
    await providePictures(context)
  } finally {
    unlock()
  }
  await checkSandbox(root, withoutSandbox, report)
}

/** A command that was killed could not remove what it was writing. */
function clearHalfDownloads(downloads) {
  for (const name of readdirSync(downloads).filter((entry) => entry.includes('.part'))) {
    rmSync(join(downloads, name), { recursive: true, force: true })
  }
}

async function checkSandbox(root, withoutSandbox, report) {
  const state = await sandboxState({ root, as: (command) => [...asUserPrefix(), ...command] })
  if (state.possible) return
  const text = `Chromium's sandbox cannot start here. ${state.why}\nWhat lets it start:\n  ${state.remedy}`
  if (!withoutSandbox) {
    throw new SetupError(
      `${text}\nTo look at the demo all the same, without this protection and with made-up records only:\n` +
        '  npm start -- --demo-without-sandbox'
    )
  }
  report.warn(text)
  report.warn('THE DEMO RUNS WITHOUT THE SANDBOX because you asked for it. Open no site in it but its own.')
}

/** Two commands started together must not fetch the same things twice, or replace them under each other. */
async function lock(file, report) {
  const own = `${file}.${process.pid}`
  for (let told = false; ;) {
    try {
      // Written first and linked second: a lock never stands without its holder's number in it.
      writeFileSync(own, String(process.pid))
      linkSync(own, file)
      return () => rmSync(file, { force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') throw new SetupError(`Cannot write ${file}: ${error.message}`)
    } finally {
      rmSync(own, { force: true })
    }
    if (!isAlive(file)) {
      rmSync(file, { force: true })
      continue
    }
    if (!told) report.say('  Another command is setting things up; waiting for it.')
    told = true
    await sleep(300)
  }
}

function isAlive(file) {
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 0)
    return true
  } catch (error) {
    // EPERM: it lives, and is someone else's. Anything else: it ended, or took its lock away meanwhile.
    return error.code === 'EPERM'
  }
}

runAsMain(import.meta.url, async () => {
  await prepare({ headless: true })
  console.log('Everything is in place.')
  return 0
})
