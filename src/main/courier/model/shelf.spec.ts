import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { anyManifest } from '../../../../test/model/manifest'
import { fileFolder, manifestFolder, modelFilePath } from '../../model/place'
import type { ModelEnvelope } from '../../../core/model/envelope'
import { ModelShelf } from './shelf'

let folder: string
let shelf: ModelShelf
const bytes = Uint8Array.from({ length: 1000 }, (_, at) => at % 256)
const sha256 = createHash('sha256').update(bytes).digest('hex')
const file = { path: 'weights.bin', bytes: bytes.length, sha256 }
const envelope: ModelEnvelope = {
  v: 1,
  type: 'havendesk-model',
  payload: 'e30',
  signatures: [{ keyId: '0'.repeat(64), signature: 'AA' }]
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'shelf-'))
  shelf = new ModelShelf(folder)
  await shelf.prepare()
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('ModelShelf', () => {
  it('asks only for what is missing of a file that was cut off', async () => {
    const asked: number[] = []
    const from = (offset: number): Promise<Uint8Array> => {
      asked.push(offset)
      if (asked.length === 3) return Promise.reject(new Error('the line is gone'))
      return Promise.resolve(bytes.subarray(offset, offset + 300))
    }
    await expect(shelf.write(file, from)).rejects.toThrow('the line is gone')
    expect(await shelf.holds(file)).toBe(false)
    expect(await shelf.write(file, from)).toBe(true)
    expect(asked).toEqual([0, 300, 600, 600, 900])
    expect(await shelf.holds(file)).toBe(true)
  })

  it('keeps nothing of a file that is not what was signed, also when it is too long', async () => {
    const flipped = bytes.slice()
    flipped[500] = (flipped[500] ?? 0) ^ 1
    expect(await shelf.write(file, (offset) => Promise.resolve(flipped.subarray(offset)))).toBe(false)
    const longer = new Uint8Array(1001)
    longer.set(bytes)
    expect(await shelf.write(file, (offset) => Promise.resolve(longer.subarray(offset)))).toBe(false)
    expect(readdirSync(fileFolder(folder))).toEqual([])
  })

  it('sees one changed byte, a missing one, and a file that is not there', async () => {
    const path = modelFilePath(folder, sha256)
    expect(await shelf.holds(file)).toBe(false)
    writeFileSync(path, bytes)
    expect(await shelf.holds(file)).toBe(true)
    const changed = readFileSync(path)
    changed[0] = 255
    writeFileSync(path, changed)
    expect(await shelf.holds(file)).toBe(false)
    writeFileSync(path, bytes.subarray(1))
    expect(await shelf.holds(file)).toBe(false)
  })

  it('answers what it kept, and leaves out what is damaged, foreign or a link', async () => {
    await shelf.keep(anyManifest({ version: 7 }), envelope)
    const manifests = manifestFolder(folder)
    writeFileSync(join(manifests, 'desk-eyes@8.json'), '{"v":1,')
    writeFileSync(join(manifests, 'note.txt'), 'not a manifest')
    writeFileSync(join(folder, 'elsewhere.json'), JSON.stringify(envelope))
    symlinkSync(join(folder, 'elsewhere.json'), join(manifests, 'desk-eyes@9.json'))
    expect(await shelf.kept()).toEqual([envelope])
  })

  it('sweeps away every manifest and file that is not wanted, and nothing that is', async () => {
    const [old, next] = [
      anyManifest({ version: 1 }),
      anyManifest({ version: 2, files: [{ ...file, path: 'model.json' }] })
    ]
    for (const manifest of [old, next]) await shelf.keep(manifest, envelope)
    for (const name of [...old.files, ...next.files].map((one) => one.sha256))
      writeFileSync(modelFilePath(folder, name), 'x')
    await shelf.sweep([next])
    expect(readdirSync(manifestFolder(folder))).toEqual(['desk-eyes@2.json'])
    expect(readdirSync(fileFolder(folder))).toEqual([sha256])
  })
})
