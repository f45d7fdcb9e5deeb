import { execFileSync } from 'node:child_process'
import { expect, test } from '../fixtures/desktop'
import { timed } from '../fixtures/timed'
import { DeskScene } from './app'
import { greenPage, greenPixels } from './screen'
import { openSite, type Site } from './site'

test.describe('the workspace', timed, () => {
  let scene: DeskScene
  let site: Site
  let elsewhere: Site

  test.beforeAll(async () => {
    site = await openSite(greenPage)
    elsewhere = await openSite('not on the list')
    const applications = [{ id: 'records', title: 'Member records', url: site.url }]
    scene = await DeskScene.launch({ courier: { policy: { workspace: { applications } } } })
    await scene.waitForDesk('signed-out')
    expect(site.asked).toEqual([])
    await scene.signIn()
    await scene.waitForDesk('shown')
  })
  test.afterAll(async () => {
    // The last scene has closed it already.
    if (scene.isOpen) await scene.close()
    await site.close()
    await elsewhere.close()
  })

  const views = async (): Promise<number> =>
    await scene.app.evaluate(
      ({ webContents }) =>
        webContents.getAllWebContents().filter((one) => one.getURL().startsWith('http')).length
    )
  const setBlanks = (shown: boolean): Promise<void> =>
    scene.app.evaluate(({ BrowserWindow }, shown) => {
      for (const window of BrowserWindow.getAllWindows()) {
        if (!window.webContents.getURL().includes('/blank/')) continue
        if (shown) window.show()
        else window.hide()
      }
    }, shown)
  const setViews = (visible: boolean): Promise<void> =>
    scene.app.evaluate(({ BrowserWindow }, visible) => {
      for (const window of BrowserWindow.getAllWindows()) {
        for (const view of window.contentView.children) {
          if ('webContents' in view) view.setVisible(visible)
        }
      }
    }, visible)

  test('opens the listed application through the proxy, in memory, and hides it with the desk', async () => {
    const page = await scene.workspace()
    await expect(page.getByRole('heading')).toHaveText('Sample Member 0042')
    expect(site.asked).toContain('/')
    await expect.poll(greenPixels).toBeGreaterThan(100_000)
    await scene.see('phone')
    await scene.waitForDesk('hidden', 5000)
    await expect.poll(greenPixels, { timeout: 3000 }).toBe(0)
    await scene.see('clear')
    await scene.waitForDesk('shown')
    await expect.poll(greenPixels).toBeGreaterThan(100_000)
  })

  test('is covered twice over: without the blanks, and with a view that will not go, nothing is seen', async () => {
    await scene.see('phone')
    await scene.waitForDesk('hidden')
    await setBlanks(false)
    await new Promise((next) => setTimeout(next, 300))
    expect(greenPixels()).toBe(0)
    await setBlanks(true)
    await setViews(true)
    await new Promise((next) => setTimeout(next, 300))
    expect(greenPixels()).toBe(0)
    await setViews(false)
    await scene.see('clear')
    await scene.waitForDesk('shown')
  })

  test('stays covered through the keys of the window manager, and comes back in front after them', async () => {
    await scene.see('phone')
    await scene.waitForDesk('hidden')
    await setViews(true)
    for (const keys of ['alt+Tab', 'super+d', 'alt+F4', 'alt+Escape']) {
      execFileSync('xdotool', ['key', keys])
      await expect.poll(greenPixels, { message: keys, timeout: 1000 }).toBe(0)
      await new Promise((next) => setTimeout(next, 300))
      expect(greenPixels(), keys).toBe(0)
    }
    await setViews(false)
    await scene.see('clear')
    await scene.waitForDesk('shown')
    await expect.poll(greenPixels).toBeGreaterThan(100_000)
  })

  test('reaches no other place, by any of the ways a page has', async () => {
    const page = await scene.workspace()
    await page.evaluate(async (other) => {
      await fetch(other, { mode: 'no-cors' }).catch(() => undefined)
      navigator.sendBeacon(other, 'x')
      const socket = new WebSocket(other.replace('http', 'ws'))
      const image = new Image()
      image.src = other
      const frame = document.createElement('iframe')
      frame.src = other
      document.body.append(image, frame)
      window.open(other)
      await new Promise((next) => setTimeout(next, 500))
      socket.close()
    }, elsewhere.url)
    await page.evaluate((other) => {
      location.href = other
    }, elsewhere.url)
    await new Promise((next) => setTimeout(next, 500))
    expect(elsewhere.asked).toEqual([])
    expect(page.url()).toBe(site.url)
    await scene.waitForRecord((body) => body.code === 'host-refused')
    await scene.waitForRecord((body) => body.code === 'navigation-refused')
  })

  test('A5 a foreign page cannot read our scheme', async () => {
    const page = await scene.workspace()
    const read = await page.evaluate(() =>
      fetch('app://desk/shell/index.html').then(
        () => 'read',
        () => 'blocked'
      )
    )
    expect(read).toBe('blocked')
  })

  test('B1 a page of the workspace has no bridge', async () => {
    const page = await scene.workspace()
    expect(await page.evaluate(() => 'havendesk' in window)).toBe(false)
  })

  test('has neither camera nor microphone', async () => {
    const page = await scene.workspace()
    const answers = await page.evaluate(async () => {
      const ask = (what: object): Promise<string> =>
        navigator.mediaDevices.getUserMedia(what).then(
          () => 'granted',
          (error: unknown) => (error as Error).name
        )
      return [await ask({ video: true }), await ask({ audio: true })]
    })
    expect(answers).not.toContain('granted')
  })

  test('stays dead while the proxy is dead, and comes back with it', async () => {
    const before = site.asked.length
    await scene.kill('proxy')
    await expect.poll(views, { timeout: 10_000 }).toBe(0)
    await scene.waitForRecord((body) => body.code === 'helper-died' && body.detail === 'proxy')
    await expect.poll(() => site.asked.length).toBeGreaterThan(before)
    await expect.poll(greenPixels).toBeGreaterThan(100_000)
  })

  test('C5 a shift that is over leaves nothing: not in the partition, not in the data folder', async () => {
    const page = await scene.workspace()
    await page.evaluate(async () => {
      const canary = 'CANARY-8f31c2'
      localStorage.setItem('note', canary)
      document.cookie = `note=${canary}; max-age=10000`
      const cache = await caches.open('notes')
      await cache.put('/note', new Response(canary.repeat(10_000)))
      await new Promise<void>((done, fail) => {
        const opening = indexedDB.open('notes', 1)
        opening.onupgradeneeded = () => opening.result.createObjectStore('notes')
        opening.onerror = () => fail(new Error('no database'))
        opening.onsuccess = () => {
          const change = opening.result.transaction('notes', 'readwrite')
          change.objectStore('notes').put(new Blob([canary.repeat(100_000)]), 'note')
          change.oncomplete = () => done()
        }
      })
      const folder = await navigator.storage.getDirectory()
      const file = await (await folder.getFileHandle('note', { create: true })).createWritable()
      await file.write(canary.repeat(1000))
      await file.close()
      const link = document.createElement('a')
      link.href = URL.createObjectURL(new Blob([canary]))
      link.download = 'note.txt'
      link.click()
    })
    await expect((await scene.window('shell')).getByText('The file was not saved.')).toBeVisible()
    await scene.app.evaluate(({ webContents }) => {
      const view = webContents.getAllWebContents().find((one) => one.getURL().startsWith('http'))
      Object.assign(globalThis, { lastPartition: view?.session })
    })
    await (
      await scene.window('shell')
    ).evaluate(() => {
      window.havendesk.signOut()
    })
    await scene.waitForDesk('signed-out')
    const left = (): Promise<unknown> =>
      scene.app.evaluate(async () => {
        const { lastPartition: own } = globalThis as unknown as { lastPartition: Electron.Session }
        return [(await own.cookies.get({})).length, await own.getCacheSize(), own.storagePath]
      })
    await expect.poll(left).toEqual([0, 0, null])
    await scene.close({ keepData: true })
    expect(scene.filesWith('CANARY-8f31c2')).toEqual([])
    scene.remove()
  })
})
