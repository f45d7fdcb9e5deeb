import { getTableColumns, getTableName, is, sql, Table } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as tables from '../../src/hub/store/tables'
import { World } from './support/world'

let world: World
beforeAll(async () => {
  world = await World.start()
})
afterAll(() => world.close())

async function columns(): Promise<Map<string, { name: string; nullable: boolean }[]>> {
  const found = await world.hub.store.db.execute<{ table: string; name: string; nullable: string }>(sql`
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
  'tpm_authority'
]

test('every table names its organisation and its team; only what IT settles for all may be for all teams', async () => {
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
  const seen = Object.values(tables).filter((value) => is(value, Table))
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
