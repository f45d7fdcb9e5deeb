import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { startMemberSite } from '../../scripts/demo/member-site/server'
import { requires } from '../../test/requires'

test('the member record answers, books the second exam and keeps the typed note meanwhile', async ({
  browser
}, info) => {
  requires(info, 'chromium')
  const site = await startMemberSite(0)
  const page = await browser.newPage({ viewport: { width: 1280, height: 672 } })
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  try {
    await page.goto(site.origin)
    await page.getByLabel('Notes on this call').fill('calls back on Monday')
    await page.getByLabel('Benefit question').fill('are my strips covered')
    await page.getByRole('button', { name: 'Look up' }).click()
    await expect(page.getByText('100 strips every 90 days', { exact: false }).first()).toBeVisible()
    await page.getByRole('radio').first().check()
    await page.getByRole('button', { name: 'Confirm booking' }).click()
    await expect(page.locator('.number')).toHaveText(/^FX-\d{5}$/)
    await expect(page.getByLabel('Notes on this call')).toHaveValue('calls back on Monday')
    await page.getByRole('button', { name: 'Save note' }).click()
    await expect(page.getByText('calls back on Monday')).toBeVisible()
    await page.evaluate(readFileSync('node_modules/axe-core/axe.min.js', 'utf8'))
    const found = await page.evaluate(async () => {
      const { axe } = window as unknown as { axe: { run: () => Promise<{ violations: { id: string }[] }> } }
      return (await axe.run()).violations.map(({ id }) => id)
    })
    expect(found).toEqual([])
    expect(complaints).toEqual([])
  } finally {
    await page.close()
    await site.close()
  }
})
