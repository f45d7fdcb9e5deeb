import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { KEY_BYTES, openKeyFile } from './key-file'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hd-key-file-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('a key is made once, for the hub’s user alone, and the same is read afterwards', async () => {
  const file = join(folder, 'a.key')
  const made = await openKeyFile(file, 'No remedy.')
  expect(made.length).toBe(KEY_BYTES)
  expect(await openKeyFile(file, 'No remedy.')).toEqual(made)
  expect((await stat(file)).mode & 0o077).toBe(0)
})

test('a file that holds no key is left alone and named, with what to do', async () => {
  const file = join(folder, 'b.key')
  await writeFile(file, 'short')
  await expect(openKeyFile(file, 'Put it back.')).rejects.toThrow(
    `${file} has to hold 32 bytes. Put it back.`
  )
  expect((await stat(file)).size).toBe(5)
  await expect(openKeyFile(join(folder, 'nowhere', 'c.key'), 'Put it back.')).rejects.toThrow('ENOENT')
})
