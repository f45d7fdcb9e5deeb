import { readFile } from 'node:fs/promises'
import { sql } from 'drizzle-orm'
import { tellOfWeeks } from './busy-floor'
import { expect, test } from './hub-fixture'
import { inspect } from './inspect'

test('a supervisor looks at one advocate’s weeks, keeps what they look at by name, and finds it again in another browser', async ({
  floor,
  visit
}) => {
  const { desk, hub } = floor
  desk.raise()
  await desk.sync()
  await tellOfWeeks(floor)
  const supervisor = await floor.enter()
  const { page } = supervisor
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Reports' }).click()
  await page.getByText('30 days').click()
  await expect(page).toHaveURL(/\/reports\?days=30$/)
  await page.getByRole('tab', { name: 'One advocate' }).click()
  await page.getByLabel('Advocate', { exact: true }).selectOption('Demo Advocate 1')
  await page.getByText('12 weeks').click()
  await expect(page.getByTestId('trend-row')).toHaveCount(12)
  await expect(page.getByTestId('trend-charts')).toContainText('Phone in view, for each shift')
  await expect(page).toHaveURL(/\/reports\/trend\?weeks=12&advocate=[0-9a-f-]{36}$/)
  const address = page.url()

  // A table for a spreadsheet, with nobody's name in it.
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as CSV' }).click()
  const csv = await readFile(await (await saving).path(), 'utf8')
  expect(csv.split('\r\n')).toHaveLength(14)
  expect(csv).not.toContain('Demo Advocate')

  const filters = page.getByRole('button', { name: 'Saved filters' })
  const saved = page.getByTestId('saved-filter')
  await filters.click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Coaching on Monday')
  await page.getByRole('button', { name: 'Save what you see' }).click()
  await expect(saved).toHaveCount(1)
  await inspect(supervisor, 'reports-filters')
  await page.getByRole('button', { name: 'Coaching on Monday', exact: true, expanded: true }).click()

  // The way back of the browser leads to what was seen before, and the name is not that of another filter.
  await page.goBack()
  await expect(page.getByTestId('trend-row')).toHaveCount(8)
  await filters.click()
  await page.getByRole('textbox', { name: 'Name' }).fill('COACHING on monday')
  await page.getByRole('button', { name: 'Save what you see' }).click()
  await expect(page.getByText('You have a filter of that name')).toBeVisible()
  await page.getByRole('button', { name: 'Rename Coaching on Monday' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Coaching')
  await page.getByRole('button', { name: 'Save the name' }).click()
  await saved.getByRole('button', { name: 'Coaching', exact: true }).click()
  await expect(page).toHaveURL(address)
  await expect(page.getByTestId('trend-row')).toHaveCount(12)

  // The hub keeps it, not the browser; and each look at somebody's trend is in the record.
  const other = await visit(`${hub.consoleUrl}/reports`)
  await other.page.getByLabel('Email').fill('supervisor1@demo.example')
  await other.page.getByLabel('Password', { exact: true }).fill('demo supervisor one')
  await other.page.getByRole('button', { name: 'Sign in' }).click()
  await other.page.getByRole('button', { name: 'Saved filters' }).click()
  await other.page.getByRole('button', { name: 'Delete Coaching' }).click()
  await expect(other.page.getByText('None yet.')).toBeVisible()
  const looks = await floor.store.db.execute(sql`SELECT 1 FROM audit_act WHERE act = 'trend-read'`)
  expect(looks.rows.length).toBeGreaterThanOrEqual(2)
  expect([supervisor, other].flatMap(({ complaints }) => complaints)).toEqual([])
})
