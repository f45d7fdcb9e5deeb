import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { nothingKnown } from '../../core/observation/camera-truth'
import { readRecordingLine, type Recorded } from '../../core/observation/recording'
import { recordLooks } from './look-recording'
import { soon } from '../../../test/soon'

const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn(), for: () => log }
const look = (at: number): Recorded => ({
  at,
  observation: {
    v: 1,
    seq: at,
    ageMs: 80,
    frame: { width: 640, height: 480 },
    model: 'test@1#000000000000',
    backend: 'wasm',
    frameMs: 80,
    phone: { state: 'absent', score: 0.02 },
    book: { state: 'absent', score: 0.02 },
    people: { state: 'counted', count: 1, scores: [0.9] },
    screen: { state: 'absent', score: 0.02 },
    looked: true,
    camera: nothingKnown
  }
})

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'looks-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

it('writes what a replay reads, one look a line', async () => {
  const file = join(folder, 'out', 'looks.jsonl')
  const record = recordLooks(file, log)
  ;[look(1), look(2)].forEach(record)
  await soon(() => expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(3))
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  expect(lines.map((line, i) => readRecordingLine(line, i + 1, 0))).toEqual(
    [look(1), look(2)].map((value) => ({ ok: true, value }))
  )
})

it('a recording that cannot be written ends and is reported once', async () => {
  const record = recordLooks(folder, log) // a folder is no file
  await soon(() => expect(log.error).toHaveBeenCalledOnce())
  expect(() => record(look(1))).not.toThrow()
})
