import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { takeRefusedStart } from './refused-start'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'refused-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('A2: what the launcher refused is told once', () => {
  const said = `snapshot_blob.bin: expected ${'a'.repeat(16)}, found ${'b'.repeat(16)}`
  writeFileSync(join(folder, 'refused-start'), `${said}\n`)
  expect(takeRefusedStart(folder)).toBe(said)
  expect(takeRefusedStart(folder)).toBeNull()
})

test('A2: a note that somebody else wrote is told as such, never passed on', () => {
  writeFileSync(join(folder, 'refused-start'), 'anything <b>else</b>')
  expect(takeRefusedStart(folder)).toBe('a note that cannot be read')
  expect(existsSync(join(folder, 'refused-start'))).toBe(false)
})
