import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright'
import { startReceiver } from '../../examples/integration/receiver.mjs'
import { addPerson } from '../../src/provision/index'
import { ConsoleClient } from '../../test/hub/support/console-client'
import { numberIn, readCommandLine } from '../command-line'
import { drawClip } from '../scene/draw'
import { Children } from '../stack/children'
import { openBrowser, openConsole } from '../stack/console'
import { startDisplay, type Display } from '../stack/display'
import { Floor } from '../stack/floor'
import { brightness } from '../stack/framebuffer'
import { advocate, organisation, supervisor, team } from '../stack/seed'
import { sleep, until } from '../stack/wait'
import { Workstation } from '../stack/workstation'
import { spread } from './figures'
import { holdTo } from './promised'
import { assertWritable, writeReport } from './report'

/**
 * A supervisor's click in the console to its effect at a real desk, and from black to telephony knowing of it. The click is
 * the browser's own event, the effect is a pixel of the desk's display or the words in its shell, the arrival is the
 * receiver's; all by one machine's clock.
 *
 *   npm run -s bench:instruct -- [--runs 20] [--json FILE]
 */
const usage = `usage: bench:instruct [--runs N] [--json FILE]
  --runs  how often the desk is locked, unlocked and written to (20)
  --json  where the figures go (they are printed too)`
const values = readCommandLine(usage, {
  runs: { type: 'string', default: '20' },
  json: { type: 'string' }
})
const runs = numberIn(usage, 'runs', values.runs, [1, 500])
assertWritable(values.json)

const MISS_MS = 10_000
const place = { x: 8, y: 400 }
/** The machine's clock, milliseconds, finer than `Date.now()`. */
const clock = (): number => performance.timeOrigin + performance.now()

interface Figures {
  readonly lock: number[]
  readonly unlock: number[]
  readonly message: number[]
  /** From black pixels to the webhook at the receiver. */
  readonly hook: number[]
  errors: number
}

/** When the browser saw the click that `press` makes. */
async function clickedAt(page: Page, press: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const noted = window as unknown as { clicked?: number }
    noted.clicked = 0
    // Named functions would call a helper of the transpiler's that the page does not have.
    document.addEventListener(
      'click',
      () => {
        noted.clicked = performance.timeOrigin + performance.now()
      },
      { capture: true, once: true }
    )
  })
  await press()
  return page.evaluate(() => (window as unknown as { clicked?: number }).clicked ?? 0)
}

async function becomes(display: Display, dark: boolean): Promise<number | null> {
  const end = performance.now() + MISS_MS
  for (;;) {
    const light = brightness(display.framebuffer.pixel(place.x, place.y))
    if (dark ? light < 48 : light > 128) return clock()
    if (performance.now() > end) return null
    await sleep(1)
  }
}

/** A channel of IT's to a receiver of ours, which notes when it heard that somebody is not ready. */
async function telephony(floor: Floor) {
  const heard: number[] = []
  let secret = ''
  const receiver = await startReceiver({
    secret: () => secret,
    onMessage: (message: { readonly type: string }) => {
      if (message.type === 'person.not-ready') heard.push(clock())
    }
  })
  const { password } = supervisor
  const email = 'it@demo.example'
  await addPerson(floor.seeded.store.db, { organisation, team, name: 'Demo IT', email, role: 'it', password })
  const it = new ConsoleClient(floor.hub.consoleUrl)
  await it.signIn(email, password)
  const made = await it.send('POST', '/console/v1/integration/channels', {
    kind: 'webhook',
    name: 'telephony',
    target: receiver.url,
    events: ['readiness']
  })
  if (made.status !== 200) throw new Error(`no channel: ${JSON.stringify(made.json)}`)
  secret = String(made.json.secret)
  return { heard, close: () => receiver.close() }
}

async function measure(): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'havendesk-bench-'))
  const children = new Children()
  const figures: Figures = { lock: [], unlock: [], message: [], hook: [], errors: 0 }
  try {
    const clip = await drawClip({ out: resolve('.runtime/scene'), scene: 'clear' })
    const display = await startDisplay(children, 1280, 800)
    const floor = await Floor.open(children, {
      folder,
      adjust: (policy) => ({
        ...policy,
        supervision: { instructions: { allow: ['lock', 'unlock', 'message', 'end-session', 'check'] } }
      })
    })
    const hooks = await telephony(floor)
    const browser = await openBrowser()
    const board = await openConsole(browser, floor.hub.consoleUrl)
    const data = await floor.desk('Demo Desk 1')
    const workstation = await Workstation.launch({ flavour: 'test', data, clip, display: display.name })
    await workstation.signIn(advocate(1).email, advocate(1).password)
    await workstation.workspaceInSight()
    if ((await becomes(display, false)) === null) throw new Error('the workspace was never shown')
    const shell = await workstation.shell()
    await board.getByTestId('tile').click()
    const panel = board.getByTestId('panel')
    const press = (name: string) => () => panel.getByRole('button', { name, exact: true }).first().click()
    await panel.getByRole('button', { name: 'Unlock' }).waitFor()
    const keep = (into: number[], from: number, to: number | null): void => {
      if (to === null) figures.errors += 1
      else into.push(to - from)
    }
    for (let run = 1; run <= runs; run += 1) {
      const heardBefore = hooks.heard.length
      const locked = await clickedAt(board, press('Lock'))
      const black = await becomes(display, true)
      keep(figures.lock, locked, black)
      await until('telephony hears of it', MISS_MS, () => hooks.heard.length > heardBefore)
      if (black !== null) figures.hook.push((hooks.heard[heardBefore] ?? 0) - black)
      await sleep(1000)
      const unlocked = await clickedAt(board, press('Unlock'))
      keep(figures.unlock, unlocked, await becomes(display, false))
      const text = `Message number ${String(run)}.`
      await press('Send a message')()
      await panel.getByRole('textbox').fill(text)
      const written = await clickedAt(board, () =>
        panel.locator('form').getByRole('button', { name: 'Send a message' }).click()
      )
      // Looked at by the shell's own clock, as it is drawn.
      const read = await shell
        .waitForFunction(
          (words) =>
            document.querySelector('[data-told="message"]')?.textContent.includes(words) === true &&
            performance.timeOrigin + performance.now(),
          text,
          { polling: 'raf', timeout: MISS_MS }
        )
        .then(
          async (found) => Number(await found.jsonValue()),
          () => null
        )
      keep(figures.message, written, read)
      console.error(
        `${String(run)} of ${String(runs)}: locked in ${String(Math.round((black ?? 0) - locked))} ms`
      )
      await sleep(1000)
    }
    await workstation.close()
    await browser.close()
    hooks.close()
    await floor.close()
    display.close()
    return figures
  } finally {
    await children.endAll()
    rmSync(folder, { recursive: true, force: true })
  }
}

const figures = await measure()
const all = [...figures.lock, ...figures.unlock, ...figures.message]
writeReport('bench:instruct', values.json, {
  click_to_effect_ms: spread(all),
  lock_ms: spread(figures.lock),
  unlock_ms: spread(figures.unlock),
  message_ms: spread(figures.message),
  black_to_hook_ms: spread(figures.hook),
  runs,
  errors: figures.errors
})
holdTo([
  { figure: 'click to effect, p95, ms', value: spread(all).p95, most: 1000 },
  { figure: 'black to hook, p95, ms', value: spread(figures.hook).p95, most: 1000 }
])
process.exit()
