import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { buildMain } from '../../../test/built-main'

/** What only benches, demos and tests may be told. None of it may stand in a release build. */
const benchOnly = [
  'havendesk-data',
  'havendesk-camera',
  'havendesk-preview',
  'havendesk-record',
  'use-fake-device',
  'use-file-for-fake-video-capture',
  'use-fake-ui'
]

describe('the release build', () => {
  let folder = ''
  const text = (part: string): string =>
    readdirSync(join(folder, part), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
      .join('\n')

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hd-release-'))
    for (const flavour of ['release', 'test'] as const) await buildMain(flavour, join(folder, flavour))
  })
  afterAll(() => {
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true, force: true })
  })

  it('holds no switch that weakens it', () => {
    const release = text('release')
    expect(release).toContain('requestSingleInstanceLock')
    expect(benchOnly.filter((word) => release.includes(word))).toEqual([])
  })

  it('while the test build does, so that the search is known to work', () => {
    const test = text('test')
    expect(test).toContain('havendesk-camera')
    expect(test).toContain('use-file-for-fake-video-capture')
  })
})
