import { join, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import type { Client } from 'pg'

/** Beside this file in the source, beside the bundle when built. */
const folder = join(dirname(fileURLToPath(import.meta.url)), 'migrations')

const LOCK = 7_201_002

/**
 * Brings the tables to this program's version; one program at a time. Throws when a migration that was applied is not
 * the one this program knows (an older program on a newer database, or an edited file).
 */
export async function migrateStore(client: Client): Promise<void> {
  await client.query('SELECT pg_advisory_lock($1)', [LOCK])
  try {
    await requireSameHistory(client)
    await migrate(drizzle(client), { migrationsFolder: folder })
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [LOCK])
  }
}

async function requireSameHistory(client: Client): Promise<void> {
  const table = await client.query<{ name: string | null }>(
    `SELECT to_regclass('drizzle.__drizzle_migrations')::text AS name`
  )
  if (table.rows[0]?.name == null) return
  const applied = await client.query<{ hash: string }>(
    'SELECT hash FROM drizzle.__drizzle_migrations ORDER BY created_at'
  )
  const known = readMigrationFiles({ migrationsFolder: folder })
  applied.rows.forEach((row, index) => {
    if (known[index]?.hash === row.hash) return
    throw new Error(
      `Migration ${index + 1} in the database is not the one this program has. ` +
        'Use the hub version that wrote this database, or a newer one.'
    )
  })
}
