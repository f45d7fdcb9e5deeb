import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite'
import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { err, ok, type Result } from '../../../core/result'
import { syncFolder } from '../durable-file'
import { closeQuietly, commit, openDatabase, problemOf, type StoreProblem } from './database'
import { readRow, type SealedRow } from './sealed-row'

const draftOf = (path: string): string => `${path}.rebuilt`

/** Ends what a crash in the middle of a rebuild left: the old file still there wins over the draft. */
export async function finishRebuild(path: string): Promise<void> {
  const draft = draftOf(path)
  if (!existsSync(draft)) return
  if (existsSync(path)) await removeDatabase(draft)
  else await rename(draft, path)
  await syncFolder(dirname(path))
}

/**
 * Sets a damaged file aside under a name that says when, and puts a new one in its place that holds every row that
 * could still be read. The damaged file stays whole until the new one is complete.
 * Returns the number of rows carried over.
 */
export async function rebuild(path: string, carryOver: boolean): Promise<Result<number, StoreProblem>> {
  const rows = carryOver ? salvage(path) : []
  const draft = draftOf(path)
  let draftDatabase: DatabaseSyncInstance | null = null
  try {
    await removeDatabase(draft)
    const opened = openDatabase(draft)
    if (!opened.ok) return opened
    draftDatabase = opened.value
    const put = opened.value.prepare('INSERT OR IGNORE INTO record_v1 (boot, seq, sealed) VALUES (?, ?, ?)')
    commit(opened.value, () => {
      for (const row of rows) put.run(row.boot, row.seq, row.sealed)
    })
    opened.value.close()
    await setAside(path)
    await rename(draft, path)
    await syncFolder(dirname(path))
    return ok(rows.length)
  } catch (error) {
    closeQuietly(draftDatabase)
    return err(problemOf(error))
  }
}

/** The log first: a log that outlived its database would be replayed into the new one. */
async function setAside(path: string): Promise<void> {
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, '-')
  const aside = join(dirname(path), `outbox.damaged-${stamp}.sqlite`)
  for (const suffix of ['-wal', '-shm', '-journal', '']) {
    if (existsSync(path + suffix)) await rename(path + suffix, aside + suffix)
  }
}

async function removeDatabase(path: string): Promise<void> {
  for (const suffix of ['-wal', '-shm', '-journal', '']) await rm(path + suffix, { force: true })
}

/** Reads what can be read, from both ends, since a damaged page stops a walk. */
function salvage(path: string): SealedRow[] {
  const found = new Map<string, SealedRow>()
  let database: DatabaseSyncInstance | null = null
  try {
    database = new DatabaseSync(path, { timeout: 1000 })
    const opened = database
    for (const order of ['ASC', 'DESC']) walk(opened, order, found)
  } catch {
    return [...found.values()] // not a database any more: whatever was read before counts
  } finally {
    closeQuietly(database)
  }
  return [...found.values()]
}

function walk(database: DatabaseSyncInstance, order: string, found: Map<string, SealedRow>): void {
  const rows: SealedRow[] = []
  try {
    const all = database.prepare(`SELECT boot, seq, sealed FROM record_v1 NOT INDEXED ORDER BY id ${order}`)
    for (const raw of all.iterate()) {
      const row = readRow(raw)
      if (row !== null) rows.push(row)
    }
  } catch (error) {
    if (problemOf(error).kind === 'refused') throw error
  }
  if (order === 'DESC') rows.reverse()
  for (const row of rows) {
    const name = JSON.stringify([row.boot, row.seq])
    if (!found.has(name)) found.set(name, row)
  }
}
