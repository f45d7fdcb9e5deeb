import { existsSync, readFileSync } from 'node:fs'
import { extname, join, normalize, resolve } from 'node:path'
import { test as base, expect, type Page } from '@playwright/test'
import type { Handlers } from '../../src/contract/ipc/derive'
import { ipcSchema, type IpcSchema } from '../../src/contract/ipc/schema'
import { headersFor } from '../../src/main/hardening/headers'
import { requires } from '../../test/requires'
import { ipcDouble, type IpcDouble } from '../../test/ipc-double'

const origin = 'https://desk.invalid'
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml'
}

type PageKind = 'shell' | 'blank'

/** One of our pages in a browser, with a double of main behind it. */
export interface OpenPage<K extends PageKind> extends IpcDouble<K> {
  readonly page: Page
  /** What the content security policy refused, and errors of the page. Stays empty. */
  readonly complaints: readonly string[]
  /** Rule and element of everything that axe objects to. */
  readonly axe: () => Promise<readonly string[]>
  /** Saves a picture beside the report for a person to look at. */
  readonly look: (name: string) => Promise<void>
}

export interface PageOptions<K extends PageKind> {
  readonly handlers?: Partial<Handlers<IpcSchema[K]>>
  readonly scheme?: 'light' | 'dark'
  readonly size?: { readonly width: number; readonly height: number }
  /** Without script the page has only its own markup and style. */
  readonly script?: boolean
}

interface Fixtures {
  readonly open: <K extends PageKind>(kind: K, options?: PageOptions<K>) => Promise<OpenPage<K>>
}

/** Folder of the built pages; `npm run build:test` makes it. */
const built = resolve(process.env['HAVENDESK_TEST_PAGES'] ?? 'out/test/renderer')

export const test = base.extend<Fixtures>({
  open: async ({ browser }, use, testInfo) => {
    requires(testInfo, 'chromium')
    const closers: (() => Promise<void>)[] = []
    await use(async (kind, options = {}) => {
      const context = await browser.newContext({
        viewport: options.size ?? { width: 1280, height: 720 },
        colorScheme: options.scheme ?? 'light',
        javaScriptEnabled: options.script ?? true,
        reducedMotion: 'no-preference'
      })
      closers.push(() => context.close())
      return openPage(await context.newPage(), kind, options)
    })
    for (const close of closers) await close()
  }
})

export { expect }

async function openPage<K extends PageKind>(
  page: Page,
  kind: K,
  options: PageOptions<K>
): Promise<OpenPage<K>> {
  if (!existsSync(built)) throw new Error(`${built} is not there: run npm run build:test first`)
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.route(`${origin}/**`, async (route) => {
    const path = normalize(new URL(route.request().url()).pathname)
    const file = join(built, path)
    if (!existsSync(file)) return route.fulfill({ status: 404 })
    return route.fulfill({
      body: readFileSync(file),
      headers: headersFor(path, types[extname(file)] ?? 'application/octet-stream')
    })
  })
  const double = ipcDouble(kind, options.handlers ?? {})
  if (options.script !== false) await bridge(page, kind, double)
  await page.goto(`${origin}/${kind}/index.html`)
  return {
    ...double,
    page,
    complaints,
    axe: () => runAxe(page),
    look: async (name) => {
      await page.screenshot({ path: join('test-results', 'pages', `${name}.png`) })
    }
  }
}

/** Puts the double behind `window.havendesk`; arguments and payloads cross as they do between processes. */
async function bridge<K extends PageKind>(page: Page, kind: K, double: IpcDouble<K>): Promise<void> {
  const calls = Object.entries(ipcSchema[kind]).map(([name, call]) => [name, call.verb] as const)
  const api = double.api as unknown as Record<string, (argument: unknown) => unknown>
  await page.exposeFunction('callMain', (name: string, argument: unknown) => api[name]?.(argument))
  await page.exposeFunction('subscribeMain', (name: string) => {
    api[name]?.((payload: unknown) => {
      page
        .evaluate(([to, what]) => window.dispatchEvent(new CustomEvent(`main:${to}`, { detail: what })), [
          name,
          payload
        ] as const)
        .catch((error: unknown) => {
          if (!page.isClosed()) throw error
        })
    })
  })
  await page.addInitScript((entries) => {
    const main = window as unknown as {
      callMain: (name: string, argument: unknown) => Promise<unknown>
      subscribeMain: (name: string) => Promise<void>
      havendesk: unknown
    }
    const of = (name: string, verb: string): unknown => {
      if (verb === 'invoke') return (argument: unknown) => main.callMain(name, argument)
      if (verb === 'send') return (argument: unknown) => void main.callMain(name, argument)
      return (listener: (payload: unknown) => void) => {
        const onEvent = (event: Event): void => listener((event as CustomEvent).detail)
        window.addEventListener(`main:${name}`, onEvent)
        void main.subscribeMain(name)
        return () => window.removeEventListener(`main:${name}`, onEvent)
      }
    }
    main.havendesk = Object.freeze(Object.fromEntries(entries.map(([name, verb]) => [name, of(name, verb)])))
  }, calls)
}

async function runAxe(page: Page): Promise<readonly string[]> {
  await page.evaluate(readFileSync('node_modules/axe-core/axe.min.js', 'utf8'))
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
    }
    const { violations } = await axe.run()
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
  })
}
