import { expect, test } from '../fixtures/desktop'
import { timed } from '../fixtures/timed'
import { DeskScene } from './app'

const MB = 1024 * 1024

test.describe('B4 a page that floods main', timed, () => {
  let scene: DeskScene
  test.beforeAll(async () => {
    scene = await DeskScene.launch()
    await scene.signIn()
    await scene.waitForDesk('shown')
  })
  test.afterAll(() => scene.close())

  /**
   * Has the shell's page send ten calls a millisecond, for good. Resolves once its process is gone, with how it went and
   * the longest time that main kept a timer waiting meanwhile, milliseconds.
   */
  const floodUntilEnded = (): Promise<{ readonly reason: string; readonly waitedMs: number }> =>
    scene.app.evaluate(
      ({ webContents }) =>
        new Promise((ended, failed) => {
          const shell = webContents.getAllWebContents().find((one) => one.getURL().includes('/shell/'))
          if (shell === undefined) {
            failed(new Error('no shell'))
            return
          }
          let last = performance.now()
          let waitedMs = 0
          const ticks = setInterval(() => {
            const now = performance.now()
            waitedMs = Math.max(waitedMs, now - last)
            last = now
          }, 10)
          shell.once('render-process-gone', (_event, { reason }) => {
            clearInterval(ticks)
            ended({ reason, waitedMs: Math.max(waitedMs, performance.now() - last) })
          })
          shell
            .executeJavaScript(
              `{
                const from = performance.now()
                let count = 0
                setInterval(() => {
                  const owed = (performance.now() - from) * 10
                  for (; count < owed; count += 1)
                    havendesk.stripHeight(count % 3 === 0 ? 'x'.repeat(100) : 48)
                }, 5)
              }`
            )
            .catch(failed)
        })
    )

  /** What the shell's page, which is another by now, was told last; null while there is none. */
  const toldShell = (act = ''): Promise<string | null> =>
    scene.app.evaluate(async ({ webContents }, action) => {
      const shell = webContents.getAllWebContents().find((one) => one.getURL().includes('/shell/'))
      if (shell === undefined || shell.isCrashed() || shell.isLoading()) return null
      const told: unknown = await shell.executeJavaScript(
        `${action}; new Promise((told) => havendesk.state(({ desk }) => told(desk)))`
      )
      return String(told)
    }, act)

  test('B4 is ended before main is kept from the judgement, and is there again, again and again', async () => {
    const memory = (): Promise<number> => scene.app.evaluate(() => process.memoryUsage().rss)
    const before = await memory()
    for (let round = 0; round < 3; round += 1) {
      const covered = scene.nextCover()
      const [flooded] = await Promise.all([floodUntilEnded(), scene.see('phone'), covered])
      expect(flooded.reason).toBe('killed')
      // Of the 2500 ms after which the guard takes main for stopped.
      expect(flooded.waitedMs).toBeLessThan(1000)
      const alerts = () => scene.records().filter(({ body }) => body.kind === 'alert-raised').length
      await expect.poll(alerts).toBeGreaterThan(round)
      await scene.see('clear')
      await expect.poll(() => toldShell()).toBe('shown')
    }
    expect((await memory()) - before).toBeLessThan(150 * MB)
    await scene.waitForRecord((body) => body.code === 'ipc-refused' && String(body.detail).includes('floods'))
    expect(scene.records().filter(({ body }) => body.code === 'ipc-refused').length).toBeLessThan(20)
    // Main is as it was: the next sign-out is taken.
    await toldShell('havendesk.signOut()')
    await expect.poll(() => toldShell()).toBe('signed-out')
  })
})
