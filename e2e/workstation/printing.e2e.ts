import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures/desktop'
import { dialogs, dismiss } from '../../test/printing/dialogs'
import { openPrintingSite } from '../../test/printing/site'
import { requires } from '../../test/requires'
import { DeskScene } from './app'

/** The ways that go by a frame are tried in an Electron of their own: `src/main/workspace/printing.itest.ts`. */
test.describe('C3 printing from a tab', () => {
  let site: Awaited<ReturnType<typeof openPrintingSite>>
  let scene: DeskScene
  test.describe.configure({ mode: 'serial' })

  // eslint-disable-next-line no-empty-pattern -- Playwright wants the pattern
  test.beforeAll(async ({}, info) => {
    requires(info, 'linux')
    site = await openPrintingSite()
    const workspace = { applications: [{ id: 'records', title: 'Member records', url: site.url }] }
    scene = await DeskScene.launch({
      courier: { policyFollowsFile: true, policy: { workspace, desktop: { printing: 'block' } } }
    })
    await scene.waitForDesk('signed-out')
    await scene.signIn()
    await scene.waitForDesk('shown')
  })
  test.afterAll(async () => {
    await scene.close()
    site.close()
  })

  /** How often the person was told of it, by the one line for it. */
  const told = async (): Promise<number> => {
    const { siteDenials = [] } = (await scene.shellState()) as {
      siteDenials?: { why: string; count: number }[]
    }
    return siteDenials.find(({ why }) => why === 'print')?.count ?? 0
  }
  const tryIn = async (page: Page, way: string): Promise<void> => {
    await page.evaluate(`setTimeout(() => { ${way} }, 0)`)
  }

  for (const way of ['window.print()', "document.execCommand('print')", "location.href = '/prints'"]) {
    test(`is refused and told: ${way}`, async () => {
      const page = await scene.workspace()
      await page.goto(site.url)
      const before = await told()
      await tryIn(page, way)
      await expect.poll(told).toBeGreaterThan(before)
      await new Promise((next) => setTimeout(next, 500)) // a dialog takes a moment
      expect(dialogs()).toBe(0)
    })
  }

  test('the keys print nothing', async () => {
    await (await scene.workspace()).goto(site.url)
    execFileSync('xdotool', ['key', 'ctrl+p'])
    await new Promise((next) => setTimeout(next, 1000)) // a dialog takes a moment
    expect(dialogs()).toBe(0)
  })

  test('says so in the shell, and is counted without a path', async () => {
    const shell = await scene.window('shell')
    await expect(shell.getByText('Nothing was printed.')).toBeVisible()
    mkdirSync('test-results/pictures', { recursive: true })
    execFileSync('import', ['-silent', '-window', 'root', 'test-results/pictures/printing-refused.png'])
    await scene.waitForRecord(
      (body) => body.code === 'host-refused' && String(body.detail).includes('printing'),
      15_000
    )
    expect(JSON.stringify(scene.records())).not.toContain('/prints')
  })

  test('a page that lets go of the inspector is ended and opened anew, held', async () => {
    const before = await scene.app.evaluate(({ webContents }) => {
      const view = webContents.getAllWebContents().find((one) => one.getURL().startsWith('http'))
      view?.debugger.detach()
      return view?.id
    })
    await expect
      .poll(() =>
        scene.app.evaluate(({ webContents }) => {
          const views = webContents.getAllWebContents().filter((one) => one.getURL().startsWith('http'))
          return views.map((one) => ({ isHeld: one.debugger.isAttached(), id: one.id }))
        })
      )
      .toEqual([{ isHeld: true, id: expect.any(Number) }])
    const after = await scene.app.evaluate(
      ({ webContents }) => webContents.getAllWebContents().find((one) => one.getURL().startsWith('http'))?.id
    )
    expect(after).not.toBe(before)
  })

  test('is possible where the policy allows it, in a tab that is opened anew', async () => {
    scene.setPolicy({ version: 2, desktop: { printing: 'allow' } })
    await expect
      .poll(() =>
        scene.app.evaluate(({ webContents }) =>
          webContents
            .getAllWebContents()
            .filter((one) => one.getURL().startsWith('http'))
            .map((one) => one.debugger.isAttached())
        )
      )
      .toEqual([false])
    await tryIn(await scene.workspace(), 'window.print()')
    await expect.poll(dialogs).toBe(1)
    dismiss()
    await expect.poll(dialogs).toBe(0)
  })
})
