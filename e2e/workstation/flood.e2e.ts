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

  test('B4 neither stops the judgement nor fills main: the desk covers meanwhile, again and again', async () => {
    const memory = (): Promise<number> => scene.app.evaluate(() => process.memoryUsage().rss)
    const before = await memory()
    const shell = await scene.window('shell')
    const sent = shell.evaluate(
      () =>
        new Promise<number>((done) => {
          const from = performance.now()
          let count = 0
          const flood = setInterval(() => {
            const owed = Math.min(100_000, (performance.now() - from) * 10)
            for (; count < owed; count += 1)
              window.havendesk.stripHeight(count % 3 === 0 ? 'x'.repeat(100) : 48)
            if (performance.now() - from < 10_000) return
            clearInterval(flood)
            done(count)
          }, 5)
        })
    )
    let floods = true
    sent.then(
      () => (floods = false),
      () => undefined // told where it is awaited
    )
    for (let round = 0; round < 3; round += 1) {
      const covered = scene.nextCover()
      await scene.see('phone')
      await covered
      if (round === 0) expect(floods).toBe(true)
      await scene.waitForRecord((body) => body.kind === 'alert-raised')
      await scene.see('clear')
      await scene.waitForDesk('shown')
    }
    expect(await sent).toBeGreaterThan(50_000)
    expect((await memory()) - before).toBeLessThan(150 * MB)
    await scene.waitForRecord((body) => body.code === 'ipc-refused')
    expect(scene.records().filter(({ body }) => body.code === 'ipc-refused').length).toBeLessThan(20)
    // Main is as it was: the next sign-out is taken.
    await shell.evaluate(() => window.havendesk.signOut())
    await scene.waitForDesk('signed-out')
  })
})
