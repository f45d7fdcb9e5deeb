import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { test as base, expect, type BrowserContextOptions, type Page } from '@playwright/test'
import { requires } from '../../test/requires'
import { startContractHub, type ContractHub, type Options } from './contract-hub'

/** Folder of the built console; `npm run build:test` makes it. */
const built = resolve('out/console')

export interface Screen {
  readonly page: Page
  /** What the page complained about: refusals of the content security policy, errors, warnings. */
  readonly complaints: readonly string[]
  /** Rule and element of everything that axe objects to. */
  readonly axe: () => Promise<readonly string[]>
  /** Saves a picture beside the report for a person to look at. */
  readonly look: (name: string) => Promise<void>
  /** The same of the whole page, however long it is. */
  readonly lookWhole: (name: string) => Promise<void>
}

interface Fixtures {
  /** The console's half of the hub's contract, in memory. */
  readonly contractHub: (options?: Options) => Promise<ContractHub>
  /** A browser of its own at `url`. */
  readonly visit: (url: string, options?: BrowserContextOptions) => Promise<Screen>
}

export const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright wants the pattern
  contractHub: async ({}, use) => {
    const hubs: ContractHub[] = []
    await use(async (options = {}) => {
      const hub = await startContractHub({ pages: built, signedIn: true, ...options })
      hubs.push(hub)
      return hub
    })
    for (const hub of hubs) await hub.close()
  },
  visit: async ({ browser }, use) => {
    const closers: (() => Promise<void>)[] = []
    await use(async (url, options = {}) => {
      if (!existsSync(join(built, 'index.html')))
        throw new Error('out/console is not there: run npm run build:test first')
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
      closers.push(() => context.close())
      const page = await context.newPage()
      const complaints: string[] = []
      page.on('pageerror', (error) => complaints.push(error.message))
      page.on('console', (message) => {
        // Chromium itself notes each broken or refused request; those are the tests' own doing.
        const ordinary = message.text().startsWith('Failed to load resource')
        if (!ordinary && ['error', 'warning'].includes(message.type())) complaints.push(message.text())
      })
      await page.goto(url)
      return {
        page,
        complaints,
        axe: () => runAxe(page),
        look: (name) => picture(page, name, false),
        lookWhole: (name) => picture(page, name, true)
      }
    })
    for (const close of closers) await close()
  }
})

// eslint-disable-next-line no-empty-pattern -- Playwright wants the pattern
test.beforeEach(({}, testInfo) => requires(testInfo, 'chromium', 'unprivileged'))

export { expect }

async function picture(page: Page, name: string, fullPage: boolean): Promise<void> {
  mkdirSync(join('test-results', 'console'), { recursive: true })
  await page.screenshot({ path: join('test-results', 'console', `${name}.png`), fullPage })
}

async function runAxe(page: Page): Promise<readonly string[]> {
  // Colours are judged once they are still.
  await page.evaluate(() => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getTiming().iterations !== Infinity)
    return Promise.allSettled(ending.map((animation) => animation.finished))
  })
  const isThere = await page.evaluate(() => 'axe' in window)
  if (!isThere) await page.evaluate(readFileSync('node_modules/axe-core/axe.min.js', 'utf8'))
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
    }
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
    const { violations } = await axe.run({ runOnly: tags })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
  })
}
