import { existsSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { verifyFile } from './hash.mjs'
import { packFromRegistry } from './npm-pack.mjs'
import { SetupError } from './report.mjs'
import { run } from './run.mjs'

/**
 * A package of the registry used as a plain archive: nothing of it is installed or run.
 * @typedef {{ spec: string, integrity: string, bytes: number }} PackagePin
 */

/** @param {PackagePin} pin @param {string} downloads */
export const tarballPath = (pin, downloads) =>
  join(downloads, `${pin.spec.replace(/[^a-z0-9.]+/gi, '-').replace(/^-/, '')}.tgz`)

/**
 * The tarball, downloaded now or left by an interrupted run. Its hash is checked each time it is about to be used.
 * @param {PackagePin} pin
 * @param {{ downloads: string, report: ReturnType<import('./report.mjs').createReport>,
 *   pack?: typeof packFromRegistry }} context
 */
export async function obtain(pin, { downloads, report, pack = packFromRegistry }) {
  const to = tarballPath(pin, downloads)
  if (await isIntact(to, pin)) return to
  await rm(to, { force: true })
  await pack({ ...pin, to, report })
  return to
}

/** What an interrupted run left may have suffered with it; then it is brought again, and checked like the first time. */
async function isIntact(path, { integrity, spec }) {
  if (!existsSync(path)) return false
  return verifyFile(path, integrity, spec).then(
    () => true,
    () => false
  )
}

/**
 * Copies files out of a tarball, each checked against its own pinned SHA-256.
 * @param {string} tarball
 * @param {readonly { from: string, to: string, sha256: string }[]} files `from`: path inside the package
 * @param {string} folder
 */
export async function pick(tarball, files, folder) {
  const scratch = await mkdtemp(join(folder, '.unpack-'))
  try {
    await untar(
      tarball,
      files.map(({ from }) => from),
      scratch
    )
    for (const { from, to, sha256 } of files) {
      const unpacked = join(scratch, 'package', from)
      await verifyFile(unpacked, sha256, from)
      await mkdir(dirname(join(folder, to)), { recursive: true })
      await copyFile(unpacked, join(folder, to))
    }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/** Unpacks the named files of an npm tarball with the system's tar, below `package/` in `folder`. */
export async function untar(tarball, names, folder) {
  const { code, stderr } = await run('tar', [
    '-xzf',
    tarball,
    '-C',
    folder,
    ...names.map((name) => `package/${name}`)
  ])
  if (code === 127)
    throw new SetupError('The program "tar" is needed to unpack downloads. Install it, then run again.')
  if (code !== 0) throw new SetupError(`Could not unpack ${tarball}: ${stderr.trim()}`)
}
