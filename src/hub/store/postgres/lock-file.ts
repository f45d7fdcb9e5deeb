import { execFile } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** What runs on a database folder now. */
export type Occupant =
  | { readonly state: 'nobody' }
  /** A lock file whose process is gone, or is some other program that got its number. */
  | { readonly state: 'stale'; readonly pid: number }
  | { readonly state: 'postmaster'; readonly pid: number; readonly socketFolder: string }

/** Reads PostgreSQL's lock file and checks that the process it names really is the server of this folder. */
export async function occupantOf(folder: string): Promise<Occupant> {
  const text = await readFile(join(folder, 'postmaster.pid'), 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return null
    throw error
  })
  if (text === null) return { state: 'nobody' }
  const lines = text.split('\n')
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 0) return { state: 'stale', pid: 0 }
  if (!isAlive(pid)) return { state: 'stale', pid }
  const command = await commandOf(pid)
  if (command === null) return { state: 'stale', pid } // it ended while we looked
  if (!command.includes('postgres') || !command.includes(folder)) return { state: 'stale', pid }
  return { state: 'postmaster', pid, socketFolder: lines[4]?.trim() ?? '' }
}

/** Removes a lock file that was found stale, unless it changed hands since. */
export async function removeStaleLock(folder: string, pid: number): Promise<void> {
  const now = await occupantOf(folder)
  if (now.state === 'stale' && now.pid === pid) await rm(join(folder, 'postmaster.pid'), { force: true })
}

/** True while a process of that number exists and is ours. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    if (errorCode(error) === 'ESRCH' || errorCode(error) === 'EPERM') return false
    throw error
  }
}

async function commandOf(pid: number): Promise<string | null> {
  try {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ')
  } catch (error) {
    if (!isMissing(error)) throw error
    return isAlive(pid) ? commandByPs(pid) : null
  }
}

async function commandByPs(pid: number): Promise<string | null> {
  try {
    return (await run('ps', ['-p', String(pid), '-o', 'args='])).stdout
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      throw new Error(
        `Cannot tell whether process ${pid} is the database of this folder: there is neither /proc nor ps. ` +
          'If no hub runs on it, remove postmaster.pid in the database folder and start again.',
        { cause: error }
      )
    }
    return null // ps found no such process
  }
}

const errorCode = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
const isMissing = (error: unknown): boolean => errorCode(error) === 'ENOENT'
