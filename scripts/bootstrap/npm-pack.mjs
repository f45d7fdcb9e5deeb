import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { verifyFile } from './hash.mjs'
import { npm } from './run.mjs'
import { SetupError } from './report.mjs'

async function folderBytes(folder) {
  let bytes = 0
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => [])) {
    if (!entry.isFile()) continue
    bytes += await stat(join(entry.parentPath ?? entry.path, entry.name)).then(
      (s) => s.size,
      () => 0
    )
  }
  return bytes
}

/**
 * Brings one package's tarball from the registry npm is configured for. npm knows the mirror, the proxy and the
 * credentials of this machine, so it does the asking; the hash is checked here, whatever npm thought of it.
 * @param {{ spec: string, integrity: string, bytes: number, to: string,
 *   report: ReturnType<import('./report.mjs').createReport>, stallMs?: number }} options
 *   `bytes`: the tarball's size, for the progress line alone
 */
export async function packFromRegistry({ spec, integrity, bytes, to, report, stallMs = 60_000 }) {
  await mkdir(dirname(to), { recursive: true })
  const folder = await mkdtemp(`${to}.part-`)
  try {
    await pack(spec, folder, bytes, report, stallMs)
    const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'))
    if (!tarball) throw new SetupError(`npm said it packed ${spec}, but left no file.`)
    await verifyFile(join(folder, tarball), integrity, `${spec} (${basename(tarball)})`)
    await rename(join(folder, tarball), to)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function pack(spec, folder, bytes, report, stallMs) {
  const cache = (await npm(['config', 'get', 'cache'])).stdout.trim()
  // npm shows nothing while it packs. What it has received so far lies in its cache's temporary folder.
  const arriving = cache ? join(cache, '_cacache', 'tmp') : folder
  const before = await folderBytes(arriving)
  const progress = report.progress(spec, { total: bytes })
  const stop = new AbortController()
  let newest = { size: before, at: Date.now() }
  const watch = setInterval(() => {
    void Promise.all([folderBytes(arriving), folderBytes(folder)]).then(([inCache, packed]) => {
      const size = inCache + packed
      if (size !== newest.size) newest = { size, at: Date.now() }
      else if (Date.now() - newest.at > stallMs) stop.abort()
      progress.update(Math.min(bytes, Math.max(0, inCache - before, packed)))
    })
  }, 250)
  try {
    const args = [
      'pack',
      spec,
      '--pack-destination',
      folder,
      '--ignore-scripts',
      '--prefer-offline',
      '--loglevel=error'
    ]
    const { code, stderr } = await npm(args, { signal: stop.signal, cwd: folder })
    if (code !== 0) throw new SetupError(`npm could not bring ${spec}:\n${stderr.trim()}`)
    progress.end(`${(bytes / 1e6).toFixed(1)} MB`)
  } catch (error) {
    progress.end('given up')
    if (!stop.signal.aborted) throw error
    throw new SetupError(
      `npm brought no byte of ${spec} for ${stallMs / 1000} s. Check the network, then run again.`
    )
  } finally {
    clearInterval(watch)
  }
}
