import type { DatabaseSyncInstance } from '@photostructure/sqlite'
import { err, ok, type Result } from '../../../core/result'
import { closeQuietly, openDatabase, problemOf, type StoreProblem } from './database'
import { finishRebuild, rebuild } from './rebuild'
import type { Mark } from './sealed-row'
import { verifyRows, type Verified } from './verify'

/** Opens and verifies; a file that cannot be trusted is rebuilt once from what opens. */
export async function openVerified(
  path: string,
  key: Uint8Array,
  known: ReadonlyMap<string, Mark>
): Promise<Result<{ readonly database: DatabaseSyncInstance; readonly verified: Verified }, StoreProblem>> {
  try {
    await finishRebuild(path)
  } catch (error) {
    return err(problemOf(error))
  }
  const first = tryOpen(path, key, known)
  if (first.ok && !first.value.verified.hopeless) return first
  if (!first.ok && first.error.kind !== 'corrupt') return first
  if (first.ok) closeQuietly(first.value.database)
  const rebuilt = await rebuild(path, !first.ok)
  if (!rebuilt.ok) return rebuilt
  const second = tryOpen(path, key, known)
  if (!second.ok) return second
  const { database, verified } = second.value
  // The file itself was lost, whatever could be carried over: that is told.
  const before = first.ok ? first.value.verified.untold : 0
  return ok({ database, verified: { ...verified, untold: verified.untold + Math.max(1, before) } })
}

function tryOpen(
  path: string,
  key: Uint8Array,
  known: ReadonlyMap<string, Mark>
): Result<{ database: DatabaseSyncInstance; verified: Verified }, StoreProblem> {
  const opened = openDatabase(path)
  if (!opened.ok) return opened
  try {
    const verified = verifyRows(opened.value, key, known, new Date().toISOString())
    return ok({ database: opened.value, verified })
  } catch (error) {
    closeQuietly(opened.value)
    return err(problemOf(error))
  }
}
