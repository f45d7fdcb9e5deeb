import { execFile } from 'node:child_process'
import { access, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { PostgresBinaries } from './binaries'

const run = promisify(execFile)

/** The name under which this process speaks to its own PostgreSQL: the operating system vouches for it (`peer`). */
export const databaseUser = (): string => userInfo().username

/**
 * Makes a database folder unless it is there. It is built beside its place, synced to the disk file by file and then
 * renamed, so that a power cut leaves either no folder or a whole one.
 */
export async function ensureCluster(folder: string, binaries: PostgresBinaries): Promise<void> {
  const parent = dirname(folder)
  await mkdir(parent, { recursive: true, mode: 0o700 })
  if (await exists(join(folder, 'PG_VERSION'))) return
  const draft = `${folder}.new`
  await rm(draft, { recursive: true, force: true })
  const choices = [
    '--encoding=UTF8',
    '--locale=C',
    '--data-checksums',
    '--auth-local=peer',
    '--auth-host=reject'
  ]
  await run(binaries.initdb, ['-D', draft, '-U', databaseUser(), ...choices], {
    env: { ...process.env, ...binaries.env }
  })
  await syncTree(draft)
  await rename(draft, folder)
  await syncPath(parent)
}

async function syncTree(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await syncTree(path)
    else if (entry.isFile()) await syncPath(path)
  }
  await syncPath(folder)
}

async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false
  )
