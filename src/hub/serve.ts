import { chmod, mkdir } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { judgeDeadlines } from './alerts/deadlines'
import { createNonces } from './attestation/nonce'
import { pruneAttestations } from './attestation/prune'
import { createTokens } from './attestation/token'
import { hubConfigSchema, type HubConfig, type HubOptions } from './config'
import { createConsoleListener } from './http/console'
import { createDeviceListener } from './http/device'
import { createIntegrationListener } from './http/integration'
import { judgeSilence } from './ingest/desk'
import { createLog } from './log'
import { endIdleSessions } from './people/idle'
import { warmPasswords } from './people/password'
import { openOutbox } from './outbox/open'
import { pruneOutbox } from './outbox/prune'
import { createProviders } from './people/provider/providers'
import { openSignInKeys } from './people/sign-in/keys'
import { openStore, type Store } from './store/open'
import { openFeeds } from './stream/feeds'
import { openWakes } from './stream/wakes'
import { pruneStream } from './stream/prune'
import { ensureCertificate } from './tls/authority'

/** How often alerts are looked through for what is due, milliseconds. */
const DEADLINES_MS = 1000

/** How often sessions are looked through for those that nobody is at, milliseconds. */
const IDLE_LOOK_MS = 5000

/** A hub that listens. */
export interface Hub {
  readonly devicePort: number
  readonly consolePort: number
  /** Port of the integration API; null when it is not served. */
  readonly integrationPort: number | null
  /** The hub's certificate authority, PEM: what workstations pin. */
  readonly ca: string
  readonly store: Store
  /** Every route that this hub answers, as `METHOD path`. */
  readonly routes: {
    readonly device: readonly string[]
    readonly console: readonly string[]
    readonly integration: readonly string[]
  }
  /** Settles with the reason when the hub can no longer do its work. */
  readonly failed: Promise<string>
  /** Ends listeners, timers, connections and the embedded database, in this order. */
  close(): Promise<void>
}

/** Starts a hub. Throws with a remedy when it cannot be run as asked; nothing is left running then. */
export async function startHub(
  options: HubOptions,
  parts: { readonly log?: Logger; readonly now?: () => Date } = {}
): Promise<Hub> {
  refuseRoot()
  const config = hubConfigSchema.parse(options)
  const log = parts.log ?? createLog(config.logLevel)
  const now = parts.now ?? (() => new Date())
  await mkdir(config.dataFolder, { recursive: true, mode: 0o700 })
  await chmod(config.dataFolder, 0o700)
  const hostNames = [...new Set(['localhost', '127.0.0.1', ...config.hostNames])]
  const tlsFolder = join(config.dataFolder, 'tls')
  const certificate = await ensureCertificate(tlsFolder, hostNames, now())
  const keys = await openSignInKeys(config.dataFolder)
  const [store] = await Promise.all([
    openStore({ dataFolder: config.dataFolder, databaseUrl: config.databaseUrl, as: 'hub' }),
    warmPasswords()
  ])
  const undo: Array<() => Promise<void> | void> = [() => store.close()]
  const close = async (): Promise<void> => {
    for (let step = undo.pop(); step !== undefined; step = undo.pop()) await step()
  }
  const onError = (error: unknown): void => log.error({ err: error }, 'background work failed')
  try {
    const feeds = await openFeeds(store, onError, now)
    undo.push(() => feeds.close())
    undo.push(every(config.heartbeatMs / 2, () => judgeSilence(store.db, config.heartbeatMs, now()), onError))
    undo.push(every(DEADLINES_MS, () => judgeDeadlines(store.db, now()), onError))
    undo.push(every(IDLE_LOOK_MS, () => endIdleSessions(store.db, now()), onError))
    undo.push(every(3_600_000, () => pruneStream(store.db, now()), onError))
    undo.push(every(3_600_000, () => pruneAttestations(store.db, now()), onError))
    undo.push(every(3_600_000, () => pruneOutbox(store.db, now()), onError))
    await judgeSilence(store.db, config.heartbeatMs, now())
    await judgeDeadlines(store.db, now())

    const shared = { db: store.db, config, log, now }
    const wakes = await openWakes(store)
    undo.push(() => wakes.close())
    const device = await createDeviceListener({
      ...shared,
      certificate,
      hostNames,
      nonces: createNonces(),
      tokens: createTokens(),
      wakes
    })
    undo.push(() => device.close())
    const devicePort = await listen(device, config.deviceHost, config.devicePort)
    const integration =
      config.integrationPort === null ? null : await createIntegrationListener({ ...shared, certificate })
    undo.push(() => integration?.close())
    const integrationPort =
      integration === null ? null : await listen(integration, config.deviceHost, config.integrationPort ?? 0)
    const overTls = [device, ...(integration === null ? [] : [integration])]
    undo.push(every(86_400_000, () => renewCertificate(overTls, tlsFolder, hostNames, now()), onError))

    const origins = { list: [] as readonly string[], all: () => origins.list }
    const providers = createProviders(config.providers, now)
    const outbox = await openOutbox(store, {
      config,
      now,
      onError,
      // Links name the console as people see it: behind its reverse proxy, where there is one.
      origin: () => origins.list[2] ?? origins.list[0] ?? 'http://localhost'
    })
    const tickets = { hubCa: certificate.ca, hostNames: offered(config, hostNames), port: devicePort }
    const console_ = await createConsoleListener({
      ...shared,
      feeds,
      origins,
      outbox: outbox.settings,
      keys,
      providers,
      tickets
    })
    undo.push(() => console_.close())
    const consolePort = await listen(console_, '127.0.0.1', config.consolePort)
    origins.list = consoleOrigins(config, consolePort)
    undo.push(await outbox.start())

    log.info({ devicePort, consolePort }, 'hub listens')
    const routes = {
      device: device.knownRoutes,
      console: console_.knownRoutes,
      integration: integration?.knownRoutes ?? []
    }
    return {
      devicePort,
      consolePort,
      integrationPort,
      ca: certificate.ca,
      store,
      routes,
      failed: store.lost,
      close
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function listen(app: FastifyInstance, host: string, port: number): Promise<number> {
  await app.listen({ host, port })
  return (app.server.address() as AddressInfo).port
}

/** The names of the certificate as tickets offer them: those that IT gave before those of this computer alone. */
const offered = (config: HubConfig, hostNames: readonly string[]): readonly string[] => [
  ...new Set([...config.hostNames, ...hostNames])
]

function consoleOrigins(config: HubConfig, port: number): readonly string[] {
  const own = ['localhost', '127.0.0.1'].map((name) => `http://${name}:${port}`)
  return config.consoleOrigin === undefined ? own : [...own, new URL(config.consoleOrigin).origin]
}

async function renewCertificate(
  listeners: readonly FastifyInstance[],
  folder: string,
  hostNames: readonly string[],
  now: Date
): Promise<void> {
  const fresh = await ensureCertificate(folder, hostNames, now)
  for (const { server } of listeners) {
    const listening: unknown = server
    if (hasSecureContext(listening))
      listening.setSecureContext({ key: fresh.key, cert: fresh.certificate, minVersion: 'TLSv1.3' })
  }
}

function hasSecureContext(
  server: unknown
): server is { setSecureContext(options: { key: string; cert: string; minVersion: 'TLSv1.3' }): void } {
  return typeof server === 'object' && server !== null && 'setSecureContext' in server
}

/** Runs `work` again and again, never twice at once; the returned function ends it and waits for what runs. */
function every(
  ms: number,
  work: () => Promise<unknown>,
  onError: (error: unknown) => void
): () => Promise<void> {
  let running: Promise<unknown> | null = null
  const timer = setInterval(() => {
    running ??= work()
      .catch(onError)
      .finally(() => (running = null))
  }, ms)
  return async () => {
    clearInterval(timer)
    await running
  }
}

function refuseRoot(): void {
  if (process.getuid?.() !== 0) return
  throw new Error(
    'The hub does not run as root: it needs no privilege, and PostgreSQL refuses to run as root. Start it as an ' +
      'ordinary user that owns the data folder, for example: su havendesk -c "node out/hub/hub.js serve --data DIR"'
  )
}
