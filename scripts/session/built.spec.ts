import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { inputsOf, isBuilt, markBuilt } from './built.mjs'

let root = ''
const parts = ['test/main', 'test/preload', 'test/renderer', 'demo/main', 'demo/preload', 'demo/renderer']

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hd-built-'))
  for (const folder of [
    'src/main',
    'scripts',
    ...[...parts, 'hub', 'service', 'console'].map((part) => `out/${part}`)
  ]) {
    mkdirSync(join(root, folder), { recursive: true })
  }
  writeFileSync(join(root, 'src/main/index.ts'), 'export {}')
  writeFileSync(join(root, 'scripts/build.mjs'), '')
  writeFileSync(join(root, 'package.json'), '{}')
  writeFileSync(join(root, 'README.md'), 'words')
})
afterEach(() => rmSync(root, { recursive: true }))

const build = (flavour: string) => markBuilt(root, flavour, inputsOf(root, flavour))
const stands = (flavour: string) => isBuilt(root, flavour, inputsOf(root, flavour))

it('a build stands until something it is made from changes', () => {
  expect(stands('demo')).toBe(false)
  build('demo')
  expect(stands('demo')).toBe(true)
  writeFileSync(join(root, 'README.md'), 'other words')
  expect(stands('demo')).toBe(true)
  writeFileSync(join(root, 'src/main/index.ts'), 'export const changed = true')
  expect(stands('demo')).toBe(false)
})

it('a build does not stand when another flavour took the place of what both share', () => {
  build('demo')
  build('test')
  expect(stands('test')).toBe(true)
  expect(stands('demo')).toBe(false)
})

it('a build does not stand when a part of it was made anew or taken away', () => {
  build('demo')
  rmSync(join(root, 'out/hub'), { recursive: true })
  expect(stands('demo')).toBe(false)
})
