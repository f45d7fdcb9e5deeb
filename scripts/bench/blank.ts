import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { numberIn, readCommandLine } from '../command-line'
import { marker } from '../scene/scene'
import { drawClip } from '../scene/draw'
import { Children } from '../stack/children'
import { openBrowser, openConsole, shownAlerts, type ShownAlert } from '../stack/console'
import { startDisplay } from '../stack/display'
import { Floor } from '../stack/floor'
import { advocate } from '../stack/seed'
import type { Policy } from '../../src/core/policy/policy'
import { sleep, until } from '../stack/wait'
import { Workstation } from '../stack/workstation'
import { spread } from './figures'
import { startBusySite } from './busy-site'
import { holdTo } from './promised'
import { assertWritable, writeReport } from './report'
import { stallableDisk } from './stalled-disk'
import { MISS_MS, watchScreen, type Appearance, type ScreenReport } from './screen-watch'

/**
 * Object in the camera's picture to black pixels on the display, and from black to the alert in the console, with the
 * live settings. Read from outside the programs: both instants are pixels of one framebuffer, seen by one poller with
 * one clock. The marker reaches the screen through the sensor's preview, so it is up to a frame late.
 *
 *   npm run -s bench:blank -- --runs 20 --json FILE [--seed 1] [--load]
 *
 * `--load` measures the same with 50 Mbit/s through the proxy and a disk on which every write waits.
 */
const usage = `usage: bench:blank [--runs N] [--seed N] [--load] [--json FILE]
  --runs  how often a phone appears (20)
  --seed  picks the composed pictures (1)
  --load  with 50 Mbit/s through the proxy and a disk on which every write waits
  --json  where the figures go (they are printed too)`
const values = readCommandLine(usage, {
  runs: { type: 'string', default: '20' },
  seed: { type: 'string', default: '1' },
  json: { type: 'string' },
  load: { type: 'boolean', default: false }
})
const runs = numberIn(usage, 'runs', values.runs, [1, 1000])
assertWritable(values.json)
const screenWidth = 1280
const screenHeight = 800
/** The preview is half as large as the camera's picture and stands in the lower right corner. */
const preview = { width: 320, height: 240 }
const markerPoint = {
  x: screenWidth - preview.width + marker.left / 2 + marker.size / 4,
  y: screenHeight - preview.height + marker.top / 2 + marker.size / 4
}
const LOAD_MBIT = 50
/** Appearances come faster than people put a phone away: without a cooldown each of them is an alert of its own. */
const alertEach = (policy: Policy): Policy => ({
  ...policy,
  rules: Object.fromEntries(
    Object.entries(policy.rules).map(([rule, terms]) => [rule, { ...terms, cooldownMs: 0 }])
  ) as Policy['rules']
})
const workspacePoint = { x: 8, y: 400 }

interface Measured {
  readonly report: ScreenReport
  /** When the watching began. The clip plays before it, with objects of its own. `performance.now()`. */
  readonly watchedFrom: number
  readonly shown: readonly ShownAlert[]
  readonly load: { readonly disk: string; readonly mbit_s: number } | null
}

async function measure(): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'havendesk-bench-'))
  const children = new Children()
  try {
    const clip = await drawClip({
      out: resolve('.runtime/scene'),
      scene: 'bench',
      seed: Number(values.seed),
      runs
    })
    const list = JSON.parse(await readFile(resolve('.runtime/scene/bench.json'), 'utf8')) as {
      leavesAt: number
    }[]
    const seconds = Math.max(...list.map((run) => run.leavesAt)) + 10
    const display = await startDisplay(children, screenWidth, screenHeight)
    const busy = values.load ? await startBusySite(LOAD_MBIT) : null
    const disk = values.load ? stallableDisk() : null
    const floor = await Floor.open(children, {
      folder,
      adjust: alertEach,
      ...(busy === null ? {} : { workspaceUrl: `${busy.origin}/` })
    })
    const browser = await openBrowser()
    const board = await openConsole(browser, floor.hub.consoleUrl)
    const desk = await floor.desk(
      'Demo Desk 1',
      disk?.folder === null || disk === null ? undefined : join(disk.folder, 'desk')
    )
    const workstation = await Workstation.launch({
      flavour: 'test',
      data: desk,
      clip,
      preview: true,
      display: display.name
    })
    await workstation.signIn(advocate(1).email, advocate(1).password)
    await workstation.workspaceInSight()
    const bright = (): boolean => display.framebuffer.pixel(workspacePoint.x, workspacePoint.y).red > 128
    await until('the workspace is shown', 30_000, bright)
    console.error(`measuring ${String(runs)} appearances, about ${String(Math.round(seconds))} s`)
    // The clip has been playing since the camera opened; it begins anew at its end, so every composite comes by.
    const limitMs = (seconds * 2 + 60) * 1000
    await disk?.stall(workstation.pid)
    const before = { at: performance.now(), sent: busy?.sent() ?? 0 }
    const report = await watchScreen(
      display.framebuffer,
      markerPoint,
      workspacePoint,
      runs,
      limitMs,
      (sofar, falseBlanks) => {
        const { seenAt, blackAt } = sofar[sofar.length - 1] ?? { seenAt: 0, blackAt: null }
        const said = blackAt === null ? 'missed' : `black after ${String(Math.round(blackAt - seenAt))} ms`
        console.error(
          `${String(sofar.length)} of ${String(runs)}: ${said}; ${String(falseBlanks)} false so far`
        )
      }
    )
    const rate = (((busy?.sent() ?? 0) - before.sent) * 8) / 1000 / (performance.now() - before.at)
    await disk?.resume()
    await sleep(1500)
    const shown = await shownAlerts(board)
    await workstation.close()
    await browser.close()
    await floor.close()
    display.close()
    busy?.close()
    return {
      report,
      watchedFrom: before.at,
      shown,
      load: disk === null ? null : { disk: disk.kind, mbit_s: Math.round(rate * 10) / 10 }
    }
  } finally {
    await children.endAll()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** From each black to the first alert that the console painted for it, milliseconds. */
function alertDelays(appearances: readonly Appearance[], shown: readonly ShownAlert[]): number[] {
  const instants = shown.map(({ at }) => at - performance.timeOrigin).sort((a, b) => a - b)
  return appearances.flatMap(({ seenAt, blackAt }) => {
    const at =
      blackAt === null
        ? undefined
        : instants.find((instant) => instant >= seenAt && instant < blackAt + MISS_MS)
    return at === undefined || blackAt === null ? [] : [at - blackAt]
  })
}

/** Alerts that the console painted with nothing in the picture, while it was watched, counted by rule. */
function falseAlerts(
  appearances: readonly Appearance[],
  shown: readonly ShownAlert[],
  watchedFrom: number
): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { rule, at } of shown) {
    const instant = at - performance.timeOrigin
    if (instant < watchedFrom) continue
    const due = appearances.some(
      ({ seenAt, blackAt }) => instant >= seenAt && instant < (blackAt ?? seenAt + MISS_MS) + MISS_MS
    )
    if (!due) counts[rule] = (counts[rule] ?? 0) + 1
  }
  return counts
}

const { report, watchedFrom, shown, load } = await measure()
const hits = report.appearances.flatMap(({ seenAt, blackAt }) => (blackAt === null ? [] : [blackAt - seenAt]))
const toBlank = spread(hits)
const errors = report.appearances.length - hits.length
writeReport('bench:blank', values.json, {
  time_to_blank_ms: toBlank,
  alert_visible_ms: spread(alertDelays(report.appearances, shown)),
  runs: report.appearances.length,
  errors,
  false_blanks: report.falseBlanks,
  false_alerts: falseAlerts(report.appearances, shown, watchedFrom),
  load
})
holdTo([
  { figure: 'time to blank, p50, ms', value: toBlank.p50, most: 400 },
  { figure: 'time to blank, p95, ms', value: toBlank.p95, most: 800 },
  { figure: 'share of appearances missed', value: errors / report.appearances.length, most: 6 / 40 },
  { figure: 'false covers', value: report.falseBlanks, most: 0 }
])
process.exit()
