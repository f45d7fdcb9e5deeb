import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { expect, test } from '../fixtures/desktop'
import { TwoDisplays } from '../fixtures/two-displays'
import { requires } from '../../test/requires'
import { DeskScene } from './app'
import { greenPage, greenPixels } from './screen'
import { openSite, type Site } from './site'

test.describe('two displays under openbox', () => {
  let displays: TwoDisplays
  let scene: DeskScene
  let site: Site

  // eslint-disable-next-line no-empty-pattern -- Playwright wants the pattern
  test.beforeEach(({}, info) => requires(info, 'linux', 'two-displays'))
  // eslint-disable-next-line no-empty-pattern -- Playwright wants the pattern
  test.beforeAll(async ({}, info) => {
    requires(info, 'linux', 'two-displays')
    displays = await TwoDisplays.open()
    site = await openSite(greenPage)
    const applications = [{ id: 'records', title: 'Member records', url: site.url }]
    const desktop = { clipboard: 'workspace', contentProtection: { enforcement: 'warn' } }
    scene = await DeskScene.launch({ courier: { policy: { workspace: { applications }, desktop } } })
    await scene.waitForDesk('signed-out', 20_000)
    await scene.signIn()
    await scene.waitForDesk('shown', 20_000)
    await expect.poll(greenPixels).toBeGreaterThan(100_000)
  })
  test.afterAll(async () => {
    await scene.close()
    await site.close()
    displays.close()
  })

  const xdotool = (...words: readonly string[]): string =>
    spawnSync('xdotool', words, { encoding: 'utf8', timeout: 5000 }).stdout
  const ownWindows = (): string[] =>
    xdotool('search', '--name', '^Havendesk$')
      .split('\n')
      .filter((id) => id !== '')
  const setViews = (visible: boolean): Promise<void> =>
    scene.app.evaluate(({ BrowserWindow }, shown) => {
      for (const window of BrowserWindow.getAllWindows())
        for (const view of window.contentView.children) if ('webContents' in view) view.setVisible(shown)
    }, visible)
  const picture = (name: string): void => {
    mkdirSync('test-results/pictures', { recursive: true })
    execFileSync('import', ['-silent', '-window', 'root', `test-results/pictures/${name}.png`])
  }

  test('D3 a display that is plugged in during the shift is covered before anything is judged anew', async () => {
    await scene.see('unknown') // nothing that the eyes say now is a full verdict
    const covered = scene.nextCover()
    displays.plug()
    await covered
    await expect.poll(() => scene.blanks()).toEqual([true, true])
    expect(greenPixels()).toBe(0)
    picture('two-displays-covered')
    await scene.see('clear')
    await scene.waitForDesk('shown')
    await expect.poll(greenPixels).toBeGreaterThan(100_000)
  })

  test('D4 nothing that xdotool does shows a pixel of the workspace while the desk is covered', async () => {
    await scene.see('phone')
    await scene.waitForDesk('hidden')
    await expect.poll(greenPixels).toBe(0)
    const windows = ownWindows()
    expect(windows.length).toBeGreaterThanOrEqual(3)
    const ofWindows = windows.flatMap((id) => [
      ['windowraise', id],
      ['windowactivate', id],
      ['windowfocus', id],
      ['windowmove', id, '2500', '600'],
      ['windowsize', id, '100', '100'],
      ['windowminimize', id],
      ['set_desktop_for_window', id, '2'],
      ['windowunmap', id],
      ['windowmap', id],
      ['windowclose', id]
    ])
    const keys = ['alt+Tab', 'super+d', 'alt+F4', 'alt+Escape', 'ctrl+alt+Right', 'ctrl+alt+Left', 'Print']
    const acts = [
      ...ofWindows,
      ...keys.map((key) => ['key', key]),
      ['set_desktop', '1'],
      ['set_desktop', '0']
    ]
    for (const act of acts) {
      xdotool(...act)
      expect(greenPixels(), act.join(' ')).toBe(0)
    }
    picture('two-displays-attacked')
    expect((await scene.shellState()).desk).toBe('hidden')
  })

  test('D4 the blanks alone are back over a view that will not go, wherever they are moved', async () => {
    await setViews(true)
    for (const id of ownWindows())
      for (const act of [
        ['windowraise', id],
        ['windowactivate', id],
        ['windowmove', id, '2500', '600'],
        ['windowsize', id, '100', '100'],
        ['windowminimize', id],
        ['windowclose', id]
      ]) {
        xdotool(...act)
        await expect.poll(greenPixels, { message: act.join(' '), timeout: 2000 }).toBe(0)
      }
    await setViews(false)
  })

  test('C5 what was copied is gone when the desk is covered, and Linux says that it cannot prevent screenshots', async () => {
    await scene.see('clear')
    await scene.waitForDesk('shown')
    const read = (): Promise<string> => scene.app.evaluate(({ clipboard }) => clipboard.readText())
    await scene.app.evaluate(({ clipboard }) => clipboard.writeText('Sample Member 0042'))
    expect(await read()).toBe('Sample Member 0042')
    await scene.see('phone')
    await scene.waitForDesk('hidden')
    expect(await read()).toBe('')
    const state = JSON.stringify(await scene.shellState())
    expect(state).toContain('degraded: this system cannot keep windows out of screenshots')
  })
})
