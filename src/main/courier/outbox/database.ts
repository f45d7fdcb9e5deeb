import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite'
import { err, ok, type Result } from '../../../core/result'
import { codeOf } from '../durable-file'

/** What went wrong with the file, as far as it decides what to do next. */
export interface StoreProblem {
  /** `corrupt`: set it aside. `full`: wait for space. `refused`: it cannot serve as an outbox at all. */
  readonly kind: 'corrupt' | 'full' | 'refused'
  readonly detail: string
}

/** Older ones can corrupt a write-ahead log when it is reset. */
const OLDEST_SQLITE = [3, 51, 3] as const

const TABLE = `CREATE TABLE IF NOT EXISTS record_v1 (
  id INTEGER PRIMARY KEY,
  boot TEXT NOT NULL,
  seq INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  UNIQUE (boot, seq)
) STRICT`

/**
 * Opens the file with a write-ahead log that is synced at every commit, and reads back that it is so.
 * Exclusive: a second program on the same folder is refused.
 */
export function openDatabase(path: string): Result<DatabaseSyncInstance, StoreProblem> {
  let database: DatabaseSyncInstance | null = null
  try {
    database = new DatabaseSync(path, { timeout: 1000, allowExtension: false, defensive: true })
    const opened = database
    const read = (pragma: string): unknown => firstValue(opened.prepare(`PRAGMA ${pragma}`).get())
    const mode = (pragma: string, wanted: unknown): void => {
      const found = read(pragma)
      if (found !== wanted) throw new Unfit(`${pragma} gave ${String(found)}, not ${String(wanted)}`)
    }
    const version = String(firstValue(opened.prepare('SELECT sqlite_version()').get()))
    if (!isAtLeast(version, OLDEST_SQLITE)) throw new Unfit(`SQLite ${version} is too old`)
    mode('locking_mode = EXCLUSIVE', 'exclusive')
    mode('journal_mode = WAL', 'wal')
    opened.exec('PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON')
    mode('synchronous', 2)
    opened.exec(TABLE)
    const integrity = read('integrity_check')
    if (integrity !== 'ok') {
      database.close()
      return err({ kind: 'corrupt', detail: String(integrity).slice(0, 200) })
    }
    return ok(database)
  } catch (error) {
    closeQuietly(database)
    return err(problemOf(error))
  }
}

/** Sorts an error of SQLite by what to do about it. */
export function problemOf(error: unknown): StoreProblem {
  const detail = (error instanceof Error ? error.message : String(error)).slice(0, 200)
  if (error instanceof Unfit) return { kind: 'refused', detail }
  const code = error instanceof Error && 'sqliteCode' in error ? Number(error.sqliteCode) & 0xff : Number.NaN
  if (FULL.has(code)) return { kind: 'full', detail }
  if (BUSY.has(code)) return { kind: 'refused', detail: `in use by another program: ${detail}` }
  if (UNREACHABLE.has(code)) return { kind: 'refused', detail }
  const system = codeOf(error)
  if (NO_SPACE.has(system)) return { kind: 'full', detail }
  if (/^E[A-Z]+$/.test(system)) return { kind: 'refused', detail }
  // What is left is a file that does not behave like the database we wrote: NOTADB, CORRUPT, a schema
  // that lost its table, a value of the wrong type.
  return { kind: 'corrupt', detail }
}

/** SQLITE_FULL, and SQLITE_IOERR, which a quota and a failing disk give: retried, never taken for damage. */
const FULL = new Set([13, 10])
const BUSY = new Set([5, 6])
/** SQLITE_PERM, READONLY, CANTOPEN, NOMEM. */
const UNREACHABLE = new Set([3, 8, 14, 7])

/** The same from the file system. */
const NO_SPACE = new Set(['ENOSPC', 'EDQUOT', 'EIO'])

class Unfit extends Error {}

/** Closes whatever is open; a file that cannot even be closed is as good as closed. */
export function closeQuietly(database: DatabaseSyncInstance | null): void {
  try {
    database?.close()
  } catch {
    return
  }
}

/** Runs `work` as one commit that is synced when this returns. */
export function commit(database: DatabaseSyncInstance, work: () => void): void {
  database.exec('BEGIN IMMEDIATE')
  try {
    work()
    database.exec('COMMIT')
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

function firstValue(row: unknown): unknown {
  return typeof row === 'object' && row !== null ? Object.values(row)[0] : undefined
}

function isAtLeast(version: string, oldest: readonly number[]): boolean {
  const parts = version.split('.').map(Number)
  for (const [index, wanted] of oldest.entries()) {
    const part = parts[index] ?? 0
    if (part !== wanted) return part > wanted
  }
  return true
}
