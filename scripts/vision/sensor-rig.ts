import { mkdtempSync, existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { basename, join, resolve, sep } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright'
import { build } from 'vite'
import { tfjsWasmThreads } from '../../build/vite/tfjs-wasm-threads'
import { ipcSchema, type SensorSettings } from '../../src/contract/ipc/schema'
import type { CameraState, Observation } from '../../src/core/observation/observation'
import { typeOf } from '../../src/main/hardening/files'
import { headersFor } from '../../src/main/hardening/headers'
import { chromiumPath } from '../../test/chromium'
import { hashesOf, modelsFolder, readShipped, shippedId } from './model-files'

/** What the sensor's page sent, checked against the IPC schema as main would. */
export interface Heard {
  readonly observations: Observation[]
  readonly cameras: CameraState[]
  readonly faults: { readonly stage: string; readonly message: string }[]
  /** Console errors and refusals of the content policy. */
  readonly complaints: string[]
}

export interface SensorRig {
  readonly page: Page
  readonly heard: Heard
  /** Resolves when the condition holds; rejects with what was heard instead. */
  readonly until: (what: string, holds: (heard: Heard) => boolean, ms?: number) => Promise<void>
  readonly close: () => Promise<void>
}

export interface SensorRigOptions {
  /** Clip for the fake camera; null for a browser without any camera. */
  readonly clip: string | null
  readonly settings?: (settings: SensorSettings) => SensorSettings
  /** Served instead of the model's file of that name. */
  readonly altered?: ReadonlyMap<string, Uint8Array>
  /** Files of an installed model, served under /installed-models/. */
  readonly installed?: ReadonlyMap<string, Uint8Array>
  /** Runs in the page before its own scripts. */
  readonly before?: string
  /** Runs in the detector's worker before its own script. */
  readonly beforeWorker?: string
  /** False takes the headers away that give threads. */
  readonly isolated?: boolean
}

const defaults = (): SensorSettings => {
  const { trunk, head } = readShipped()
  return {
    thresholds: { phone: 0.5, book: 0.5, person: 0.5, screen: 0.5 },
    limits: { minWidth: 640, minHeight: 480, minFps: 7 },
    room: {},
    effort: { coreShare: 0.5, pace: 'full' },
    model: {
      id: shippedId({ trunk, head }),
      url: '/models/coco-ssd/model.json',
      files: { ...hashesOf(trunk) },
      head: { id: 'desk-head', url: '/models/desk-head/head.json', files: { ...hashesOf(head) } }
    },
    preview: false
  }
}

let built: Promise<string> | null = null

/** Builds the sensor's page alone, once per process. */
const buildSensor = (): Promise<string> =>
  (built ??= (async () => {
    const outDir = mkdtempSync(join(tmpdir(), 'havendesk-sensor-'))
    const root = resolve(import.meta.dirname, '../../src/renderer')
    await build({
      configFile: false,
      root,
      base: '/',
      logLevel: 'error',
      plugins: [tfjsWasmThreads()],
      build: {
        outDir,
        emptyOutDir: true,
        target: 'chrome130',
        rolldownOptions: { input: { sensor: join(root, 'sensor/index.html') } }
      }
    })
    return outDir
  })())

const serve = async (
  folder: string,
  { altered, installed, beforeWorker, isolated = true }: SensorRigOptions
): Promise<Server> => {
  const server = createServer((request, response) => {
    const path = decodeURIComponent((request.url ?? '/').split('?')[0] ?? '/')
    const model = path.startsWith('/models/') ? path.slice('/models/'.length) : null
    const file = model === null ? join(folder, path) : join(modelsFolder, model)
    const ofInstalled = path.startsWith('/installed-models/')
      ? installed?.get(path.slice(path.lastIndexOf('/') + 1))
      : undefined
    const allowed =
      ofInstalled !== undefined ||
      (file.startsWith((model === null ? folder : modelsFolder) + sep) && existsSync(file))
    void (async () => {
      // Browsers ask for it; the app's own scheme never serves one.
      if (path === '/favicon.ico') return response.writeHead(204).end()
      if (!allowed) return response.writeHead(404).end()
      const bytes =
        ofInstalled ?? (model === null ? undefined : altered?.get(basename(model))) ?? (await readFile(file))
      const isWorker = /\/worker-[^/]+\.js$/.test(path)
      const first =
        isWorker && beforeWorker !== undefined ? Buffer.from(`${beforeWorker};\n`) : Buffer.alloc(0)
      const headers = { ...headersFor(path, typeOf(path) ?? 'application/octet-stream') }
      if (!isolated) delete headers['Cross-Origin-Embedder-Policy']
      response.writeHead(200, headers).end(Buffer.concat([first, bytes]))
    })()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return server
}

const portOf = (server: Server): number => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The rig has no port.')
  return address.port
}

/** Stands in for the preload: hands every call to the test and the newest settings to the page. */
const bridgeScript = `
  const listeners = []
  let newest = null
  window.havendesk = {
    observe: (value) => window.__heard('observe', value),
    camera: (value) => window.__heard('camera', value),
    fault: (value) => window.__heard('fault', value),
    settings: (listener) => { listeners.push(listener); if (newest) listener(newest); return () => {} }
  }
  window.__settings = (value) => { newest = value; for (const listener of listeners) listener(value) }
`

/**
 * The real sensor page in a real Chromium with its sandbox on, under the release's own content policy,
 * looking at a clip through Chromium's file camera. Run it as an ordinary user.
 */
export const startSensorRig = async (options: SensorRigOptions): Promise<SensorRig> => {
  const folder = await buildSensor()
  const server = await serve(folder, options)
  const executablePath = chromiumPath()
  let browser: Browser | null = null
  try {
    browser = await chromium.launch({
      ...(executablePath === undefined ? {} : { executablePath }),
      chromiumSandbox: true,
      args: [
        '--use-fake-ui-for-media-stream',
        ...(options.clip === null
          ? []
          : ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${options.clip}`])
      ]
    })
    const page = await browser.newPage()
    const heard: Heard = { observations: [], cameras: [], faults: [], complaints: [] }
    page.on('console', (message) => {
      if (message.type() === 'error') heard.complaints.push(message.text())
    })
    page.on('pageerror', (error) => heard.complaints.push(error.message))
    await page.exposeFunction('__heard', (call: 'observe' | 'camera' | 'fault', value: unknown) => {
      if (call === 'observe') heard.observations.push(ipcSchema.sensor.observe.argument.parse(value))
      else if (call === 'camera') heard.cameras.push(ipcSchema.sensor.camera.argument.parse(value))
      else heard.faults.push(ipcSchema.sensor.fault.argument.parse(value))
    })
    await page.addInitScript(bridgeScript)
    if (options.before !== undefined) await page.addInitScript(options.before)
    await page.goto(`http://127.0.0.1:${portOf(server)}/sensor/index.html`)
    const settings = options.settings?.(defaults()) ?? defaults()
    await page.evaluate((value) => {
      ;(window as unknown as { __settings: (value: unknown) => void }).__settings(value)
    }, settings)
    const opened = browser
    return {
      page,
      heard,
      until: async (what, holds, ms = 20_000) => {
        const end = performance.now() + ms
        while (!holds(heard)) {
          if (performance.now() > end)
            throw new Error(
              `${what} did not happen. ${JSON.stringify({ ...heard, observations: heard.observations.slice(-2) })}`
            )
          await new Promise((resume) => setTimeout(resume, 25))
        }
      },
      close: async () => {
        await opened.close()
        await closeServer(server)
      }
    }
  } catch (error) {
    await browser?.close()
    await closeServer(server)
    throw error
  }
}

const closeServer = (server: Server): Promise<void> =>
  new Promise((done) => {
    server.closeAllConnections()
    server.close(() => {
      done()
    })
  })

/** Takes away what the rigs of this process built. */
export const removeBuild = async (): Promise<void> => {
  if (built) await rm(await built, { recursive: true, force: true })
  built = null
}
