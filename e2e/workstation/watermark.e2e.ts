import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures/desktop'
import { DeskScene } from './app'
import { openSite, type Site } from './site'

const text = `<style>
  html { background: var(--page); color: var(--ink); font: 18px sans-serif }
  body { margin: 32px } html::after { display: none !important; content: 'mine' !important }
  html.dark { --page: #101418; --ink: #f0f0f0 } html { --page: #ffffff; --ink: #1a1a1a }
</style>
<h1>Sample Member 0042</h1>
${'<p>Called about the bill of October. Wants to be called back on Monday, in the morning.</p>'.repeat(12)}
<button onclick="document.title = 'pressed'">Save the note</button>`

test.describe('C5 the watermark over a tab', () => {
  let scene: DeskScene
  let site: Site
  test.describe.configure({ mode: 'serial' })

  test.beforeAll(async () => {
    site = await openSite(text)
    const workspace = { applications: [{ id: 'records', title: 'Member records', url: site.url }] }
    scene = await DeskScene.launch({ courier: { policyFollowsFile: true, policy: { workspace } } })
    await scene.waitForDesk('signed-out')
    await scene.signIn()
    await scene.waitForDesk('shown')
  })
  test.afterAll(async () => {
    await scene.close()
    await site.close()
  })

  /** What the browser makes of the layer, whatever the page's own style says. */
  const layer = (page: Page): Promise<{ content: string; pointer: string; shown: string; color: string }> =>
    page.evaluate(() => {
      const { content, pointerEvents, display, color } = getComputedStyle(document.documentElement, '::after')
      return { content, pointer: pointerEvents, shown: display, color }
    })
  const picture = (name: string): void => {
    mkdirSync('test-results/pictures', { recursive: true })
    execFileSync('import', ['-silent', '-window', 'root', `test-results/pictures/${name}.png`])
  }

  test('names person and time over the page, which cannot take it away', async () => {
    const page = await scene.workspace()
    await expect.poll(async () => (await layer(page)).content).toContain('Demo')
    const { content, shown } = await layer(page)
    expect(shown).toBe('block')
    expect(content).toContain(String(new Date().getFullYear()))
    expect(content).not.toContain('mine')
    picture('watermark-light')
    await page.evaluate(() => document.documentElement.classList.add('dark'))
    // Drawn before it is looked at.
    await page.evaluate(
      () => new Promise<void>((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn())))
    )
    await new Promise((next) => setTimeout(next, 200))
    picture('watermark-dark')
  })

  test('catches no mouse, and is told to no screen reader', async () => {
    const page = await scene.workspace()
    expect((await layer(page)).pointer).toBe('none')
    await page.getByRole('button').click()
    await expect.poll(() => page.title()).toBe('pressed')
    // What comes after the slash is what is read out.
    expect((await layer(page)).content).toMatch(/ \/ ""$/)
  })

  test('is there on the next page, and not where the policy turns it off', async () => {
    const page = await scene.workspace()
    await page.goto(`${site.url}next`)
    await expect.poll(async () => (await layer(page)).content).toContain('Demo')
    scene.setPolicy({ version: 2, desktop: { watermark: 'off' } })
    await expect
      .poll(async () => {
        await page.goto(`${site.url}third`)
        return (await layer(page)).content
      })
      .not.toContain('Demo')
  })
})
