import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { provide } from './assets.mjs'
import { createReport } from './report.mjs'

const lines: string[] = []
const report = createReport({ stream: { write: (text: string) => lines.push(text) } })
const weights = 'weights of a model'
const sha256 = createHash('sha256').update(weights).digest('hex')
let folder = ''
let tarball = ''
let packed = 0

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hd-assets-'))
  mkdirSync(join(folder, 'made', 'package', 'models'), { recursive: true })
  writeFileSync(join(folder, 'made', 'package', 'models', 'shard1'), weights)
  tarball = join(folder, 'made.tgz')
  execFileSync('tar', ['-czf', tarball, '-C', join(folder, 'made'), 'package'])
  lines.length = 0
  packed = 0
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Stands in for the registry: copies the tarball made above, and counts how often it is asked. */
const pack = ({ to }: { to: string }) => {
  packed += 1
  mkdirSync(join(folder, 'downloads'), { recursive: true })
  cpSync(tarball, to)
  return Promise.resolve()
}
const integrity = () => `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`
const source = (hash = sha256) => ({
  spec: 'some-model@1.0.0',
  integrity: integrity(),
  bytes: 1,
  files: [{ from: 'models/shard1', to: 'shard1', sha256: hash }]
})
const dest = () => join(folder, 'models', 'some-model')
const run = (pinned = source()) =>
  provide('Model weights', dest(), [pinned], { downloads: join(folder, 'downloads'), report, pack })

it('unpacks the named files and throws the download away', async () => {
  await run()
  expect(readFileSync(join(dest(), 'shard1'), 'utf8')).toBe(weights)
  expect(readdirSync(join(folder, 'downloads'))).toEqual([])
})

it('does nothing the second time: no download, no word', async () => {
  await run()
  lines.length = 0
  await run()
  expect(packed).toBe(1)
  expect(lines).toEqual([])
})

it('stops at a file with another hash, names it, and puts nothing in place', async () => {
  await expect(run(source('0'.repeat(64)))).rejects.toThrow(/models\/shard1[^]*0{64}[^]*/)
  expect(readdirSync(join(folder, 'models'))).toEqual([])
})

it('uses a download left by an interrupted run when it is intact, and brings it again when it is not', async () => {
  const left = join(folder, 'downloads', 'some-model-1.0.0.tgz')
  mkdirSync(join(folder, 'downloads'))
  cpSync(tarball, left)
  await run()
  expect(packed).toBe(0)
  rmSync(dest(), { recursive: true })
  writeFileSync(left, 'half of a tarb')
  await run()
  expect(packed).toBe(1)
  expect(readFileSync(join(dest(), 'shard1'), 'utf8')).toBe(weights)
})

it('recovers from an extraction that was cut off half way', async () => {
  // What a kill leaves: the folder beside its place, without a stamp.
  const half = `${dest()}.tmp-1234`
  mkdirSync(half, { recursive: true })
  writeFileSync(join(half, 'shard1'), 'half of the wei')
  await run()
  expect(readdirSync(join(folder, 'models'))).toEqual(['some-model'])
  expect(readFileSync(join(dest(), 'shard1'), 'utf8')).toBe(weights)
})

it('makes the folder again when a file of it is gone or has another size', async () => {
  await run()
  rmSync(join(dest(), 'shard1'))
  await run()
  writeFileSync(join(dest(), 'shard1'), 'short')
  await run()
  expect(readFileSync(join(dest(), 'shard1'), 'utf8')).toBe(weights)
  expect(packed).toBe(3)
})

it('makes the folder again when a pin changed', async () => {
  await run()
  writeFileSync(join(folder, 'made', 'package', 'models', 'shard1'), 'new weights')
  execFileSync('tar', ['-czf', tarball, '-C', join(folder, 'made'), 'package'])
  await run(source(createHash('sha256').update('new weights').digest('hex')))
  expect(readFileSync(join(dest(), 'shard1'), 'utf8')).toBe('new weights')
})
