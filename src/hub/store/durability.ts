import type { ClientBase } from 'pg'

const wanted: Readonly<Record<string, string>> = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on'
}

/**
 * Reads back the settings that make a commit survive a power cut, and throws when one is off: an alert acknowledged
 * by such a database could be lost. (`remote_apply` and `remote_write` are stronger than or as strong as `on` locally,
 * yet the hub asks for exactly what it was tested with.)
 */
export async function requireDurability(client: ClientBase): Promise<void> {
  for (const [name, value] of Object.entries(wanted)) {
    const found = await client.query<Record<string, string>>(`SHOW ${name}`)
    const got = found.rows[0]?.[name]
    if (got !== value) {
      throw new Error(
        `PostgreSQL says ${name} = ${got ?? 'nothing'}, and the hub needs ${name} = ${value}: ` +
          'without it an acknowledged alert can be lost. Set it in postgresql.conf and restart PostgreSQL.'
      )
    }
  }
  const version = await client.query<{ server_version_num: string }>('SHOW server_version_num')
  const number = Number(version.rows[0]?.server_version_num ?? 0)
  if (number < 150000)
    throw new Error('The hub needs PostgreSQL 15 or newer. Upgrade the server at DATABASE_URL.')
}
