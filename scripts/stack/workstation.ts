import { resolve } from 'node:path'
import type { ElectronApplication, Page } from 'playwright'
import { launchElectron } from './launch-electron'

export interface WorkstationOptions {
  readonly flavour: 'test' | 'demo'
  /** The client's data folder; holds `ticket.json` before the first start. */
  readonly data: string
  /** Recorded camera, concatenated JPEGs; without it the machine's own camera is used. */
  readonly clip?: string
  /** Shows the camera's picture in a corner, for benches that read it from the screen. */
  readonly preview?: boolean
  readonly display?: string
  /** A packaged program to start, by its launcher; without it the build in `out/`. */
  readonly launcher?: string
  /** Only the demo may do this, and only because its person asked for it aloud. */
  readonly withoutSandbox?: boolean
}

/** A workstation that is driven as a person would: by its windows. */
export class Workstation {
  readonly app: ElectronApplication

  private constructor(app: ElectronApplication) {
    this.app = app
  }

  /** Starts real Electron with its sandbox on. */
  static async launch(options: WorkstationOptions): Promise<Workstation> {
    const args = [
      ...(options.launcher === undefined ? [resolve('out', options.flavour)] : []),
      `--havendesk-data=${options.data}`,
      ...(options.clip === undefined ? [] : [`--havendesk-camera=${options.clip}`]),
      ...(options.preview === true ? ['--havendesk-preview'] : [])
    ]
    const app = await launchElectron({
      executablePath: options.launcher ?? resolve('.runtime/electron/electron'),
      args,
      chromiumSandbox: !(options.flavour === 'demo' && options.withoutSandbox === true),
      env: {
        ...process.env,
        ...(options.display === undefined ? {} : { DISPLAY: options.display })
      }
    })
    return new Workstation(app)
  }

  get pid(): number {
    const { pid } = this.app.process()
    if (pid === undefined) throw new Error('the workstation has no process')
    return pid
  }

  /** The first page whose address begins so; waits for it. */
  async page(startsWith: string, limitMs = 60_000): Promise<Page> {
    const until = Date.now() + limitMs
    for (;;) {
      const found = this.app.windows().find((page) => page.url().startsWith(startsWith))
      if (found !== undefined) return found
      if (Date.now() > until) {
        throw new Error(
          `no page at ${startsWith} within ${String(limitMs)} ms; there are: ${await this.whatIsShown()}`
        )
      }
      await new Promise((next) => setTimeout(next, 50))
    }
  }

  /** Every page with the beginning of its words: why a scene does not go on is mostly written there. */
  private async whatIsShown(): Promise<string> {
    const told = this.app.windows().map(async (page) => {
      const words = await page.evaluate(() => document.body.innerText).catch(String)
      return `${page.url()} ("${words.replaceAll(/\s+/g, ' ').slice(0, 300)}")`
    })
    return (await Promise.all(told)).join(', ')
  }

  shell(): Promise<Page> {
    return this.page('app://desk/shell/')
  }
  blank(): Promise<Page> {
    return this.page('app://desk/blank/')
  }
  sensor(): Promise<Page> {
    return this.page('app://desk/sensor/')
  }

  /** Types the credentials into the sign-in form and sends it. */
  async signIn(email: string, password: string): Promise<void> {
    const shell = await this.shell()
    await shell.getByLabel('Email').fill(email)
    await shell.getByLabel('Password', { exact: true }).fill(password)
    await shell.getByRole('button', { name: 'Sign in' }).click()
    // The form waits for the steps before a sign-in, the check of the program's files among them: on a slow disk that takes
    // a while. It is over once the form is gone or says why not.
    await shell.locator('form [type=submit][aria-busy=true]').waitFor({ state: 'detached', timeout: 150_000 })
  }

  /**
   * Waits until the web application of the workspace is in sight. Its own word for that counts: the sign-in is as bright
   * as a record, so a pixel alone cannot tell them apart.
   */
  async workspaceInSight(limitMs = 90_000): Promise<Page> {
    const page = await this.page('http', limitMs)
    await page.waitForFunction(() => document.visibilityState === 'visible', undefined, { timeout: limitMs })
    return page
  }

  /** Ends it as a system does that shuts down. Its windows refuse to be closed, so closing them one by one would wait. */
  async close(): Promise<void> {
    const child = this.app.process()
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise<void>((done) => child.once('exit', () => done()))
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), 5000)
    await gone
    clearTimeout(timer)
  }
}
