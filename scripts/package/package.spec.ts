import { generateKeyPairSync } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { packagingProblem, type PackagingWish } from './may-package'
import { readBuildKey, temporaryKey } from './manifest'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'package-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('A2: who may package what', () => {
  const wish: PackagingWish = {
    flavour: 'release',
    platform: 'linux',
    runtime: { source: 'official', version: '45.4.1' },
    keyFile: 'build.key'
  }
  test('a release with its key around the official runtime', () => {
    expect(packagingProblem(wish)).toBeNull()
  })
  test.each([
    ['a release without a key', { keyFile: undefined }, '--sign-key'],
    [
      'a release around the fall-back',
      { runtime: { source: 'fallback', version: '33.2.1' } as const },
      '33.2.1'
    ],
    ['anything elsewhere', { platform: 'win32' as const, flavour: 'demo' as const }, 'Linux']
  ])('not %s: it says what to do', (_what, change, words) => {
    expect(packagingProblem({ ...wish, ...change })).toContain(words)
  })
  test.each(['demo', 'test'] as const)('a %s build around any runtime, with a key of its own', (flavour) => {
    const runtime = { source: 'fallback', version: '33.2.1' } as const
    expect(packagingProblem({ ...wish, flavour, runtime, keyFile: undefined })).toBeNull()
    expect(temporaryKey().key.keyId).not.toBe(temporaryKey().key.keyId)
  })
})

describe('A2: the build key', () => {
  const write = (type: 'ed25519' | 'x25519', mode = 0o600): string => {
    const { privateKey } = type === 'ed25519' ? generateKeyPairSync(type) : generateKeyPairSync(type)
    const file = join(folder, 'build.key')
    writeFileSync(file, privateKey.export({ format: 'pem', type: 'pkcs8' }))
    chmodSync(file, mode)
    return file
  }
  test('is read from PEM', () => {
    expect(readBuildKey(write('ed25519')).key.publicKey).toHaveLength(43)
  })
  test('that others may read is refused', () => {
    expect(() => readBuildKey(write('ed25519', 0o644))).toThrow('chmod 600')
  })
  test('of another kind is refused', () => {
    expect(() => readBuildKey(write('x25519'))).toThrow('no Ed25519 key')
  })
  test('that is none is refused', () => {
    const file = join(folder, 'build.key')
    writeFileSync(file, 'not a key', { mode: 0o600 })
    expect(() => readBuildKey(file)).toThrow('no private key in PEM')
  })
})
