import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DeviceClient, HubRefusal, newIdentity } from '../../scripts/demo/desks/device-client'
import { Children } from '../../scripts/stack/children'
import { Hub } from '../../scripts/stack/hub'
import { advocate, Seeded, supervisor } from '../../scripts/stack/seed'
import { sleep, until } from '../../scripts/stack/wait'
import type { CheckResult } from '../../src/core/check/check'
import type { DeskSnapshot, OutboxRecord, RecordBody } from '../../src/contract/wire/v1/device'
import { layReadyCluster } from '../../test/hub/support/ready-cluster'
import { expect, test as base } from './console-fixture'
import type { Screen } from './console-fixture'

const MODEL = 'coco-ssd@2.2.3#0123456789ab'

/** A device that keeps what it has to tell until the hub has acknowledged it, as a workstation's outbox does. */
class Desk {
  #records: OutboxRecord[] = []
  #next = 0
  #snapshot: DeskSnapshot
  constructor(
    readonly client: DeviceClient,
    person: DeskSnapshot['person']
  ) {
    const check = (area: CheckResult['area']): CheckResult => ({
      id: area,
      area,
      state: 'pass',
      evidence: 'test',
      ageMs: 0,
      remedy: ''
    })
    const checks = [check('camera'), check('device'), check('network')]
    const since = new Date().toISOString()
    this.#snapshot = { state: 'shown', reasons: [], since, person, policyVersion: 1, model: MODEL, checks }
  }

  become(state: DeskSnapshot['state'], reasons: DeskSnapshot['reasons']): void {
    this.#snapshot = { ...this.#snapshot, state, reasons, since: new Date().toISOString() }
  }

  record(body: RecordBody): void {
    this.#records.push({ seq: this.#next, at: new Date().toISOString(), monoMs: this.#next + 1, body })
    this.#next += 1
  }

  raise(): string {
    const id = randomUUID()
    const raisedAt = new Date().toISOString()
    this.record({
      kind: 'alert-raised',
      alert: {
        id,
        rule: 'phone',
        severity: 'attention',
        raisedAt,
        score: 0.91,
        people: 0,
        hidden: true,
        model: MODEL,
        policyVersion: 1
      }
    })
    return id
  }

  async sync(): Promise<void> {
    const { ackBelow } = await this.client.sync({
      records: this.#records.slice(0, 50),
      desk: this.#snapshot
    })
    this.#records = this.#records.filter(({ seq }) => seq >= ackBelow)
  }

  get waiting(): number {
    return this.#records.length
  }
}

interface Fixtures {
  readonly floor: { readonly hub: Hub; readonly desk: Desk; readonly enter: () => Promise<Screen> }
}

const test = base.extend<Fixtures>({
  floor: async ({ visit }, use) => {
    const children = new Children()
    const data = mkdtempSync(join(tmpdir(), 'havendesk-console-'))
    await layReadyCluster(data)
    const hub = await Hub.start(children, { data, heartbeatMs: 1000 })
    const seeded = await Seeded.create({
      hub,
      hubData: data,
      workspaceUrl: 'http://127.0.0.1:9/',
      advocates: 1
    })
    const ticket = await seeded.ticket('Demo Desk 1')
    const client = new DeviceClient(ticket, await newIdentity(), { flavour: 'test', build: '0.1.0' })
    await client.enrol(ticket.token)
    const { person } = await client.signIn(advocate(1).email, advocate(1).password)
    const desk = new Desk(client, person)
    desk.record({ kind: 'session', change: 'signed-in', person: person.id })
    await desk.sync()
    const enter = async (): Promise<Screen> => {
      const screen = await visit(hub.consoleUrl)
      await screen.page.getByLabel('Email').fill(supervisor.email)
      await screen.page.getByLabel('Password', { exact: true }).fill(supervisor.password)
      await screen.page.getByRole('button', { name: 'Sign in' }).click()
      await expect(screen.page.getByTestId('line')).toHaveText('Live')
      return screen
    }
    try {
      await use({ hub, desk, enter })
    } finally {
      await seeded.close()
      await client.close()
      await children.endAll()
      rmSync(data, { recursive: true, force: true })
    }
  }
})

test('a supervisor sees the desk hide, acknowledges the alert, and sees the desk come back', async ({
  floor
}) => {
  const { desk, enter } = floor
  const { page, complaints, look } = await enter()
  await desk.sync()
  const tile = page.getByTestId('tile')
  await expect(tile).toContainText('Demo Advocate 1')
  await expect(tile).toHaveAttribute('data-desk', 'shown')

  const id = desk.raise()
  desk.become('hidden', ['phone'])
  await desk.sync()
  const card = page.locator(`[data-testid="alert-card"][data-alert-id="${id}"]`)
  await expect(card).toContainText('Phone in view')
  await expect(card).toContainText('Demo Advocate 1')
  await expect(tile).toHaveAttribute('data-desk', 'hidden')
  await expect(tile).toContainText('phone in view')

  await page.keyboard.press('j')
  const panel = page.getByTestId('panel')
  await expect(panel).toContainText('Shown to Demo Supervisor 1')
  await look('real-hub-alert')
  await page.keyboard.press('a')
  await expect(panel).toContainText('Acknowledged by Demo Supervisor 1')
  await expect(card).toHaveCount(0)

  desk.record({
    kind: 'alert-ended',
    end: { id, endedAt: new Date().toISOString(), durationMs: 4000, peakScore: 0.97, peakPeople: 0 }
  })
  desk.become('shown', [])
  await desk.sync()
  await expect(panel).toContainText('Over at the desk')
  await expect(tile).toHaveAttribute('data-desk', 'shown')
  expect(complaints).toEqual([])
})

test('a desk that goes silent is never a stale green', async ({ floor }) => {
  const { page } = await floor.enter()
  await floor.desk.sync()
  const tile = page.getByTestId('tile')
  await expect(tile).toHaveAttribute('data-desk', 'shown')
  await expect(tile).toHaveAttribute('data-desk', 'unknown', { timeout: 15_000 })
  await expect(tile).toContainText('No contact')
})

test('200 alerts while the hub is killed again and again: all in the console, none twice', async ({
  floor
}) => {
  const { hub, desk, enter } = floor
  const { page } = await enter()
  const raised: string[] = []
  let over = false
  const deliver = async (): Promise<void> => {
    while (!over || desk.waiting > 0) {
      await desk.sync().catch((error: unknown) => {
        if (error instanceof HubRefusal) throw error
      })
      await sleep(20)
    }
  }
  const delivering = deliver()
  for (let n = 0; n < 200; n += 1) {
    raised.push(desk.raise())
    if (n % 50 === 25) {
      await hub.kill()
      await sleep(100)
      await hub.restart()
    }
    await sleep(5)
  }
  over = true
  await delivering
  const cards = page.getByTestId('alert-card')
  await expect(cards).toHaveCount(200, { timeout: 40_000 })
  const shown = await cards.evaluateAll((all) => all.map((card) => card.getAttribute('data-alert-id')))
  expect(shown.sort()).toEqual(raised.sort())
  await until(
    'the line is live again',
    20_000,
    async () => (await page.getByTestId('line').textContent()) === 'Live'
  )
})

test('a wrong password is refused in words', async ({ floor, visit }) => {
  const { page } = await visit(floor.hub.consoleUrl)
  await page.getByLabel('Email').fill(supervisor.email)
  await page.getByLabel('Password', { exact: true }).fill('not this one')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert')).toContainText('don’t go together')
})
