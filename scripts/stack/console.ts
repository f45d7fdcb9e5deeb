import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright'
import { supervisor } from './seed'

/** When a console first painted an alert: its id, its rule, and the machine's wall clock in milliseconds. */
export interface ShownAlert {
  readonly id: string
  readonly rule: string
  readonly at: number
}

/** A browser for the console: the system's Chromium, or the one that Playwright brought. */
export async function openBrowser(): Promise<Browser> {
  const system = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path))
  return chromium.launch({
    chromiumSandbox: true,
    ...(system === undefined ? {} : { executablePath: system }),
    args: [
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run'
    ]
  })
}

/** A supervisor's console in a real browser; notes when each alert is first painted. */
export async function openConsole(
  browser: Browser,
  url: string,
  viewport = { width: 1440, height: 900 }
): Promise<Page> {
  const context = await browser.newContext({ viewport })
  const page = await context.newPage()
  await page.addInitScript({ path: resolve('scripts/stack/note-alerts.js') })
  await page.goto(url)
  await page.getByLabel('Email').fill(supervisor.email)
  await page.getByLabel('Password', { exact: true }).fill(supervisor.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.locator('[data-testid="line"][data-line="live"]').waitFor()
  return page
}

export const shownAlerts = (page: Page): Promise<ShownAlert[]> =>
  page.evaluate(() => (window as unknown as { havendeskShown: ShownAlert[] }).havendeskShown)
