import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { sql } from 'drizzle-orm'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { requires, whyMissing } from '../requires'
import { raised, records, World } from './support/world'
import { soon } from '../soon'

// The same hub on a PostgreSQL that is not its own: the one of DATABASE_URL, else Debian's in a folder of ours.
const run = promisify(execFile)
let folder = ''
let server = ''
let bin = ''
let database = ''

beforeAll(async () => {
  if (whyMissing('postgres') !== null) return
  folder = await mkdtemp(join(tmpdir(), 'hd-own-'))
  server = process.env['DATABASE_URL'] ?? (await startDebians())
  database = `havendesk_${randomUUID().replaceAll('-', '')}`
  await ask(`CREATE DATABASE ${database}`)
})
afterAll(async () => {
  if (database !== '') await ask(`DROP DATABASE ${database} WITH (FORCE)`)
  if (bin !== '') await run(join(bin, 'pg_ctl'), ['stop', '-D', join(folder, 'data'), '-m', 'fast', '-w'])
  if (folder !== '') await rm(folder, { recursive: true, force: true })
})

async function startDebians(): Promise<string> {
  const versions = readdirSync('/usr/lib/postgresql').filter((name) => Number(name) >= 15)
  bin = join('/usr/lib/postgresql', versions.sort()[0] ?? '15', 'bin')
  if (!existsSync(join(bin, 'initdb'))) throw new Error(`${bin} has no initdb`)
  const data = join(folder, 'data')
  await run(join(bin, 'initdb'), ['-D', data, '--auth-local=peer', '--auth-host=reject', '--no-sync'])
  const options = `-c listen_addresses= -c unix_socket_directories=${folder}`
  await run(join(bin, 'pg_ctl'), ['start', '-D', data, '-w', '-l', join(folder, 'log'), '-o', options])
  return `postgresql:///postgres?host=${folder}&user=${userInfo().username}`
}

async function ask(query: string): Promise<void> {
  const client = new Client({ connectionString: server })
  await client.connect()
  try {
    await client.query(query)
  } finally {
    await client.end()
  }
}

const own = (): string => {
  const url = new URL(server.replace('postgresql:///', 'postgresql://none/'))
  url.pathname = `/${database}`
  return url.href.replace('postgresql://none/', 'postgresql:///')
}

test('the hub works the same on a PostgreSQL of your own', async (context) => {
  requires(context, 'postgres')
  const world = await World.start({ databaseUrl: own() })
  try {
    const device = await world.device()
    const console_ = await world.console()
    const stream = await console_.stream((await console_.board()).cursor)
    const id = randomUUID()
    await device.sync({ records: records(0, raised(id)) })
    expect((await device.sync({ records: records(0, raised(id)) })).ackBelow).toBe(1)
    await soon(() => expect(JSON.stringify(stream.received)).toContain(id))
    await console_.send('POST', `/console/v1/alerts/${id}/acknowledge`)
    await soon(() => expect(JSON.stringify(stream.received)).toContain('"status":"acknowledged"'))
    stream.close()
    expect(existsSync(join(world.folder, 'postgres'))).toBe(false)
    const version = await world.hub.store.db.execute(sql`SHOW server_version_num`)
    expect(Number(version.rows[0]?.['server_version_num'])).toBeGreaterThanOrEqual(150000)
  } finally {
    await world.close()
  }
})

test('a PostgreSQL that may lose what it acknowledged is refused', async (context) => {
  requires(context, 'postgres')
  await ask(`ALTER DATABASE ${database} SET synchronous_commit = off`)
  await expect(World.start({ databaseUrl: own() })).rejects.toThrow('synchronous_commit = off')
  await ask(`ALTER DATABASE ${database} RESET synchronous_commit`)
})
