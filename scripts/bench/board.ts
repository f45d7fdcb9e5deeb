import { resolve } from 'node:path'
import { openBrowser } from '../stack/console'
import { sleep } from '../stack/wait'
import { numberIn, readCommandLine } from '../command-line'
import { startContractHub } from '../../e2e/console/contract-hub'
import { alertOf, tileOf } from '../../e2e/console/rows'
import type { Tile } from '../../src/contract/wire/v1/console'
import { assertWritable, writeReport } from './report'
import { spread } from './figures'

/**
 * The board under load: every tile of a floor changes many times a second while somebody scrolls over it. What is
 * measured are the browser's own long tasks, which is when a page answers nobody.
 *
 *   npm run -s bench:board -- [--tiles 300] [--hz 10] [--seconds 20] [--json FILE]
 */
const usage = `usage: bench:board [--tiles N] [--hz N] [--seconds N] [--json FILE]
  --tiles    desks on the board (300)
  --hz       how often each of them changes in a second (10)
  --seconds  how long it is scrolled (20)
  --json     where the figures go (they are printed too)`
const values = readCommandLine(usage, {
  tiles: { type: 'string', default: '300' },
  hz: { type: 'string', default: '10' },
  seconds: { type: 'string', default: '20' },
  json: { type: 'string' }
})
const count = numberIn(usage, 'tiles', values.tiles, [1, 1000])
const hz = numberIn(usage, 'hz', values.hz, [1, 50])
const seconds = numberIn(usage, 'seconds', values.seconds, [2, 600])
assertWritable(values.json)

/** The limit of the browsers themselves: what takes longer is a long task. Milliseconds. */
const LIMIT_MS = 50

interface Watched {
  longTasks: number[]
  frames: number[]
}
declare global {
  interface Window {
    havendeskWatched: Watched
  }
}

/** The n-th look of a tile: state, reasons, checks, alerts and calls all move. */
function changed(tile: Tile, n: number): Tile {
  const hidden = (n + Number(tile.label.slice(-3))) % 7 === 0
  const since = new Date(Date.now() - (n % 50) * 1000).toISOString()
  return {
    ...tile,
    state: hidden ? 'hidden' : 'shown',
    reasons: hidden ? ['phone'] : [],
    since,
    lastHeard: new Date().toISOString(),
    checks: { camera: hidden ? 'fail' : 'pass', device: 'pass', network: n % 5 === 0 ? 'stale' : 'pass' },
    openAlerts: n % 3,
    work: {
      call: { state: n % 2 === 0 ? 'on-call' : 'wrap-up', since },
      shift: { startsAt: since, endsAt: new Date(Date.now() + 3_600_000).toISOString() },
      certifications: 'good'
    }
  }
}

async function measure() {
  const hub = await startContractHub({ pages: resolve('out/console'), signedIn: true })
  const tiles = Array.from({ length: count }, (_, n) => tileOf(n + 1))
  for (const tile of tiles) hub.push({ kind: 'tile', tile: changed(tile, 0) })
  for (const tile of tiles.slice(0, 3)) hub.push({ kind: 'alert', alert: alertOf(tile) })
  const browser = await openBrowser()
  try {
    const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
    await page.addInitScript({ path: resolve('scripts/bench/watch-tasks.js') })
    await page.goto(hub.origin)
    await page
      .getByTestId('tile')
      .nth(count - 1)
      .waitFor({ state: 'attached' })
    await sleep(1500)
    let sent = 0
    let round = 0
    const load = setInterval(() => {
      round += 1
      for (const tile of tiles) hub.push({ kind: 'tile', tile: changed(tile, round) })
      sent += tiles.length
    }, 1000 / hz)
    await sleep(1000) // the first rounds are still compiled
    await page.evaluate(() => {
      window.havendeskWatched.longTasks.length = 0
      window.havendeskWatched.frames.length = 0
    })
    const from = performance.now()
    const before = sent
    await page.mouse.move(600, 600)
    for (let n = 0; performance.now() - from < seconds * 1000; n += 1) {
      await page.mouse.wheel(0, n % 60 < 30 ? 160 : -160)
      await sleep(50)
    }
    const rate = ((sent - before) * 1000) / (performance.now() - from)
    const watched = await page.evaluate(() => window.havendeskWatched)
    clearInterval(load)
    // It shows what was sent last: a board that is smooth because it stands still would be no good.
    const last = round
    await sleep(1500)
    const hidden = tiles.filter((tile) => changed(tile, last).state === 'hidden').length
    const shown = await page.locator('[data-testid="tile"][data-desk="hidden"]').count()
    return { watched, rate, caughtUp: hidden === shown }
  } finally {
    await browser.close()
    await hub.close()
  }
}

const { watched, rate, caughtUp } = await measure()
const tooLong = watched.longTasks.filter((ms) => ms > LIMIT_MS)
writeReport('bench:board', values.json, {
  tiles: count,
  updates_per_second: Math.round(rate),
  seconds,
  long_tasks: tooLong.length,
  worst_ms: tooLong.length === 0 ? null : Math.round(Math.max(...tooLong)),
  frame_ms: spread(watched.frames),
  caught_up: caughtUp
})
process.exit(tooLong.length === 0 && caughtUp ? 0 : 1)
