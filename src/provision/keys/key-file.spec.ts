import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readKeyFile, readKeyRoot, writeKeyFile } from './key-file'
import { createPolicyKey } from './policy-key'

const passphrase = 'a long enough passphrase'
const key = createPolicyKey()
let folder: string
let path: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hd-key-'))
  path = join(folder, 'policy.key')
  await writeKeyFile(path, key, passphrase)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('a key file opens with its passphrase, and only its owner can read it', async () => {
  const opened = await readKeyFile(path, passphrase)
  expect(opened).toEqual(key)
  expect(await readKeyRoot(path)).toEqual(key.root)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  const text = await readFile(path, 'utf8')
  expect(text).not.toContain(key.seed.toString('base64url'))
})

test('another passphrase, a short one and an existing file are refused', async () => {
  await expect(readKeyFile(path, 'another passphrase')).rejects.toThrow('does not open')
  await expect(writeKeyFile(join(folder, 'b'), key, 'short')).rejects.toThrow('at least 12')
  await expect(writeKeyFile(path, key, passphrase)).rejects.toThrow('never overwritten')
})

test('a file with any part changed does not open', async () => {
  const file = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>
  const other = createPolicyKey()
  const changed = join(folder, 'changed')
  const flip = (text: unknown) => {
    const value = String(text)
    return (value.startsWith('A') ? 'B' : 'A') + value.slice(1)
  }
  for (const bent of [
    { ...file, root: other.root },
    { ...file, sealed: flip(file['sealed']) },
    { ...file, tag: flip(file['tag']) },
    { ...file, iv: flip(file['iv']) },
    { ...file, kdf: { ...(file['kdf'] as object), n: 65_536 } },
    { ...file, more: 1 }
  ]) {
    await writeFile(changed, JSON.stringify(bent))
    await expect(readKeyFile(changed, passphrase)).rejects.toThrow(/does not open|not a policy key file/)
  }
})
