import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { boardSchema, type AlertView } from '../../src/contract/wire/v1/console'
import type { RuleId } from '../../src/core/judgement/rule'
import { openBrowser, openConsole, shownAlerts } from '../stack/console'
import { startDisplay, type Display } from '../stack/display'
import { advocate } from '../stack/seed'
import { sleep, until } from '../stack/wait'
import { Workstation } from '../stack/workstation'
import { recordedScene, type Stage } from './stage'

const scenes: readonly { readonly rule: RuleId; readonly title: string }[] = [
  { rule: 'phone', title: 'A phone comes up' },
  { rule: 'second-person', title: 'Somebody comes in' }
]

/** A place of the workspace that is bright while it is shown. */
const place = { x: 8, y: 400 }

/** Plays the recorded scene by itself, prints what happened when, and saves what a person would have seen. */
export async function unattended({ floor, children, data }: Stage, pictures: string): Promise<number> {
  mkdirSync(pictures, { recursive: true })
  const clip = await recordedScene()
  const display = await startDisplay(children)
  const browser = await openBrowser()
  const board = await openConsole(browser, floor.hub.consoleUrl)
  const workstation = await Workstation.launch({
    flavour: 'demo',
    data,
    clip,
    display: display.name,
    withoutSandbox: process.argv.includes('--demo-without-sandbox')
  })
  await workstation.signIn(advocate(1).email, advocate(1).password)
  await workstation.workspaceInSight()
  const shown = (): boolean => display.framebuffer.pixel(place.x, place.y).red > 128
  await until('the workspace is shown', 40_000, shown, 5)
  await sleep(700)
  await display.screenshot(join(pictures, 'workspace.png'))

  let missing = 0
  for (const { rule, title } of scenes) {
    console.log(`\n${title}`)
    try {
      await play({ rule, display, board, shown, pictures })
    } catch (error) {
      missing += 1
      console.log(`  not seen: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  await workstation.close()
  await browser.close()
  display.close()
  console.log(`\nScreenshots: ${pictures}`)
  return missing === 0 ? 0 : 1
}

interface Play {
  readonly rule: RuleId
  readonly display: Display
  readonly board: Page
  readonly shown: () => boolean
  readonly pictures: string
}

async function play({ rule, display, board, shown, pictures }: Play): Promise<void> {
  const known = new Set((await shownAlerts(board)).map(({ id }) => id))
  const hidden = watchHiding(shown)
  // Simulated desks have alerts of their own: the workstation's is the one that is meant.
  const card = await until('the alert is in the console', 60_000, async () => {
    for (const shownOne of await shownAlerts(board)) {
      if (shownOne.rule !== rule || known.has(shownOne.id)) continue
      const alert = await alertAt(board, shownOne.id)
      if (!alert.simulated) return { ...shownOne, raisedAt: Date.parse(alert.raisedAt) }
      known.add(shownOne.id)
    }
    return undefined
  })
  const blanked = await until('the desk is hidden', 5000, () => !shown() && hidden.last())
  hidden.stop()
  const line = timeLine(card.raisedAt)
  line('seen by the camera', card.raisedAt)
  line('desk hidden', blanked)
  line('alert in the console', card.at)
  await sleep(600)
  await display.screenshot(join(pictures, `blank-${rule}.png`))
  await board.screenshot({ path: join(pictures, `console-${rule}.png`) })
  const own = board.locator(`[data-testid="alert-card"][data-alert-id="${card.id}"]`)
  await own.getByRole('button', { name: 'Acknowledge' }).click()
  await until('the acknowledgement is on the board', 10_000, async () => (await own.count()) === 0)
  line('acknowledged', wallNow())
  await until('the desk comes back', 60_000, shown, 1)
  line('desk shown again', wallNow())
}

/** Notes each moment at which the workspace went off the screen; the last one is what hid it. */
function watchHiding(shown: () => boolean): {
  readonly last: () => number | null
  readonly stop: () => void
} {
  let wasShown = shown()
  let last: number | null = wasShown ? null : wallNow()
  const timer = setInterval(() => {
    const isShown = shown()
    if (wasShown && !isShown) last = wallNow()
    wasShown = isShown
  }, 1)
  return { last: () => last, stop: () => clearInterval(timer) }
}

const wallNow = (): number => performance.timeOrigin + performance.now()

/** An alert as the hub has it: from which desk, and when that had the first evidence. */
async function alertAt(board: Page, id: string): Promise<AlertView> {
  const reply: unknown = await board.evaluate(
    async () => (await fetch('/console/v1/board')).json() as Promise<unknown>
  )
  const alert = boardSchema.parse(reply).alerts.find((one) => one.id === id)
  if (alert === undefined) throw new Error(`the hub has no alert ${id}`)
  return alert
}

const timeLine =
  (start: number) =>
  (what: string, at: number): void => {
    const clock = new Date(at).toISOString().slice(11, 23)
    console.log(`  ${clock}  ${((at - start) / 1000).toFixed(2).padStart(6)} s  ${what}`)
  }
