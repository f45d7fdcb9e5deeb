import { expect, test } from '../fixtures/desktop'
import { timed } from '../fixtures/timed'
import { DeskScene } from './app'

test.describe('the desk', timed, () => {
  // One story: each goes on where the one before ended.
  test.describe.configure({ mode: 'serial' })
  let scene: DeskScene
  test.beforeAll(async () => {
    scene = await DeskScene.launch()
  })
  test.afterAll(() => scene.close())

  test('starts covered, and uncovers the sign-in once a policy is in force', async () => {
    await scene.waitForDesk('signed-out')
    await expect.poll(() => scene.blanks()).toEqual([false])
  })

  test('shows the workspace only after sign-in and a full verdict', async () => {
    await scene.see('unknown')
    await scene.signIn()
    await scene.waitForDesk('starting')
    expect(await scene.blanks()).toEqual([true])
    await scene.see('clear')
    await scene.waitForDesk('shown')
    expect(await scene.blanks()).toEqual([false])
  })

  test('a phone covers every display, tells the courier, and clears by itself', async () => {
    await scene.see('phone')
    await scene.waitForDesk('hidden', 3000)
    expect(await scene.blanks()).toEqual([true])
    await scene.waitForRecord((body) => body.kind === 'alert-raised')
    await scene.see('clear')
    await scene.waitForDesk('shown')
    expect(await scene.blanks()).toEqual([false])
    await scene.waitForRecord((body) => body.kind === 'alert-ended')
  })

  test('a silent sensor covers within three seconds', async () => {
    await scene.see('silent')
    expect(await scene.waitForDesk('hidden', 5000)).toBeLessThan(3000)
    await scene.see('clear')
    await scene.waitForDesk('shown')
  })

  test('a killed sensor covers at once, starts anew and is recorded', async () => {
    await scene.app.evaluate(({ webContents }) => {
      const sensor = webContents.getAllWebContents().find((one) => one.getURL().includes('/sensor/'))
      sensor?.forcefullyCrashRenderer()
    })
    await scene.waitForDesk('hidden', 1000)
    await scene.waitForRecord((body) => body.code === 'sensor-restarted')
    await scene.waitForDesk('shown')
  })

  test('signing out leaves no workspace view', async () => {
    const shell = await scene.window('shell')
    await shell.evaluate(() => {
      window.havendesk.signOut()
    })
    await scene.waitForDesk('signed-out')
    const urls = await scene.app.evaluate(({ webContents }) =>
      webContents.getAllWebContents().map((one) => one.getURL())
    )
    expect(urls.filter((url) => !url.startsWith('app://desk/'))).toEqual([])
  })
})
