import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '../fixtures/desktop'
import sharp from 'sharp'
import { DeskScene } from './app'

test.describe('A3 every webContents has sandbox and isolation, and no Node', () => {
  let scene: DeskScene
  test.beforeAll(async () => {
    scene = await DeskScene.launch()
    await scene.waitForDesk('signed-out')
    await scene.signIn()
    await scene.waitForDesk('shown')
  })
  test.afterAll(() => scene.close())

  test('A3 preferences of every window and view', async () => {
    const all = await scene.app.evaluate(({ webContents }) =>
      webContents.getAllWebContents().map((contents) => ({
        url: contents.getURL(),
        // Electron keeps this method out of its types.
        preferences: (contents as unknown as { getLastWebPreferences(): object }).getLastWebPreferences()
      }))
    )
    expect(all.length).toBeGreaterThanOrEqual(4)
    for (const { url, preferences } of all) {
      expect(preferences, url).toMatchObject({
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false
      })
    }
  })

  test('A3 every renderer runs under seccomp in its own process namespace', async () => {
    const pids = await scene.app.evaluate(({ webContents }) =>
      webContents.getAllWebContents().map((contents) => contents.getOSProcessId())
    )
    for (const pid of pids) {
      const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8')
      expect(/^Seccomp:\s+(\d)/m.exec(status)?.[1]).toBe('2')
      expect(/^NSpid:\s+(.*)$/m.exec(status)?.[1]?.trim().split(/\s+/).length).toBeGreaterThan(1)
    }
  })

  test('A3 no page sees Node', async () => {
    for (const kind of ['shell', 'sensor', 'blank'] as const) {
      const page = await scene.window(kind)
      const found = await page.evaluate(() =>
        ['require', 'process', 'module', 'Buffer', 'global', '__dirname', 'ipcRenderer', 'electron'].filter(
          (name) => name in window
        )
      )
      expect(found, kind).toEqual([])
    }
  })

  test('A3 a window made with weak preferences is ended before it loads anything', async () => {
    const urls = await scene.app.evaluate(async ({ BrowserWindow, webContents }) => {
      const weak = new BrowserWindow({
        show: false,
        webPreferences: { nodeIntegration: true, sandbox: false }
      })
      await weak.loadURL('app://desk/shell/index.html').catch(() => undefined)
      const left = webContents.getAllWebContents().map((one) => one.getURL())
      if (!weak.isDestroyed()) weak.destroy()
      return left
    })
    expect(urls.filter((url) => url === 'app://desk/shell/index.html')).toHaveLength(1)
  })
})

test.describe('nothing is granted', () => {
  let scene: DeskScene
  test.beforeAll(async () => {
    const clip = join(mkdtempSync(join(tmpdir(), 'hd-clip-')), 'grey.mjpeg')
    await sharp({ create: { width: 640, height: 480, channels: 3, background: '#888' } })
      .toFormat('jpeg')
      .toFile(clip)
    scene = await DeskScene.launch({ arguments: [`--havendesk-camera=${clip}`] })
    await scene.waitForDesk('signed-out')
  })
  test.afterAll(() => scene.close())

  test('camera to the sensor alone, microphone and screen to nobody', async () => {
    const ask = async (kind: 'shell' | 'sensor' | 'blank', what: object): Promise<string> => {
      const page = await scene.window(kind)
      return await page.evaluate(
        (constraints) =>
          navigator.mediaDevices.getUserMedia(constraints).then(
            () => 'granted',
            (error: unknown) => (error as Error).name
          ),
        what
      )
    }
    expect(await ask('sensor', { video: true })).toBe('granted')
    expect(await ask('sensor', { audio: true })).toBe('NotAllowedError')
    expect(await ask('sensor', { audio: true, video: true })).toBe('NotAllowedError')
    expect(await ask('shell', { video: true })).toBe('NotAllowedError')
    expect(await ask('blank', { video: true })).toBe('NotAllowedError')
    const sensor = await scene.window('sensor')
    const screen = await sensor.evaluate(() =>
      navigator.mediaDevices.getDisplayMedia().then(
        () => 'granted',
        (error: unknown) => (error as Error).name
      )
    )
    expect(screen).not.toBe('granted')
  })

  test('every other permission by name', async () => {
    const shell = await scene.window('shell')
    const states = await shell.evaluate(async () => {
      const names = [
        'geolocation',
        'notifications',
        'midi',
        'clipboard-read',
        'idle-detection',
        'window-management'
      ]
      const asked = names.map(async (name) => {
        const status = await navigator.permissions.query({ name: name as PermissionName }).catch(() => null)
        return [name, status?.state ?? 'unknown'] as const
      })
      return await Promise.all(asked)
    })
    expect(states.filter(([, state]) => state === 'granted')).toEqual([])
  })

  test('no window, no page elsewhere, no embedded page', async () => {
    const shell = await scene.window('shell')
    const before = shell.url()
    const opened = await shell.evaluate(() => window.open('app://desk/shell/index.html') !== null)
    expect(opened).toBe(false)
    await shell.evaluate(() => {
      location.href = 'app://desk/sensor/index.html'
    })
    await shell.evaluate(() => {
      location.href = 'https://example.invalid/'
    })
    await new Promise((next) => setTimeout(next, 300))
    expect(shell.url()).toBe(before)
    await scene.waitForRecord((body) => body.code === 'navigation-refused')
  })

  test('a file is nobody’s page', async () => {
    const loaded = await scene.app.evaluate(async ({ BrowserWindow }) => {
      const probe = new BrowserWindow({
        show: false,
        webPreferences: { sandbox: true, contextIsolation: true, partition: 'desk' }
      })
      const outcome = await probe.loadURL('file:///etc/hostname').then(
        () => 'loaded',
        (error: unknown) => (error as Error).message
      )
      probe.destroy()
      return outcome
    })
    expect(loaded).toContain('ERR_BLOCKED_BY_CLIENT')
  })
})
