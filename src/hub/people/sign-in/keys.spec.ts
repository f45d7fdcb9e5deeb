import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSignInKeys, signInKeys } from './keys'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hd-keys-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('what is sealed for one person is opened for them alone, with the same key, unaltered', async () => {
  const keys = await openSignInKeys(folder)
  const sealed = keys.seal('JBSWY3DPEHPK3PXP', 'ana')
  expect((await openSignInKeys(folder)).unseal(sealed, 'ana')).toBe('JBSWY3DPEHPK3PXP')
  expect(sealed.includes('JBSWY3DPEHPK3PXP')).toBe(false)
  expect(keys.unseal(sealed, 'ben')).toBeNull()
  expect(signInKeys(randomBytes(32)).unseal(sealed, 'ana')).toBeNull()
  for (let at = 0; at < sealed.length; at += 1) {
    const altered = Buffer.from(sealed)
    altered[at] = (altered[at] ?? 0) ^ 1
    expect(keys.unseal(altered, 'ana')).toBeNull()
  }
  expect(keys.unseal(Buffer.alloc(3), 'ana')).toBeNull()
  expect((await stat(join(folder, 'sign-in.key'))).mode & 0o077).toBe(0)
})

test('a key file that is cut short keeps the hub from starting, in words', async () => {
  await writeFile(join(folder, 'sign-in.key'), 'short')
  await expect(openSignInKeys(folder)).rejects.toThrow(/has to hold 32 bytes/)
})
