import { existsSync, readFileSync, statSync } from 'node:fs'
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { randomUUID } from 'node:crypto'

const stampName = '.stamp.json'

/**
 * Whether a folder stands complete as `version` of itself: its stamp says so and every file it lists has its size.
 * @param {string} dest
 * @param {string} version
 */
export function isPlaced(dest, version) {
  try {
    const stamp = JSON.parse(readFileSync(join(dest, stampName), 'utf8'))
    if (stamp.version !== version) return false
    return Object.entries(stamp.files).every(([file, size]) => statSync(join(dest, file)).size === size)
  } catch {
    // No stamp, half a stamp or a file gone: it is simply not there, and will be built.
    return false
  }
}

async function listFiles(folder) {
  /** @type {Record<string, number>} */
  const files = {}
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath ?? entry.path, entry.name)
    files[path.slice(folder.length + 1)] = (await stat(path)).size
  }
  return files
}

/**
 * Makes a folder whole or not at all: built beside its place, stamped, then renamed. An interrupted run leaves only
 * leftovers that the next one removes.
 * @param {{ dest: string, version: string, build: (folder: string) => Promise<void> }} options
 * @returns {Promise<'present' | 'built'>}
 */
export async function place({ dest, version, build }) {
  await clearLeftovers(dest)
  if (isPlaced(dest, version)) return 'present'
  await mkdir(dirname(dest), { recursive: true })
  const fresh = `${dest}.tmp-${randomUUID()}`
  await mkdir(fresh)
  try {
    await build(fresh)
    const stamp = { version, files: await listFiles(fresh) }
    await writeFile(join(fresh, stampName), `${JSON.stringify(stamp, null, 1)}\n`)
    if (existsSync(dest)) await rename(dest, `${dest}.tmp-${randomUUID()}`)
    await rename(fresh, dest)
  } finally {
    await clearLeftovers(dest)
  }
  return 'built'
}

async function clearLeftovers(dest) {
  const parent = dirname(dest)
  for (const name of await readdir(parent).catch(() => [])) {
    if (name.startsWith(`${basename(dest)}.tmp-`))
      await rm(join(parent, name), { recursive: true, force: true })
  }
}
