import { requires } from '../../test/requires'
import { expect, test } from '../fixtures/desktop'
import { DeskScene } from './app'
import { RemoteDesktop } from './remote-desktop'
import { greenPixels } from './screen'
import { openSite, type Site } from './site'

test.describe('a virtual desktop', () => {
  let scene: DeskScene
  let desktop: RemoteDesktop
  let records: Site
  const closers: (() => Promise<void>)[] = []

  // eslint-disable-next-line no-empty-pattern -- Playwright wants the pattern
  test.beforeAll(async ({}, info) => {
    requires(info, 'virtual-desktop')
    desktop = await RemoteDesktop.start()
    closers.push(() => desktop.stop())
    desktop.paint('#00ff00')
    records = await openSite()
    closers.push(() => records.close())
    const applications = [
      { id: 'records', title: 'Member records', url: records.url },
      { id: 'desktop', title: 'Virtual desktop', url: desktop.url }
    ]
    const policy = { workspace: { applications }, virtualDesktop: { application: 'desktop' } }
    scene = await DeskScene.launch({ courier: { policy } })
    closers.push(() => scene.close())
    await scene.waitForDesk('signed-out')
    await scene.signIn()
    await scene.waitForDesk('shown')
  })
  test.afterAll(async () => {
    for (const close of closers.toReversed()) await close()
  })

  test('that the policy asks for is the only tab, shown live through the proxy, and hidden with the desk', async () => {
    const page = await scene.workspace()
    await expect.poll(greenPixels).toBeGreaterThan(100_000)
    await page.screenshot({ path: 'test-results/workstation/virtual-desktop.png' })
    desktop.paint('#ff0000')
    await expect.poll(greenPixels).toBe(0)
    desktop.paint('#00ff00')
    await expect.poll(greenPixels).toBeGreaterThan(100_000)
    await scene.see('phone')
    await scene.waitForDesk('hidden')
    await expect.poll(greenPixels).toBe(0)
    await scene.see('clear')
    await scene.waitForDesk('shown')
    await expect.poll(greenPixels).toBeGreaterThan(100_000)
  })

  test('leaves no way beside it: what the policy lists otherwise is neither opened nor reachable', async () => {
    const shell = await scene.window('shell')
    await shell.evaluate(() => {
      window.havendesk.openApplication('records')
    })
    const page = await scene.workspace()
    await page.evaluate(async (other) => {
      await fetch(other, { mode: 'no-cors' }).catch(() => undefined)
    }, records.url)
    await new Promise((next) => setTimeout(next, 500))
    expect(records.asked).toEqual([])
    expect(page.url()).toBe(desktop.url)
  })

  test('that is lost shows nothing of it and nothing in its place, and comes back with it', async () => {
    await desktop.stopServer()
    await expect.poll(greenPixels).toBe(0)
    const page = await scene.workspace()
    // noVNC tries again once by itself, then says so and waits for the person.
    const again = page.locator('#noVNC_connect_button')
    await expect(again).toBeVisible()
    await page.screenshot({ path: 'test-results/workstation/virtual-desktop-lost.png' })
    expect(records.asked).toEqual([])
    await desktop.startServer()
    desktop.paint('#00ff00')
    await again.click()
    await expect.poll(greenPixels).toBeGreaterThan(100_000)
  })
})
