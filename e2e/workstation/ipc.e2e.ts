import { join } from 'node:path'
import { expect, test } from '../fixtures/desktop'
import { ipcSchema } from '../../src/contract/ipc/schema'
import { surfaceOf } from '../../src/contract/ipc/surface'
import { DeskScene } from './app'

const foreignPreload = join(import.meta.dirname, 'fixtures/foreign-preload.cjs')
const credentials = { email: 'a1@demo.example', password: 'correct horse' }

test.describe('IPC', () => {
  let scene: DeskScene
  test.beforeAll(async () => {
    scene = await DeskScene.launch()
    await scene.waitForDesk('signed-out')
  })
  test.afterAll(() => scene.close())

  const refusals = (reason: string): number =>
    scene
      .records()
      .filter(({ body }) => body.code === 'ipc-refused' && String(body.detail).includes(reason))
      .reduce((sum, { body }) => sum + Number(body.count), 0)

  test('B1 a window that main did not register is refused and counted', async () => {
    const answer = await scene.app.evaluate(
      async ({ BrowserWindow }, { preload, credentials }) => {
        const foreign = new BrowserWindow({
          show: false,
          webPreferences: { sandbox: true, contextIsolation: true, partition: 'desk', preload }
        })
        await foreign.loadURL('app://desk/shell/index.html')
        const call = `raw.send('havendesk:shell.askHelp'); raw.invoke('havendesk:shell.signIn', ${JSON.stringify(credentials)})`
        const outcome: unknown = await foreign.webContents.executeJavaScript(call)
        foreign.destroy()
        return outcome
      },
      { preload: foreignPreload, credentials }
    )
    expect(answer).toContain('unknown-window')
    await scene.waitForRecord((body) => body.code === 'ipc-refused')
    expect((await scene.shellState()).phase).toBe('signed-out')
  })

  test('B1 a window is refused the calls of another kind', async () => {
    const outcome = await scene.app.evaluate(async ({ ipcMain, webContents }) => {
      // The sensor's own main frame speaks on a channel of the shell: the real event, taken over from a real message.
      const sensor = webContents.getAllWebContents().find((one) => one.getURL().includes('/sensor/'))
      if (sensor === undefined) return 'no sensor'
      return await new Promise<string>((resolve) => {
        ipcMain.once('havendesk:sensor.observe', (event) => {
          resolve(String(ipcMain.emit('havendesk:shell.signOut', event)))
        })
      })
    })
    expect(outcome).toBe('true')
    await expect.poll(() => refusals('not-granted')).toBeGreaterThan(0)
  })

  test('B1 a frame within our own window is refused', async () => {
    const result = await scene.app.evaluate(async ({ ipcMain, webContents }) => {
      const shell = webContents.getAllWebContents().find((one) => one.getURL().includes('/shell/'))
      if (shell === undefined) return 'no shell'
      // The content policy allows no frame, so this one stays empty; its frame object is as real as any.
      await shell.executeJavaScript(
        `document.body.append(Object.assign(document.createElement('iframe'), { id: 'inner' })); 1`
      )
      const inner = shell.mainFrame.frames[0]
      if (inner === undefined) return 'no frame'
      ipcMain.emit('havendesk:shell.signOut', { sender: shell, senderFrame: inner })
      ipcMain.emit('havendesk:shell.signOut', { sender: shell, senderFrame: null })
      await shell.executeJavaScript(`document.getElementById('inner').remove(); 1`)
      return 'sent'
    })
    expect(result).toBe('sent')
    await expect.poll(() => refusals('not-main-frame')).toBeGreaterThan(0)
    await expect.poll(() => refusals('no-frame')).toBeGreaterThan(0)
  })

  test('B1 a registered window that shows another page is refused', async () => {
    const result = await scene.app.evaluate(async ({ ipcMain, webContents }) => {
      const blank = webContents.getAllWebContents().find((one) => one.getURL().includes('/blank/'))
      if (blank === undefined) return 'no blank'
      // Main itself may load anything: the check must not rely on navigation being blocked.
      await blank.loadURL('app://desk/sensor/index.html').catch(() => undefined)
      ipcMain.emit('havendesk:blank.signOut', { sender: blank, senderFrame: blank.mainFrame })
      await blank.loadURL('app://desk/blank/index.html')
      return 'sent'
    })
    expect(result).toBe('sent')
    await expect.poll(() => refusals('other-page')).toBeGreaterThan(0)
  })

  test('B2 malformed calls through the bridge neither stop nor fill main', async () => {
    const before = await scene.app.evaluate(() => process.memoryUsage().rss)
    const shell = await scene.window('shell')
    const rejected = await shell.evaluate(async () => {
      const circular: Record<string, unknown> = {}
      circular['self'] = circular
      const detached = new ArrayBuffer(8)
      structuredClone(detached, { transfer: [detached] })
      const bad: unknown[] = [
        null,
        true,
        NaN,
        -1,
        1e308,
        'x'.repeat(5_000_000),
        [],
        {},
        JSON.parse('{"__proto__":{"email":"a@b.c"},"password":"x"}'),
        { email: 'a@b.c', password: 'x', extra: 1 },
        { email: 1, password: {} },
        circular,
        detached,
        new Uint8Array(1_000_000),
        new Map([[1, 2]]),
        new Date(),
        Array.from({ length: 100_000 }, (_, i) => i)
      ]
      let refused = 0
      for (let round = 0; round < 20; round += 1) {
        // A page that has a thousand calls refused within a second is ended: ten rounds make 680.
        if (round === 10) await new Promise((next) => setTimeout(next, 1000))
        for (const argument of bad) {
          for (const call of ['signIn', 'openApplication', 'stripHeight', 'setLanguage']) {
            try {
              await Promise.resolve(window.havendesk[call](argument)).catch(() => (refused += 1))
            } catch {
              refused += 1 // the bridge itself does not take it
            }
          }
        }
      }
      return refused
    })
    expect(rejected).toBeGreaterThan(20)
    expect((await scene.shellState()).phase).toBe('signed-out')
    const after = await scene.app.evaluate(() => process.memoryUsage().rss)
    expect(after - before).toBeLessThan(300 * 1024 * 1024)
    await scene.signIn()
    await scene.waitForDesk('shown')
  })

  for (const kind of ['shell', 'sensor', 'blank'] as const) {
    test(`B3 ${kind} has the calls of the schema, frozen, and nothing behind them`, async () => {
      const page = await scene.window(kind)
      const surface = await page.evaluate(() => {
        const { havendesk } = window
        const tried = (act: () => void): string => {
          try {
            act()
            return 'allowed'
          } catch {
            return 'refused'
          }
        }
        const original = Object.values(havendesk)[0]
        const name = Object.keys(havendesk)[0] ?? ''
        tried(() => (havendesk[name] = () => 'replaced'))
        tried(() => (havendesk['more'] = 1))
        tried(() => Object.assign(window, { havendesk: { fake: true } }))
        return {
          calls: Object.fromEntries(Object.entries(havendesk).map(([key, value]) => [key, typeof value])),
          kept: window.havendesk === havendesk && Object.values(havendesk)[0] === original,
          more: 'more' in havendesk,
          frozen: Object.isFrozen(havendesk)
        }
      })
      const expected = Object.keys(surfaceOf(ipcSchema)[kind]).map((call) => [call, 'function'])
      expect(surface).toEqual({
        calls: Object.fromEntries(expected),
        kept: true,
        more: false,
        frozen: true
      })
    })
  }

  test('B3 a listener is given the state and no event', async () => {
    const shell = await scene.window('shell')
    const given = await shell.evaluate(
      () =>
        new Promise<{ count: number; keys: string[] }>((resolve) => {
          window.havendesk.state((...all: object[]) => {
            resolve({ count: all.length, keys: Object.keys(all[0] ?? {}) })
          })
        })
    )
    expect(given.count).toBe(1)
    expect(given.keys).not.toContain('sender')
  })
})
