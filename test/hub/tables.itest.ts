import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getTableColumns, getTableName, is, sql, Table } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrateStore } from '../../src/hub/store/migrate'
import * as integration from '../../src/hub/store/integration-tables'
import * as oversight from '../../src/hub/store/oversight-tables'
import * as signIn from '../../src/hub/store/sign-in-tables'
import * as tables from '../../src/hub/store/tables'
import type { Queries } from '../../src/hub/store/index'
import { World } from './support/world'

let world: World
beforeAll(async () => {
  world = await World.start()
})
afterAll(() => world.close())

async function columns(
  db: Pick<Queries, 'execute'> = world.hub.store.db
): Promise<Map<string, { name: string; nullable: boolean }[]>> {
  const found = await db.execute<{ table: string; name: string; nullable: string }>(sql`
    SELECT table_name AS table, column_name AS name, is_nullable AS nullable
    FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, column_name`)
  const byTable = new Map<string, { name: string; nullable: boolean }[]>()
  for (const row of found.rows) {
    const entry = { name: row.name, nullable: row.nullable === 'YES' }
    byTable.set(row.table, [...(byTable.get(row.table) ?? []), entry])
  }
  return byTable
}

const forAllTeams = [
  'policy',
  'model',
  'model_file',
  'model_piece',
  'trust_root',
  'trust_snapshot',
  'allowed_build',
  'tpm_authority',
  'integration_key',
  'channel',
  'sign_in_refusal'
]

test('every table names its organisation and its team; only what IT settles for all, and who was let in nowhere, may be without a team', async () => {
  for (const [table, found] of await columns()) {
    const organisation = found.find((column) => column.name === 'organisation_id')
    const team = found.find((column) => column.name === 'team_id')
    expect([table, organisation?.nullable]).toEqual([table, false])
    if (table !== 'organisation')
      expect([table, team?.nullable]).toEqual([table, forAllTeams.includes(table)])
  }
})

test('the tables as queries see them are the tables as the migrations make them', async () => {
  const made = await columns()
  const seen = [tables, oversight, integration, signIn]
    .flatMap((module) => Object.values(module))
    .filter((value) => is(value, Table))
  expect(seen.map(getTableName).sort()).toEqual([...made.keys()].sort())
  for (const table of seen) {
    const own = Object.values(getTableColumns(table))
      .map((column) => ({ name: column.name, nullable: !column.notNull && !column.primary }))
      .sort((a, b) => a.name.localeCompare(b.name))
    const theirs = [...(made.get(getTableName(table)) ?? [])].sort((a, b) => a.name.localeCompare(b.name))
    expect([getTableName(table), own]).toEqual([getTableName(table), theirs])
  }
})

test('a row cannot belong to the team of another organisation', async () => {
  const insert = world.hub.store.db.execute(sql`
    INSERT INTO person (id, organisation_id, team_id, name, email, role, password_hash)
    SELECT gen_random_uuid(), o.organisation_id, t.team_id, 'x', 'x@x.example', 'advocate', 'x'
    FROM organisation o JOIN team t ON t.organisation_id <> o.organisation_id LIMIT 1`)
  await expect(insert).rejects.toMatchObject({ cause: { code: '23503' } })
})

/** Brings an empty database to where the first so many migrations leave it. */
async function migrateTo(client: Client, count: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'migrations-'))
  try {
    cpSync('src/hub/store/migrations', folder, { recursive: true })
    const file = join(folder, 'meta', '_journal.json')
    const journal = JSON.parse(readFileSync(file, 'utf8')) as { entries: unknown[] }
    writeFileSync(file, JSON.stringify({ ...journal, entries: journal.entries.slice(0, count) }))
    await migrate(drizzle(client), { migrationsFolder: folder })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

test('a database from before roots and attestation comes up to date, with what is in it', async () => {
  const { host, port, user } = world.hub.store.line
  await world.hub.store.db.execute(sql`CREATE DATABASE earlier`)
  const client = new Client({ host, port, ...(user === undefined ? {} : { user }), database: 'earlier' })
  await client.connect()
  try {
    await migrateTo(client, 3)
    await client.query(`
      INSERT INTO organisation (organisation_id, name, demo)
      VALUES ('00000000-0000-4000-8000-000000000001', 'Earlier Care', false)`)
    await client.query(`
      INSERT INTO policy (organisation_id, version, envelope)
      VALUES ('00000000-0000-4000-8000-000000000001', 1, '{}')`)
    await migrateStore(client)
    const policies = await client.query('SELECT version, disowned_at FROM policy')
    expect(policies.rows).toEqual([{ version: 1, disowned_at: null }])
    // Its desks may run an older client: nothing is asked of them that those cannot do.
    const owners = await client.query('SELECT attestation FROM organisation')
    expect(owners.rows).toEqual([{ attestation: 'report' }])
    expect(await columns(drizzle(client))).toEqual(await columns())
  } finally {
    await client.end()
  }
})

test('a connection that breaks within a transaction fails the transaction, and ends nothing else', async () => {
  const { db, line } = world.hub.store
  const broken = db.transaction(async (transaction) => {
    const found = await transaction.execute<{ pid: number }>(sql`SELECT pg_backend_pid() AS pid`)
    await line.query('SELECT pg_terminate_backend($1, 5000)', [found.rows[0]?.pid])
    await transaction.execute(sql`SELECT 1`)
  })
  await expect(broken).rejects.toThrow()
  // An error that nobody listens for would have ended the process by now: the runner counts it as a failure.
  expect((await db.execute(sql`SELECT 1 AS one`)).rows).toEqual([{ one: 1 }])
})
