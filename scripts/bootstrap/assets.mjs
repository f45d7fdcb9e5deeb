import { copyFile, readFile, rm } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { verifyFile } from './hash.mjs'
import { isPlaced, place } from './place.mjs'
import { obtain, pick, tarballPath } from './tarball.mjs'

/** Changes with any pin, so that a folder made from older pins is made again. */
const versionOf = (value) => createHash('sha256').update(JSON.stringify(value)).digest('hex')

/**
 * The weights of every model in models/manifest.json, in `.runtime/models/<name>/`.
 * @param {{ root: string, downloads: string, report: ReturnType<import('./report.mjs').createReport> }} context
 */
export async function provideModels({ root, ...context }) {
  const { models } = JSON.parse(await readFile(join(root, 'models', 'manifest.json'), 'utf8'))
  for (const { name, version, source, files } of models) {
    const dest = join(root, '.runtime', 'models', name)
    if (source.package === undefined) {
      await provideOwn(join(root, source.folder), dest, files)
      continue
    }
    const chosen = files.map(({ path, sha256 }) => ({ from: `${source.folder}/${path}`, to: path, sha256 }))
    const pinned = { spec: source.package, integrity: source.integrity, bytes: source.bytes, files: chosen }
    await provide(`Model weights: ${name} ${version}`, dest, [pinned], context)
  }
}

/** Weights that stand in this repository: copied, each file checked against its own SHA-256. */
async function provideOwn(from, dest, files) {
  const version = versionOf(files)
  if (isPlaced(dest, version)) return
  const build = async (folder) => {
    for (const { path, sha256 } of files) {
      await verifyFile(join(from, path), sha256, path)
      await copyFile(join(from, path), join(folder, path))
    }
  }
  await place({ dest, version, build })
}

/**
 * The photographs that the demo's scene and the test clips are drawn from, in `.runtime/pictures/`.
 * @param {{ root: string, downloads: string, pins: { pictures: readonly object[] },
 *   report: ReturnType<import('./report.mjs').createReport> }} context
 */
export async function providePictures({ root, pins, ...context }) {
  await provide('Pictures for the demo scene', join(root, '.runtime', 'pictures'), pins.pictures, context)
}

/**
 * @param {string} title
 * @param {string} dest
 * @param {readonly (import('./tarball.mjs').PackagePin & { files: { from: string, to: string, sha256: string }[] })[]} sources
 * @param {Parameters<typeof obtain>[1]} context
 */
export async function provide(title, dest, sources, context) {
  const version = versionOf(sources)
  if (isPlaced(dest, version)) return
  context.report.step(title)
  const build = async (folder) => {
    for (const source of sources) await pick(await obtain(source, context), source.files, folder)
  }
  await place({ dest, version, build })
  for (const source of sources) await rm(tarballPath(source, context.downloads), { force: true })
}
