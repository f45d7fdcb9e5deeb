import type { Page } from '@playwright/test'
import { expect, test } from './hub-fixture'

const card = (page: Page, id: string) => page.locator(`[data-testid="alert-card"][data-alert-id="${id}"]`)

/** Keeps a page from doing anything for a while, as a machine that swaps does; its stream goes on filling. */
const hold = (page: Page, ms: number): Promise<void> =>
  page.evaluate((length) => {
    const until = performance.now() + length
    while (performance.now() < until);
  }, ms)

test('E9 two tabs of one supervisor tell the same, and one that stands still keeps the other waiting for nothing', async ({
  floor
}) => {
  const { hub, desk, enter } = floor
  const { page, complaints } = await enter()
  await desk.sync()
  const other = await page.context().newPage()
  await other.goto(hub.consoleUrl)
  await expect(other.getByTestId('tile')).toContainText('Demo Advocate 1')

  // What is done in one is seen in the other.
  const first = desk.raise()
  await desk.sync()
  for (const tab of [page, other]) await expect(card(tab, first)).toBeVisible()
  await card(page, first)
    .getByRole('button', { name: /^Acknowledge/ })
    .click()
  await expect(card(other, first)).toHaveCount(0)

  // One stands still while much happens: the other has all of it long before.
  let isHeld = true
  const held = hold(other, 8000).then(() => (isHeld = false))
  const raised = Array.from({ length: 40 }, () => desk.raise())
  await desk.sync()
  for (const id of raised) await expect(card(page, id)).toHaveCount(1)
  expect(isHeld).toBe(true)

  // And that one catches up, with each once.
  await held
  for (const id of raised) await expect(card(other, id)).toHaveCount(1)
  await expect(other.getByTestId('alert-card')).toHaveCount(raised.length)
  expect(complaints).toEqual([])
})
