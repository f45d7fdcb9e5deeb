import { randomUUID } from 'node:crypto'
import type { BreakGlassView } from '../../src/contract/wire/v1/break-glass'
import type { CheckResult } from '../../src/core/check/check'
import type { AlertView, Tile } from '../../src/contract/wire/v1/console'
import { timed } from '../fixtures/timed'
import { expect, test } from './console-fixture'
import type { ContractHub } from './contract-hub'
import { alertOf, tileOf } from './rows'

const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString()

/** A team in the middle of a shift: most at work, some hidden, one silent, one asking for help. */
function shift(hub: ContractHub, count = 12): readonly Tile[] {
  const special: Readonly<Record<number, Partial<Tile>>> = {
    2: { state: 'hidden', reasons: ['phone'], since: minutesAgo(0.2) },
    4: {
      state: 'hidden',
      reasons: ['second-person'],
      since: minutesAgo(2),
      checks: { camera: 'pass', device: 'pass', network: 'stale' }
    },
    6: {
      state: 'unknown',
      since: minutesAgo(7),
      checks: { camera: 'unknown', device: 'unknown', network: 'stale' }
    },
    8: { state: 'signed-out', person: null, since: minutesAgo(95) },
    9: { state: 'starting', since: minutesAgo(0.1) },
    10: {
      state: 'hidden',
      reasons: ['help-asked', 'camera-lost'],
      checks: { camera: 'fail', device: 'error', network: 'pass' }
    }
  }
  const tiles = Array.from({ length: count }, (_, index) => tileOf(index + 1, special[index]))
  tiles.forEach((tile) => hub.push({ kind: 'tile', tile }))
  return tiles
}

function incidents(hub: ContractHub, tiles: readonly Tile[]): readonly AlertView[] {
  const alerts = [
    alertOf(tiles[1]!, {
      rule: 'nobody',
      severity: 'notice',
      active: false,
      durationMs: 43_000,
      raisedAt: minutesAgo(7)
    }),
    alertOf(tiles[4]!, { rule: 'second-person', people: 2, score: 0.66, raisedAt: minutesAgo(2) }),
    alertOf(tiles[10]!, {
      rule: 'help-asked',
      severity: 'act',
      hidden: false,
      score: 1,
      raisedAt: minutesAgo(1)
    }),
    alertOf(tiles[2]!, { timesToday: 3, score: 0.91 })
  ]
  const done = alertOf(tiles[0]!, {
    status: 'acknowledged',
    active: false,
    durationMs: 9000,
    raisedAt: minutesAgo(20),
    acknowledgedAt: minutesAgo(18),
    acknowledgedBy: 'Demo Supervisor 1'
  })
  for (const alert of [...alerts, done]) hub.push({ kind: 'alert', alert })
  return alerts
}

const check = { area: 'device', state: 'pass', ageMs: 0, remedy: '', enforcement: 'block' } as const
/** What a desk's computer tells: one check hides it, one is only reported, the others are well. */
const computer: CheckResult[] = [
  { ...check, id: 'antivirus', evidence: 'ClamAV: running, signatures 0 days old' },
  {
    ...check,
    id: 'disk-encryption',
    state: 'fail',
    evidence: 'C: suspended',
    remedy: 'remedy.disk-encryption.suspended'
  },
  {
    ...check,
    id: 'tpm',
    state: 'fail',
    evidence: 'no TPM',
    remedy: 'remedy.tpm.missing',
    enforcement: 'report'
  },
  { ...check, id: 'firewall', area: 'network', evidence: 'on, drops what comes in unasked: IPv4, IPv6' }
]

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every screen passes axe and the strictest content policy, ${colorScheme}`, async ({
    contractHub,
    visit
  }) => {
    const hub = await contractHub({ signedIn: false })
    const { page, complaints, axe, look } = await visit(hub.origin, { colorScheme })
    await expect(page.getByRole('heading', { name: 'Sign in to the console' })).toBeVisible()
    expect(await axe()).toEqual([])
    await look(`sign-in-${colorScheme}`)

    await page.getByLabel('Email').fill('supervisor1@demo.example')
    await page.getByLabel('Password', { exact: true }).fill('wrong')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('alert')).toContainText('don’t go together')
    expect(await axe()).toEqual([])
    await page.getByLabel('Password', { exact: true }).fill('right')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByText('No desk is enrolled yet.')).toBeVisible()
    expect(await axe()).toEqual([])
    await look(`empty-${colorScheme}`)

    const tiles = shift(hub)
    for (const { workstation } of tiles) hub.checks.set(workstation, computer)
    incidents(hub, tiles)
    await expect(page.getByTestId('alert-card')).toHaveCount(4)
    expect(await axe()).toEqual([])
    await look(`board-${colorScheme}`)

    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await expect(page.getByTestId('panel')).toContainText('91 % · clearly seen')
    expect(await axe()).toEqual([])
    await look(`alert-${colorScheme}`)
    await page.keyboard.press('Escape')

    await page.getByTestId('tile').nth(10).click()
    await expect(page.getByTestId('panel')).toContainText('Camera: fails')
    await expect(page.getByTestId('panel')).toContainText('Disk encryption: fails · hides the desk')
    await expect(page.getByTestId('panel')).toContainText('Security chip: fails · only reported')
    expect(await axe()).toEqual([])
    await look(`desk-${colorScheme}`)
    await page.keyboard.press('Escape')

    await page.getByRole('button', { name: 'Account and settings of Demo Supervisor 1' }).click()
    await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible()
    expect(await axe()).toEqual([])
    await look(`account-${colorScheme}`)
    await page.keyboard.press('Escape')

    hub.down()
    await expect(page.getByTestId('line')).toContainText('Line lost since')
    await expect(page.getByTestId('stale')).toBeVisible()
    expect(await axe()).toEqual([])
    await look(`lost-${colorScheme}`)
    expect(complaints).toEqual([])
  })
}

test('an alert appears by itself, says what was seen, and is acknowledged with one key', async ({
  contractHub,
  visit
}) => {
  const hub = await contractHub()
  const tiles = shift(hub)
  const { page, complaints } = await visit(hub.origin)
  await expect(page.getByText('Nothing needs you now.')).toBeVisible()
  const alert = alertOf(tiles[2]!, { timesToday: 3, score: 0.91 })
  hub.push({ kind: 'alert', alert })
  const card = page.locator(`[data-testid="alert-card"][data-alert-id="${alert.id}"]`)
  await expect(card).toContainText('Phone in view')
  await expect(page).toHaveTitle('(1) Havendesk console')
  await expect.poll(() => hub.calls).toContain(`POST alerts/${alert.id}/seen`)

  await page.keyboard.press('j')
  const panel = page.getByTestId('panel')
  await expect(panel).toContainText('phone in view (third time today).')
  await expect(panel.getByRole('meter', { name: 'Confidence 91 %' })).toBeVisible()
  await expect(panel).toContainText('Shown to Demo Supervisor 1')
  await page.keyboard.press('a')
  await expect(panel).toContainText('Acknowledged by Demo Supervisor 1')
  await expect(card).toHaveCount(0)
  await expect(page.getByTestId('handled-alert')).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(panel).toHaveCount(0)
  expect(hub.calls.filter((call) => call.endsWith('/seen'))).toHaveLength(1)
  expect(complaints).toEqual([])
})

test('an alert is on the page within 50 ms of its message', timed, async ({ contractHub, visit }) => {
  const hub = await contractHub()
  const tiles = shift(hub, 300)
  const { page } = await visit(hub.origin)
  await expect(page.getByTestId('tile')).toHaveCount(300)
  const times: number[] = []
  for (let n = 0; n < 15; n += 1) {
    const alert = alertOf(tiles[n]!)
    await page.evaluate((id) => {
      const own = window as unknown as { shownAt: Promise<number> }
      own.shownAt = new Promise((resolve) => {
        const watch = new MutationObserver(() => {
          if (!document.querySelector(`[data-alert-id="${id}"]`)) return
          watch.disconnect()
          resolve(Date.now())
        })
        watch.observe(document.body, { childList: true, subtree: true })
      })
    }, alert.id)
    const sent = Date.now()
    hub.push({ kind: 'alert', alert })
    const shown = await page.evaluate(() => (window as unknown as { shownAt: Promise<number> }).shownAt)
    times.push(shown - sent)
  }
  times.sort((a, b) => a - b)
  test.info().annotations.push({ type: 'alert to page, ms', description: times.join(', ') })
  // The fastest third is what the page itself costs; beside other work on two cores the median has more room.
  expect(times[4]).toBeLessThanOrEqual(50)
  expect(times[7]).toBeLessThanOrEqual(200)
})

test('a lost line says so, and no alert is lost or doubled when it comes back', async ({
  contractHub,
  visit
}) => {
  const hub = await contractHub()
  const tiles = shift(hub)
  const { page, complaints } = await visit(hub.origin)
  const line = page.getByTestId('line')
  await expect(line).toHaveText('Live')
  hub.down()
  await expect(line).toContainText('Line lost since')
  for (let n = 0; n < 20; n += 1) hub.push({ kind: 'alert', alert: alertOf(tiles[n % 12]!) })
  hub.up()
  await expect(line).toHaveText('Live')
  for (let n = 0; n < 10; n += 1) {
    hub.push({ kind: 'alert', alert: alertOf(tiles[n]!) })
    hub.repeat(hub.log.at(-1)!.id)
    if (n % 4 === 0) hub.cut()
  }
  await expect(page.getByTestId('alert-card')).toHaveCount(30)
  const ids = await page
    .getByTestId('alert-card')
    .evaluateAll((cards) => cards.map((card) => card.getAttribute('data-alert-id')))
  expect(new Set(ids).size).toBe(30)
  expect(complaints).toEqual([])
})

test('tiles keep their places while states change, and typing narrows them down', async ({
  contractHub,
  visit
}) => {
  const hub = await contractHub()
  const tiles = shift(hub, 300)
  const { page, look } = await visit(hub.origin)
  const order = () =>
    page.getByTestId('tile').evaluateAll((all) => all.map((one) => one.getAttribute('data-workstation')))
  await expect(page.getByTestId('tile')).toHaveCount(300)
  const before = await order()
  hub.push({ kind: 'tile', tile: { ...tiles[250]!, state: 'hidden', reasons: ['book'] } })
  await expect(page.locator(`[data-workstation="${tiles[250]!.workstation}"]`)).toHaveAttribute(
    'data-desk',
    'hidden'
  )
  expect(await order()).toEqual(before)
  await look('three-hundred')

  await page.keyboard.press('/')
  await page.keyboard.type('hidden book')
  await expect(page.getByTestId('tile')).toHaveCount(1)
  await expect(page.getByText('1 of 300 desks')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('tile')).toHaveCount(300)
  await page.getByRole('button', { name: /^No contact/ }).click()
  await expect(page.getByTestId('tile')).toHaveCount(1)
  await page.keyboard.press('/')
  await page.keyboard.type('nothing like this')
  await expect(page.getByText('No desk matches “nothing like this”.')).toBeVisible()
})

test('everything is reached by keyboard, and the focus comes back', async ({ contractHub, visit }) => {
  const hub = await contractHub()
  const tiles = shift(hub)
  incidents(hub, tiles)
  const { page } = await visit(hub.origin)
  await expect(page.getByTestId('alert-card')).toHaveCount(4)
  const first = page.getByTestId('tile').first()
  await first.focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('End')
  await expect(page.getByTestId('tile').last()).toBeFocused()
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('panel').getByRole('heading', { name: 'Demo Advocate 1' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(first).toBeFocused()

  await page
    .getByTestId('alert-card')
    .first()
    .getByRole('button', { name: /^Acknowledge/ })
    .focus()
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('alert-card')).toHaveCount(3)
  await expect(page.locator('body')).not.toBeFocused()
})

test('single keys can be switched off', async ({ contractHub, visit }) => {
  const hub = await contractHub()
  incidents(hub, shift(hub))
  const { page } = await visit(hub.origin)
  await page.getByRole('button', { name: 'Account and settings of Demo Supervisor 1' }).click()
  await page.getByRole('switch', { name: 'Single-key shortcuts' }).uncheck({ force: true })
  await page.keyboard.press('Escape')
  await page.keyboard.press('j')
  await expect(page.getByTestId('panel')).toHaveCount(0)
})

test('the console speaks Spanish, and remembers it', async ({ contractHub, visit }) => {
  const hub = await contractHub()
  incidents(hub, shift(hub))
  const { page, axe, look } = await visit(hub.origin)
  await page.getByRole('button', { name: 'Account and settings of Demo Supervisor 1' }).click()
  await page.getByText('Español').click()
  await page.keyboard.press('Escape')
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Requiere su atención' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'es')
  await page.keyboard.press('j')
  await expect(page.getByTestId('panel')).toContainText('Pidió ayuda')
  expect(await axe()).toEqual([])
  await look('alert-es')
})

test('nothing is cut off at 200 % zoom', async ({ contractHub, visit }) => {
  const hub = await contractHub()
  incidents(hub, shift(hub))
  const { page, axe, look } = await visit(hub.origin, { viewport: { width: 640, height: 450 } })
  await expect(page.getByTestId('alert-card')).toHaveCount(4)
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(await overflow()).toBe(0)
  await page.keyboard.press('j')
  await expect(page.getByTestId('panel').getByTestId('acknowledge')).toBeVisible()
  expect(await overflow()).toBe(0)
  expect(await axe()).toEqual([])
  await look('alert-zoomed')
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`G5 an exception, ${colorScheme}: asked, granted in a dialog with a reason, and who may not is told why`, async ({
    contractHub,
    visit
  }) => {
    const hub = await contractHub()
    const [, desk] = shift(hub)
    const asked: BreakGlassView = {
      request: randomUUID(),
      workstation: desk!.workstation,
      organisation: 'Demo Care',
      nonce: 'n'.repeat(43),
      person: desk!.person,
      check: 'firewall',
      reason: 'member-waiting',
      status: 'asked',
      askedAt: new Date().toISOString(),
      answerBy: new Date(Date.now() + 1_800_000).toISOString(),
      minutes: null,
      note: null,
      decidedBy: null,
      decidedAt: null,
      usedAt: null,
      endedAt: null,
      end: null,
      may: {
        kind: 'yes',
        approver: 'a@demo.example',
        maxMinutes: 60,
        passkeys: [{ credential: 'AAAA', rpId: 'localhost' }]
      }
    }
    const earlier: BreakGlassView = {
      ...asked,
      request: randomUUID(),
      status: 'ended',
      minutes: 15,
      note: 'the clinic was waiting',
      decidedBy: 'Demo Supervisor 2',
      end: 'time-over',
      may: { kind: 'no', why: 'answered' }
    }
    hub.exceptions.set(desk!.workstation, [asked, earlier])
    hub.push({
      kind: 'alert',
      alert: alertOf(desk!, { rule: 'break-glass-asked', severity: 'act', response: 'log' })
    })
    const { page, axe, look, complaints } = await visit(hub.origin, { colorScheme })
    await expect(page.getByTestId('alert-card')).toContainText('Asks for an exception')
    await page.keyboard.press('j')
    const panel = page.getByTestId('panel')
    await expect(panel.locator('[data-status="ended"]')).toContainText('the clinic was waiting')
    await panel.getByRole('button', { name: 'Grant…' }).click()
    const dialog = page.getByRole('dialog')
    const grant = dialog.getByRole('button', { name: 'Grant with your security key' })
    await expect(grant).toBeDisabled()
    await dialog.getByLabel('Why, for the record').fill('the clinic cannot wait')
    await expect(grant).toBeEnabled()
    expect(await axe()).toEqual([])
    await look(`exception-grant-${colorScheme}`)
    await page.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
    hub.exceptions.set(desk!.workstation, [{ ...asked, may: { kind: 'no', why: 'not-an-approver' } }])
    await expect(panel).toContainText('The policy does not name you as an approver.')
    await expect(panel.getByRole('button', { name: 'Grant…' })).toHaveCount(0)
    expect(await axe()).toEqual([])
    expect(complaints).toEqual([])
  })
}

test('a refused acknowledgement says why and can be tried again', async ({ contractHub, visit }) => {
  const hub = await contractHub()
  const [, second] = shift(hub)
  hub.push({ kind: 'alert', alert: alertOf(second!) })
  const { page } = await visit(hub.origin)
  const card = page.getByTestId('alert-card')
  await expect(card).toHaveCount(1)
  hub.faults.refuse = 500
  await card.getByRole('button', { name: /^Acknowledge/ }).click()
  await expect(card.getByRole('alert')).toContainText('Not recorded. The hub didn’t accept this.')
  hub.faults.refuse = null
  await card.getByRole('button', { name: /^Acknowledge/ }).click()
  await expect(card).toHaveCount(0)
})

test('a session that ends leads to sign-in and back to where one was', async ({ contractHub, visit }) => {
  const hub = await contractHub()
  const alerts = incidents(hub, shift(hub))
  const { page } = await visit(`${hub.origin}/alerts/${alerts[1]!.id}`)
  await expect(page.getByTestId('panel')).toContainText('Someone else in view')
  hub.endSession()
  await expect(page.getByText('Your session is over.')).toBeVisible()
  await page.getByLabel('Email').fill('supervisor1@demo.example')
  await page.getByLabel('Password', { exact: true }).fill('right')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByTestId('panel')).toContainText('Someone else in view')
})

test('loading shows the board’s shape after a moment, a hub that is away shows words', async ({
  contractHub,
  visit
}) => {
  const hub = await contractHub()
  hub.faults.boardDelayMs = 1500
  const { page, look } = await visit(hub.origin)
  await expect(page.getByText('Loading the board')).toBeAttached()
  await look('loading')
  await expect(page.getByText('Nothing needs you now.')).toBeVisible()
  await page.route('**/console/v1/**', (route) => route.abort())
  await page.reload()
  await expect(page.getByRole('heading', { name: 'The hub isn’t answering.' })).toBeVisible()
  await look('hub-away')
})

test('ten thousand open alerts do not freeze the page', timed, async ({ contractHub, visit }) => {
  const hub = await contractHub()
  const tiles = shift(hub, 300)
  for (let n = 0; n < 10_000; n += 1) hub.push({ kind: 'alert', alert: alertOf(tiles[n % 300]!) })
  const { page } = await visit(hub.origin)
  await expect(page.getByTestId('open-alerts')).toHaveText('10,000 open alerts', { timeout: 20_000 })
  await expect(page.getByTestId('alert-card')).toHaveCount(250)
  const started = Date.now()
  await page.keyboard.press('j')
  await expect(page.getByTestId('panel')).toBeVisible()
  expect(Date.now() - started).toBeLessThan(2000)
  const alert = alertOf(tiles[7]!)
  hub.push({ kind: 'alert', alert })
  await expect(page.locator(`[data-alert-id="${alert.id}"]`)).toBeVisible({ timeout: 2000 })
  await expect(page.getByRole('button', { name: 'Show 250 more' })).toBeAttached()
})
