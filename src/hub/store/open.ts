import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import { Client, DatabaseError, Pool, type ClientConfig } from 'pg'
import { requireDurability } from './durability'
import { migrateStore } from './migrate'
import { embeddedBinaries, type PostgresBinaries } from './postgres/binaries'
import { databaseUser, ensureCluster } from './postgres/cluster'
import { occupantOf, removeStaleLock } from './postgres/lock-file'
import { startPostmaster, stopOccupant, type Postmaster } from './postgres/postmaster'

export type Database = NodePgDatabase
/** What queries run on: the database, or one transaction of it. */
export type Queries = Pick<Database, 'select' | 'insert' | 'update' | 'delete' | 'execute' | 'selectDistinct'>

/** The open store. `close` ends the connections, and the server when this process started it. */
export interface Store {
  readonly db: Database
  /** A connection of its own for LISTEN; it also holds the lock that makes this the only hub. */
  readonly line: Client
  /** Settles when the store is lost without `close` having been called. */
  readonly lost: Promise<string>
  close(): Promise<void>
}

export interface StoreOptions {
  /** The hub's data folder; the embedded database lies in `postgres/` under it. */
  readonly dataFolder: string
  /** A PostgreSQL of your own instead of the embedded one. */
  readonly databaseUrl: string | undefined
  /** A hub owns its store alone; a visitor (the command line) shares it with a hub that runs. */
  readonly as: 'hub' | 'visitor'
  /** Connections for queries at most. */
  readonly connections?: number
}

const OWNER_LOCK = 7_201_001
const OWNED_PATIENCE_MS = 5000
const DATABASE = 'havendesk'

/** Opens the store: finds or starts PostgreSQL, checks that its commits last, brings the tables up to date. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const place =
    options.databaseUrl === undefined
      ? await embedded(join(options.dataFolder, 'postgres'), options)
      : { config: { connectionString: options.databaseUrl }, postmaster: null }
  try {
    return await connect(place.config, place.postmaster, options)
  } catch (error) {
    await place.postmaster?.stop()
    throw error
  }
}

interface Place {
  readonly config: ClientConfig
  readonly postmaster: Postmaster | null
}

const socketConfig = (host: string, database: string): ClientConfig => ({
  host,
  port: 5432,
  user: databaseUser(),
  database
})

async function embedded(folder: string, options: StoreOptions): Promise<Place> {
  refuseRoot()
  const binaries = await embeddedBinaries(join(options.dataFolder, 'postgres-libraries'))
  await ensureCluster(folder, binaries)
  const deadline = Date.now() + 20_000
  let ownedSince: number | null = null
  while (Date.now() < deadline) {
    const occupant = await occupantOf(folder)
    if (occupant.state === 'postmaster') {
      const found = await meet(folder, occupant.socketFolder, binaries)
      if (found === 'owned' && options.as === 'visitor') {
        return { config: socketConfig(occupant.socketFolder, DATABASE), postmaster: null }
      }
      if (found === 'owned') ownedSince ??= Date.now()
      else ownedSince = null
      // One that is just ending gets its time; one that stays is another hub's.
      if (ownedSince !== null && Date.now() - ownedSince > OWNED_PATIENCE_MS) break
      await sleep(100)
      continue
    }
    ownedSince = null
    if (occupant.state === 'stale') await removeStaleLock(folder, occupant.pid)
    const started = await start(folder, binaries, join(options.dataFolder, 'postgres.log'))
    if (started !== null) return started
  }
  const problem =
    ownedSince === null
      ? `it did not start; see ${join(options.dataFolder, 'postgres.log')}`
      : 'another hub or command uses it. End that first'
  throw new Error(`The database in ${folder} cannot be used: ${problem}.`)
}

/**
 * Looks who owns a running server. One that nobody owns was left behind by a killed hub: its keeper ends it within
 * moments; when the keeper was killed too, we end it here.
 */
async function meet(
  folder: string,
  socketFolder: string,
  binaries: PostgresBinaries
): Promise<'owned' | 'not-yet'> {
  const first = await ownership(socketFolder)
  if (first !== 'free') return first === 'owned' ? 'owned' : 'not-yet'
  await sleep(1500)
  const occupant = await occupantOf(folder)
  const same = occupant.state === 'postmaster' && occupant.socketFolder === socketFolder
  if (same && (await ownership(socketFolder)) === 'free') await stopOccupant(folder, binaries)
  return 'not-yet'
}

async function ownership(socketFolder: string): Promise<'owned' | 'free' | 'unreachable'> {
  const client = new Client(socketConfig(socketFolder, DATABASE))
  client.on('error', () => undefined) // it may be going down: the query then fails and says so
  try {
    await client.connect()
    const got = await client.query<{ got: boolean }>('SELECT pg_try_advisory_lock($1) AS got', [OWNER_LOCK])
    return got.rows[0]?.got === true ? 'free' : 'owned'
  } catch (error) {
    // 3D000: the database was never made, so whoever started the server died right then.
    return error instanceof DatabaseError && error.code === '3D000' ? 'free' : 'unreachable'
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function start(folder: string, binaries: PostgresBinaries, logFile: string): Promise<Place | null> {
  const postmaster = await startPostmaster(folder, binaries, logFile)
  const life = { over: false }
  void postmaster.ended.then(() => (life.over = true))
  const deadline = Date.now() + 15_000
  while (Date.now() < deadline && !life.over) {
    const client = new Client(socketConfig(postmaster.socketFolder, 'postgres'))
    client.on('error', () => undefined)
    try {
      await client.connect()
      const there = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE])
      if (there.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`)
      return { config: socketConfig(postmaster.socketFolder, DATABASE), postmaster }
    } catch {
      await sleep(50) // not listening yet
    } finally {
      await client.end().catch(() => undefined)
    }
  }
  await postmaster.stop()
  return null
}

async function connect(
  config: ClientConfig,
  postmaster: Postmaster | null,
  options: StoreOptions
): Promise<Store> {
  let closing = false
  const line = new Client({ ...config, keepAlive: true })
  const lost = new Promise<string>((resolve) => {
    line.on('error', (error) => {
      if (!closing) resolve(error.message)
    })
    line.on('end', () => {
      if (!closing) resolve('the connection ended')
    })
  })
  await line.connect().catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : 'no reason given'
    throw new Error(`PostgreSQL cannot be reached: ${reason}. Is the server at DATABASE_URL up?`, {
      cause: error
    })
  })
  if (options.as === 'hub' || postmaster !== null) await own(line)
  await requireDurability(line)
  await migrateStore(line)
  const pool = new Pool({ ...config, max: options.connections ?? 12 })
  pool.on('error', () => undefined) // an idle connection broke: the next query opens another or fails loudly
  // One that breaks while a transaction has it has no other listener, and would end the process: what runs on it fails
  // and says so, and when all of the database is gone, `lost` does.
  pool.on('connect', (client) => client.on('error', () => undefined))
  const db = drizzle(pool)
  return {
    db,
    line,
    lost,
    close: async () => {
      closing = true
      await pool.end()
      await line.end()
      await postmaster?.stop()
    }
  }
}

async function own(line: Client): Promise<void> {
  const deadline = Date.now() + 10_000
  for (;;) {
    const got = await line.query<{ got: boolean }>('SELECT pg_try_advisory_lock($1) AS got', [OWNER_LOCK])
    if (got.rows[0]?.got === true) return
    if (Date.now() > deadline) {
      throw new Error('Another hub uses this database. A database has one hub: end the other one first.')
    }
    await sleep(200)
  }
}

function refuseRoot(): void {
  if (process.getuid?.() !== 0) return
  throw new Error(
    'The hub does not run as root, and PostgreSQL refuses to. Start it as an ordinary user that owns the data folder, ' +
      'for example: su havendesk -c "node out/hub/hub.js serve --data DIR"'
  )
}
