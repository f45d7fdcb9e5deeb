import { mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { libraryPath } from './binaries'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hd-pq-'))
  await mkdir(join(folder, 'a', 'native', 'lib'), { recursive: true })
  await writeFile(join(folder, 'a', 'native', 'lib', 'libpq.so.5.18'), 'a library')
  const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }]
  await writeFile(join(folder, 'a', 'native', 'pg-symlinks.json'), JSON.stringify(links))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('links that the package lacks are made beside the data, again and again, also after a move', async () => {
  const links = join(folder, 'links')
  for (let n = 0; n < 2; n += 1) {
    const env = await libraryPath(join(folder, 'a', 'native'), links)
    expect(env['LD_LIBRARY_PATH']).toBe(`${links}:${join(folder, 'a', 'native', 'lib')}`)
    expect(await readFile(join(links, 'libpq.so.5'), 'utf8')).toBe('a library')
  }
  await rename(join(folder, 'a'), join(folder, 'b'))
  await libraryPath(join(folder, 'b', 'native'), links)
  expect(await readFile(join(links, 'libpq.so.5'), 'utf8')).toBe('a library')
})

test('a package whose links were made needs nothing', async () => {
  await symlink('libpq.so.5.18', join(folder, 'a', 'native', 'lib', 'libpq.so.5'))
  expect(await libraryPath(join(folder, 'a', 'native'), join(folder, 'links'))).toEqual({})
})
