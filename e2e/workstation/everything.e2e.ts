import { expect, test } from '@playwright/test'
import { DeskScene } from './app'
import {
  openEverythingSite,
  openOutside,
  tryEverything,
  type EverythingSite,
  type Outside
} from './everything-site'
import { openSite, type Site } from './site'

test.describe('C1 a listed site that tries every way out', () => {
  let scene: DeskScene
  let site: EverythingSite
  let outside: Outside
  let pictures: Site
  test.beforeAll(async () => {
    site = await openEverythingSite()
    outside = await openOutside()
    pictures = await openSite()
    const applications = [
      { id: 'records', title: 'Records', url: site.url, sites: [`${pictures.url}pictures/*`] }
    ]
    scene = await DeskScene.launch({
      courier: { policy: { workspace: { applications } }, policyFollowsFile: true }
    })
    await scene.waitForDesk('signed-out')
    await scene.see('clear')
    await scene.signIn()
    await scene.waitForDesk('shown')
  })
  test.afterAll(async () => {
    await scene.close()
    await site.close()
    await outside.close()
    await pictures.close()
  })

  test('gets not one byte to a listener that is not on the list', async () => {
    const page = await scene.workspace()
    const own = new URL(site.url)
    // The ways are real ones: to the site's own address they arrive.
    await page.evaluate(tryEverything, { to: `${site.url}t/`, stun: own.host })
    const ways = [
      'fetch',
      'fetch-redirect',
      'xhr',
      'beacon',
      'socket',
      'events',
      'module',
      'worker',
      'import-scripts',
      'image',
      'image-redirect',
      'script',
      'frame',
      'frame-redirect',
      'meta-refresh',
      'refresh-header',
      'style',
      'background',
      'link-preload',
      'form',
      'worker-fetch',
      'worker-socket'
    ]
    expect(ways.filter((way) => !site.arrived.has(way))).toEqual([])
    for (const host of ['127.0.0.1', 'localhost', '[::1]']) {
      const at = `${host}:${String(outside.port)}`
      await page.goto(site.url)
      await page.evaluate(tryEverything, { to: `http://${at}/t/`, stun: at })
    }
    await page.evaluate((port) => {
      location.href = `/redirect?to=http://127.0.0.1:${String(port)}/`
    }, outside.port)
    await new Promise((next) => setTimeout(next, 500))
    await page.evaluate((port) => {
      location.href = `http://127.0.0.1:${String(port)}/`
    }, outside.port)
    await new Promise((next) => setTimeout(next, 500))
    expect(outside.counts).toEqual({ connections: 0, bytes: 0 })
    expect(new URL((await scene.workspace()).url()).origin).toBe(own.origin)
    await scene.waitForRecord((body) => body.code === 'host-refused')
    await scene.waitForRecord((body) => body.code === 'navigation-refused')
  })

  test('reaches a further site that is listed, at the paths that are', async () => {
    const page = await scene.workspace()
    await page.goto(site.url)
    await page.evaluate(async (to) => {
      const paths = ['pictures/1', 'pictures/2?x', 'records', 'pictures/..%2frecords', 'pictures/../records']
      for (const path of paths) await fetch(to + path, { mode: 'no-cors' }).catch(() => undefined)
    }, pictures.url)
    expect(pictures.asked).toEqual(['/pictures/1', '/pictures/2?x'])
  })

  test('C2 goes where the new policy lets it as soon as that is in force, and is gone when it is not in it', async () => {
    const publish = (version: number, id: string): void => {
      const application = { id, title: 'Records', url: site.url, sites: [`${pictures.url}other/*`] }
      scene.setPolicy({ version, workspace: { applications: [application] } })
    }
    const before = await scene.workspace()
    const asked = pictures.asked.length
    publish(2, 'records')
    await expect.poll(() => before.isClosed()).toBe(true)
    const page = await scene.workspace()
    await page.waitForLoadState()
    await page.evaluate(async (to) => {
      for (const path of ['pictures/3', 'other/1'])
        await fetch(to + path, { mode: 'no-cors' }).catch(() => undefined)
    }, pictures.url)
    expect(pictures.asked.slice(asked)).toEqual(['/other/1'])
    publish(3, 'successor')
    await expect.poll(() => page.isClosed()).toBe(true)
    await expect.poll(async () => (await scene.shellState()).openApplication).toBeNull()
  })
})
