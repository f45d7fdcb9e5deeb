import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { launchElectron } from '../../scripts/stack/launch-electron'
import { PATIENCE_MS } from '../fixtures/patience'

const fixtures = join(import.meta.dirname, 'fixtures')
const built = resolve(process.env['HAVENDESK_SCENE_BUILD'] ?? 'out/test')

const runtime = resolve(process.env['HAVENDESK_SCENE_RUNTIME'] ?? '.runtime/electron/electron')

export interface SceneOptions {
  /** For `courier.json` of the stand-in courier. */
  readonly courier?: Readonly<Record<string, unknown>>
  /** Keep the program's own sensor instead of the scripted one. */
  readonly realSensor?: boolean
  readonly arguments?: readonly string[]
  /** An existing data folder, for a second start. */
  readonly data?: string
}

/** The built test flavour with a stand-in courier and scripted eyes, in a folder of its own. */
export class DeskScene {
  readonly app: ElectronApplication
  readonly data: string
  readonly program: string
  readonly runtime: string
  readonly #folder: string

  private constructor(app: ElectronApplication, folder: string, data: string) {
    this.app = app
    this.data = data
    this.program = join(folder, 'program')
    this.runtime = runtime
    this.#folder = folder
  }

  static async launch(options: SceneOptions = {}): Promise<DeskScene> {
    const folder = mkdtempSync(join(tmpdir(), 'hd-scene-'))
    const program = join(folder, 'program')
    mkdirSync(program)
    for (const part of ['main', 'preload', 'renderer', 'package.json']) {
      cpSync(join(built, part), join(program, part), { recursive: true })
    }
    symlinkSync(resolve('.runtime/models'), join(program, 'models'))
    // Native packages stand beside the bundle.
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
    cpSync(join(fixtures, 'courier.cjs'), join(program, 'main/courier.cjs'))
    if (options.realSensor !== true) {
      cpSync(join(fixtures, 'sensor'), join(program, 'renderer/sensor'), { recursive: true })
    }
    const data = options.data ?? join(folder, 'data')
    mkdirSync(data, { recursive: true })
    writeFileSync(join(data, 'courier.json'), JSON.stringify(options.courier ?? {}))
    const app = await launchElectron({
      executablePath: runtime,
      args: [program, `--havendesk-data=${data}`, ...(options.arguments ?? [])],
      chromiumSandbox: true
    })
    return new DeskScene(app, folder, data)
  }

  /** The window of one kind; waits for it. */
  async window(kind: 'shell' | 'sensor' | 'blank'): Promise<Page> {
    return await this.#find((url) => url.startsWith(`app://desk/${kind}/`), kind)
  }

  /** The view of the open application; waits for it. */
  async workspace(): Promise<Page> {
    return await this.#find((url) => url.startsWith('http'), 'workspace')
  }

  async #find(fits: (url: string) => boolean, what: string): Promise<Page> {
    for (let tries = 0; tries < PATIENCE_MS / 50; tries += 1) {
      const page = this.app.windows().find((candidate) => fits(candidate.url()))
      if (page !== undefined) return page
      await new Promise((next) => setTimeout(next, 50))
    }
    throw new Error(
      `no ${what} within ${String(PATIENCE_MS)} ms; there are ${this.app
        .windows()
        .map((page) => page.url())
        .join(', ')}`
    )
  }

  /** Signs in over the bridge, as the shell's form does. */
  async signIn(): Promise<void> {
    const shell = await this.window('shell')
    for (let tries = 0; tries < 10; tries += 1) {
      const outcome = await shell.evaluate(() => {
        const credentials = { email: 'a1@demo.example', password: 'correct horse' }
        // Refused while tries come too fast: then the next second will do.
        return window.havendesk.signIn(credentials).then(
          (answer: { outcome: string }) => answer.outcome,
          (error: Error) => error.message
        )
      })
      if (outcome === 'signed-in') return
      await new Promise((next) => setTimeout(next, 600))
    }
    throw new Error('the sign-in was refused ten times')
  }

  /** What the scripted eyes see from now on. */
  async see(scene: 'clear' | 'phone' | 'two' | 'nobody' | 'unknown' | 'silent'): Promise<void> {
    const sensor = await this.window('sensor')
    await sensor.evaluate((name) => {
      window.scene = name
    }, scene)
  }

  /** What main told the shell last. */
  async shellState(): Promise<{
    desk: string
    phase: string
    reasons: { rule: string }[]
    openApplication: string | null
    checks: { id: string; state: string; enforcement?: string; remedy: string }[]
  }> {
    const shell = await this.window('shell')
    await shell.evaluate(() => {
      if (window.newest !== undefined) return
      window.newest = null
      window.havendesk.state((state: never) => {
        window.newest = state
      })
    })
    const handle = await shell.waitForFunction(() => window.newest)
    return await handle.jsonValue()
  }

  async waitForDesk(desk: string, limitMs = PATIENCE_MS): Promise<number> {
    const from = performance.now()
    for (;;) {
      const state = await this.shellState()
      if (state.desk === desk) return performance.now() - from
      if (performance.now() - from > limitMs) {
        throw new Error(`the desk is ${state.desk}, not ${desk}, after ${String(limitMs)} ms`)
      }
      await new Promise((next) => setTimeout(next, 20))
    }
  }

  /** Whether each blank window is on screen, as its own window system says. */
  async blanks(): Promise<boolean[]> {
    return await this.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .filter((window) => window.webContents.getURL().includes('/blank/'))
        .map((window) => window.isVisible())
    )
  }

  /** Resolves once a blank window is shown. */
  async nextCover(): Promise<void> {
    await this.app.evaluate(
      ({ BrowserWindow }) =>
        new Promise<void>((resolve) => {
          const blank = BrowserWindow.getAllWindows().find((one) =>
            one.webContents.getURL().includes('/blank/')
          )
          blank?.once('show', () => {
            resolve()
          })
        })
    )
  }

  /** Tells the stand-in courier whether the hub answers. */
  setHub(state: 'reachable' | 'unreachable'): void {
    writeFileSync(join(this.data, 'hub.txt'), state)
  }

  /** Has the stand-in courier bring a new policy: the one of the start, but for these fields. Needs `policyFollowsFile`. */
  setPolicy(fields: Readonly<Record<string, unknown>>): void {
    const file = join(this.data, 'policy.json')
    // In one piece: the courier reads it at any time.
    writeFileSync(`${file}.new`, JSON.stringify(fields))
    renameSync(`${file}.new`, file)
  }

  /** Records that main handed to the courier. */
  records(): { body: { kind: string; [field: string]: unknown } }[] {
    try {
      const lines = readFileSync(join(this.data, 'records.jsonl'), 'utf8').trim().split('\n')
      return lines.map((line) => JSON.parse(line))
    } catch {
      return [] // none yet
    }
  }

  async waitForRecord(
    fits: (body: { kind: string; [field: string]: unknown }) => boolean,
    limitMs = PATIENCE_MS
  ): Promise<void> {
    for (let tries = 0; tries < limitMs / 50; tries += 1) {
      if (this.records().some(({ body }) => fits(body))) return
      await new Promise((next) => setTimeout(next, 50))
    }
    throw new Error(`no such record; there are ${JSON.stringify(this.records().map(({ body }) => body))}`)
  }

  /** Kills a helper process as the system would: without a word. */
  async kill(
    helper: 'guard' | 'courier' | 'proxy' | 'probe',
    signal: NodeJS.Signals = 'SIGKILL'
  ): Promise<void> {
    const pid = await this.app.evaluate(
      ({ app }, name) =>
        app.getAppMetrics().find((one) => one.serviceName === 'node.mojom.NodeService' && one.name === name)
          ?.pid,
      `havendesk-${helper}`
    )
    if (pid === undefined) throw new Error(`there is no ${helper} to kill`)
    process.kill(pid, signal)
  }

  /** Names of files in the data folder that hold a text, as it is, as base64 or as UTF-16. */
  filesWith(text: string): string[] {
    const forms = [text, Buffer.from(text).toString('base64').replace(/=+$/, '')].map((form) =>
      Buffer.from(form)
    )
    forms.push(Buffer.from(text, 'utf16le'))
    return readdirSync(this.data, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => {
        const bytes = readFileSync(path)
        return forms.some((form) => bytes.includes(form))
      })
  }

  isOpen = true

  async close(options: { readonly keepData?: boolean } = {}): Promise<void> {
    // Not `app.close()`: it first closes each window as a page would, which ours refuse, and waits for five seconds.
    this.isOpen = false
    const child = this.app.process()
    if (child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((done) => child.once('exit', done))
      child.kill('SIGTERM')
      await ended
    }
    if (options.keepData !== true) this.remove()
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

declare global {
  interface Window {
    // The bridge is typed where pages use it; here it is prodded from outside.
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    havendesk: any
    scene: string
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    newest: any
  }
}
