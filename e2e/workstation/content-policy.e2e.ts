import { expect, test } from '../fixtures/desktop'
import { DeskScene } from './app'

const kinds = ['shell', 'sensor', 'blank'] as const

/** Notes each violation of a page's content policy from now on. */
const listen = (): void => {
  const seen: string[] = []
  Object.assign(window, { violations: seen })
  document.addEventListener('securitypolicyviolation', (event) => {
    seen.push(`${event.effectiveDirective} ${event.blockedURI}`)
  })
}
const violations = (): string[] => (window as unknown as { violations: string[] }).violations

test.describe('A5 the content policy has no hole', () => {
  let scene: DeskScene
  test.beforeAll(async () => {
    scene = await DeskScene.launch()
    await scene.app.context().addInitScript(listen)
    await scene.waitForDesk('signed-out')
    // Pages that loaded before the listener was there load again under it.
    for (const kind of kinds) {
      const page = await scene.window(kind)
      await scene.app.evaluate(({ webContents }, name) => {
        const own = webContents.getAllWebContents().filter((one) => one.getURL().includes(`/${name}/`))
        for (const contents of own) contents.reload()
      }, kind)
      await page.waitForFunction(() => 'violations' in window)
    }
  })
  test.afterAll(() => scene.close())

  test('A5 nothing is violated in normal use', async () => {
    await scene.waitForDesk('signed-out')
    await scene.signIn()
    await scene.waitForDesk('shown')
    await scene.see('phone')
    await scene.waitForDesk('hidden')
    await new Promise((next) => setTimeout(next, 500))
    await scene.see('clear')
    await scene.waitForDesk('shown')
    for (const kind of kinds) {
      const page = await scene.window(kind)
      expect(await page.evaluate(violations), kind).toEqual([])
    }
  })

  for (const kind of kinds) {
    test(`A5 injected into ${kind}: inline, eval, remote, data and frames are blocked`, async () => {
      const page = await scene.window(kind)
      const results = await page.evaluate(async () => {
        const marks = window as unknown as Record<string, unknown>
        const element = <K extends keyof HTMLElementTagNameMap>(
          tag: K,
          set: (made: HTMLElementTagNameMap[K]) => void
        ): void => {
          const made = document.createElement(tag)
          set(made)
          document.body.append(made)
        }
        element('script', (made) => (made.textContent = 'window.inlineRan = true'))
        element('script', (made) => (made.src = 'https://example.invalid/x.js'))
        element('script', (made) => (made.src = 'data:text/javascript,window.dataRan=true'))
        element('script', (made) => {
          made.src = URL.createObjectURL(new Blob(['window.blobRan=true'], { type: 'text/javascript' }))
        })
        element('img', (made) => {
          made.setAttribute('onerror', 'window.handlerRan = true')
          made.src = 'app://desk/none.png'
        })
        element('iframe', (made) => (made.src = 'app://desk/blank/index.html'))
        element('style', (made) => (made.textContent = 'body{--injected:1}'))
        element('form', (made) => {
          made.action = 'https://example.invalid/'
          made.submit()
        })
        const fetched = await fetch('https://example.invalid/').then(
          () => 'ran',
          () => 'blocked'
        )
        // The debugger's own evaluation may use eval; whatever the page itself calls later may not.
        // eslint-disable-next-line @typescript-eslint/no-implied-eval -- being refused is the point
        setTimeout('window.timerRan = true')
        setTimeout(() => (0, eval)('window.evalRan = true'))
        // eslint-disable-next-line @typescript-eslint/no-implied-eval -- being refused is the point
        setTimeout(() => new Function('window.functionRan = true')())
        new WebSocket('wss://example.invalid/')
        await new Promise((next) => setTimeout(next, 400))
        const injected = getComputedStyle(document.body).getPropertyValue('--injected')
        const ran = Object.keys(marks).filter((name) => name.endsWith('Ran'))
        return { fetched, ran, injected }
      })
      expect(results).toEqual({ fetched: 'blocked', ran: [], injected: '' })
      expect(page.url()).toBe(`app://desk/${kind}/index.html`)
      const seen = await page.evaluate(violations)
      for (const directive of ['script-src', 'style-src', 'connect-src', 'frame-src']) {
        expect(seen.join('\n'), kind).toContain(directive)
      }
    })
  }

  test('A5 every answer carries the whole set of headers', async () => {
    const shell = await scene.window('shell')
    const headers = await shell.evaluate(async () => {
      const answer = await fetch('app://desk/shell/index.html')
      return Object.fromEntries(answer.headers.entries())
    })
    expect(headers).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff'
    })
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    const isolated = await (await scene.window('sensor')).evaluate(() => crossOriginIsolated)
    expect(isolated).toBe(true)
  })

  test('A5 paths that lead elsewhere do not exist', async () => {
    const shell = await scene.window('shell')
    const statuses = await shell.evaluate(async () => {
      const paths = [
        '/..%2fmain/index.cjs',
        '/%2e%2e/main/index.cjs',
        '/../main/index.cjs',
        '/shell/..%2f..%2fpackage.json',
        '/shell\\..\\..\\package.json',
        '/shell/index.html%00.png',
        '/shell/index.html?x=1',
        '//shell/index.html',
        '/shell/',
        '/shell',
        '/SHELL/index.html',
        '/models/coco-ssd/../../package.json',
        '/models/coco-ssd/..%2f..%2fpackage.json',
        '/etc/passwd'
      ]
      const asked = paths.map((path) =>
        fetch(`app://desk${path}`).then(
          (answer) => answer.status,
          () => 404
        )
      )
      return await Promise.all(asked)
    })
    expect(new Set(statuses)).toEqual(new Set([404]))
  })
})
