import { HubRefusal } from '../../scripts/demo/desks/device-client'
import { supervisor } from '../../scripts/stack/seed'
import { sleep } from '../../scripts/stack/wait'
import { expect, test } from './hub-fixture'

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
  await expect(tile).toHaveAttribute('data-desk', 'unknown')
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
  await expect(cards).toHaveCount(200)
  const shown = await cards.evaluateAll((all) => all.map((card) => card.getAttribute('data-alert-id')))
  expect(shown.sort()).toEqual(raised.sort())
  await expect(page.getByTestId('line')).toHaveText('Live')
})

test('a wrong password is refused in words', async ({ floor, visit }) => {
  const { page } = await visit(floor.hub.consoleUrl)
  await page.getByLabel('Email').fill(supervisor.email)
  await page.getByLabel('Password', { exact: true }).fill('not this one')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert')).toContainText('don’t go together')
})
