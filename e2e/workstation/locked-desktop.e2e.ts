import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '../fixtures/desktop'
import { TwoDisplays } from '../fixtures/two-displays'
import { requires } from '../../test/requires'
import { DeskScene } from './app'
import { breaking, handling, leaving, windowsOf, xdotool } from './attacks'
import { greenPage } from './screen'
import { greenDumped } from './seen'
import { startService } from './service'
import { openSite, type Site } from './site'

const MANY = 100_000

/** One desk, under openbox, with the service, on a display to which a second one is plugged in during the shift. */
test.describe('a locked desktop', () => {
  let displays: TwoDisplays
  let scene: DeskScene
  let site: Site
  let service: ChildProcess
  let folder = ''
  let untouched = ''
  test.describe.configure({ mode: 'serial' })
  const before = { ...process.env }

  const picture = (name: string): void => {
    mkdirSync('test-results/pictures', { recursive: true })
    execFileSync('import', ['-silent', '-window', 'root', `test-results/pictures/${name}.png`])
  }
  /** The settings of the display and of the desktop, as their own tools tell them. */
  const settings = (): string =>
    [
      ['xmodmap', '-pke'],
      ['xhost'],
      ['gsettings', 'list-recursively', 'org.gnome.desktop.notifications'],
      ['gsettings', 'list-recursively', 'org.gnome.desktop.lockdown']
    ]
      .map(([tool = '', ...args]) => execFileSync(tool, args, { encoding: 'utf8' }))
      .join('\n')
  /** What another program of this display finds in the clipboard, and what the middle button would insert. */
  const clipboards = (): readonly string[] =>
    ['clipboard', 'primary'].map(
      (selection) =>
        spawnSync('xclip', ['-o', '-selection', selection], { encoding: 'utf8', timeout: 5000 }).stdout
    )
  /** The brightest point of the second display: words of a blank, or nothing but black. */
  const brightest = (): number =>
    Number(
      execFileSync(
        'convert',
        [
          'x:root',
          '-crop',
          '1278x718+1921+1',
          '+repage',
          '-colorspace',
          'gray',
          '-format',
          '%[fx:maxima]',
          'info:'
        ],
        { encoding: 'utf8' }
      )
    )
  const copyInWorkspace = async (): Promise<void> => {
    await scene.waitForDesk('shown')
    const page = await scene.workspace()
    await page.bringToFront()
    await expect
      .poll(async () => {
        await page.keyboard.press('Control+A')
        await page.keyboard.press('Control+C')
        return clipboards()[0]
      })
      .toContain('Sample Member 0042')
  }

  // eslint-disable-next-line no-empty-pattern -- Playwright wants the pattern
  test.beforeAll(async ({}, info) => {
    requires(info, 'linux', 'two-displays', 'desktop-settings')
    displays = await TwoDisplays.open()
    folder = mkdtempSync(join(tmpdir(), 'locked-desktop-'))
    // A store of settings of the scene's own; a person's is not touched.
    Object.assign(process.env, {
      XDG_CONFIG_HOME: join(folder, 'config'),
      GSETTINGS_BACKEND: 'keyfile',
      XDG_CURRENT_DESKTOP: 'GNOME',
      XDG_SESSION_TYPE: 'x11'
    })
    execFileSync('xhost', ['+'])
    untouched = settings()
    service = await startService(folder)
    site = await openSite(greenPage)
    const desktop = {
      lockDown: {
        enforcement: 'block',
        settings: ['screenshots', 'display-access', 'notifications', 'printing']
      },
      clipboard: 'workspace',
      contentProtection: { enforcement: 'warn' }
    }
    const workspace = { applications: [{ id: 'records', title: 'Member records', url: site.url }] }
    scene = await DeskScene.launch({ data: folder, courier: { policy: { workspace, desktop } } })
    await scene.waitForDesk('signed-out')
  })
  test.afterAll(async () => {
    if (scene.isOpen) await scene.close()
    service.kill('SIGKILL')
    await site.close()
    displays.close()
    process.env = before
    rmSync(folder, { recursive: true, force: true })
  })

  test('C5 what somebody else copied before the sign-in is gone after it', async () => {
    const other = spawn('xclip', ['-i', '-selection', 'clipboard'], { stdio: ['pipe', 'ignore', 'ignore'] })
    other.stdin.end('of another shift')
    await expect.poll(() => clipboards()[0]).toBe('of another shift')
    await scene.see('clear')
    await scene.signIn()
    await scene.waitForDesk('shown')
    await expect.poll(greenDumped).toBeGreaterThan(MANY)
    expect(clipboards()).toEqual(['', ''])
  })

  test('D10 the settings are held while somebody works, and without the service nothing is shown', async () => {
    expect(settings()).not.toBe(untouched)
    expect(execFileSync('xmodmap', ['-pke'], { encoding: 'utf8' })).not.toContain('Print')
    expect(JSON.stringify(await scene.shellState())).toContain('4 of 4 settings held')
    service.kill('SIGKILL')
    await scene.waitForDesk('hidden')
    await expect.poll(greenDumped).toBe(0)
    expect(JSON.stringify(await scene.shellState())).toContain('nothing is locked down')
    picture('lock-down-no-service')
    service = await startService(folder)
    await scene.waitForDesk('shown')
  })

  test('a system that cannot keep windows out of screenshots says so to the person', async () => {
    expect(JSON.stringify(await scene.shellState())).toContain(
      'degraded: this system cannot keep windows out of screenshots'
    )
    const shell = await scene.window('shell')
    await shell.getByRole('button', { name: /^Checks/ }).click()
    const row = shell.locator('[data-check="content-protection"]')
    await expect(row).toContainText('Protection from screenshots')
    await expect(row).toContainText('degraded: this system cannot keep windows out of screenshots')
    await expect(row).toContainText('IT decides whether you can work here.')
    picture('content-protection-degraded')
    await shell.keyboard.press('Escape')
  })

  test('D3 a display that is plugged in or pulled during the shift is covered before anything is judged anew', async () => {
    /** Whether each blank was on screen in the very turn in which the program heard of the change. */
    const coverAt = (event: 'display-added' | 'display-removed'): Promise<boolean[]> =>
      scene.app.evaluate(
        ({ screen, BrowserWindow }, name) =>
          new Promise<boolean[]>((resolve) => {
            screen.once(name as 'display-added', () => {
              resolve(
                BrowserWindow.getAllWindows()
                  .filter((window) => window.webContents.getURL().includes('/blank/'))
                  .map((window) => window.isVisible())
              )
            })
          }),
        event
      )
    const plugged = coverAt('display-added')
    await scene.app.evaluate(() => undefined) // the listener is there
    displays.plug()
    await expect.poll(async () => (await scene.blanks()).length).toBe(2)
    const first = await plugged
    expect(first.length).toBeGreaterThan(0)
    expect(first).not.toContain(false)
    await scene.waitForDesk('shown')
    await expect.poll(greenDumped).toBeGreaterThan(MANY)

    const pulled = coverAt('display-removed')
    await scene.app.evaluate(() => undefined)
    displays.unplug()
    expect(await pulled).toEqual([true])
    await scene.waitForDesk('shown')
  })

  test('D3 a display that is plugged in while the desk is hidden gets its blank', async () => {
    await scene.see('phone')
    await scene.waitForDesk('hidden')
    displays.plug()
    await expect.poll(() => scene.blanks()).toEqual([true, true])
    // The root window is black as well: what a blank says is on it.
    await expect.poll(brightest).toBeGreaterThan(0.5)
    expect(greenDumped()).toBe(0)
    picture('two-displays-covered')
  })

  test('D4 nothing that xdotool does shows a pixel of the workspace while the desk is hidden', async () => {
    await scene.waitForDesk('hidden')
    const windows = [...(await windowsOf(scene, 'shell')), ...(await windowsOf(scene, 'blank'))]
    expect(windows).toHaveLength(3)
    for (const act of [...windows.flatMap(handling), ...leaving]) {
      xdotool(...act)
      expect(greenDumped(), act.join(' ')).toBe(0)
    }
    // And the blanks are where they were, with what they say.
    await expect.poll(brightest).toBeGreaterThan(0.5)
    picture('two-displays-attacked')
    expect((await scene.shellState()).desk).toBe('hidden')
    await scene.see('clear')
    await scene.waitForDesk('shown')
    await expect.poll(greenDumped).toBeGreaterThan(MANY) // the shell as well
  })

  test('D4 the blanks alone are back over a view that will not go, wherever they are moved', async () => {
    const showViews = (): Promise<void> =>
      scene.app.evaluate(({ BrowserWindow }) => {
        for (const window of BrowserWindow.getAllWindows())
          for (const view of window.contentView.children) view.setVisible(true)
      })
    await scene.see('phone')
    await scene.waitForDesk('hidden')
    await showViews()
    const windows = await windowsOf(scene, 'blank')
    for (const act of windows.flatMap(handling)) {
      xdotool(...act)
      await new Promise((next) => setTimeout(next, 250)) // the next turns of those who keep it in place
      await expect.poll(greenDumped, { message: act.join(' '), timeout: 2000 }).toBe(0)
    }
    // And it was the blanks: the workspace is seen where they are taken away behind their program's back.
    for (const window of windows) xdotool('windowunmap', window)
    await expect.poll(greenDumped).toBeGreaterThan(MANY)
    for (const window of windows) xdotool('windowmap', window)
    await expect.poll(greenDumped).toBe(0)
  })

  test('C5 what was copied is gone when the desk is hidden, when another window comes forward, and at the end', async () => {
    await scene.see('clear')
    await copyInWorkspace()
    await scene.see('phone')
    await scene.waitForDesk('hidden')
    expect(clipboards()).toEqual(['', ''])

    await scene.see('clear')
    await copyInWorkspace()
    const other = spawn('display', ['-title', 'another program', 'rose:'], { stdio: 'ignore' })
    await expect
      .poll(() => {
        xdotool('search', '--name', 'another program', 'windowactivate')
        return clipboards()
      })
      .toEqual(['', ''])
    other.kill('SIGKILL')

    await copyInWorkspace()
    const shell = await scene.window('shell')
    await shell.evaluate(() => {
      window.havendesk.signOut()
    })
    await scene.waitForDesk('signed-out')
    expect(clipboards()).toEqual(['', ''])
    await expect.poll(settings).toBe(untouched)
  })

  test('D4 D10 windows that are taken away show nothing, and the settings are given back when the program is killed', async () => {
    await scene.signIn()
    await scene.waitForDesk('shown')
    expect(settings()).not.toBe(untouched)
    await scene.see('phone')
    await scene.waitForDesk('hidden')
    const windows = [...(await windowsOf(scene, 'blank')), ...(await windowsOf(scene, 'shell'))]
    for (const act of windows.flatMap(breaking)) {
      xdotool(...act)
      expect(greenDumped(), act.join(' ')).toBe(0)
    }
    scene.isOpen = false
    scene.app.process().kill('SIGKILL')
    await expect.poll(settings).toBe(untouched)
    scene.remove()
  })
})
