import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { measureProgram } from './measure-program'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'measure-'))
  mkdirSync(join(folder, 'main'))
  writeFileSync(join(folder, 'main', 'index.cjs'), 'program')
  writeFileSync(join(folder, 'package.json'), '{}')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('F1: the hash of a program', () => {
  test('is the same for the same files, wherever they lie', async () => {
    const first = await measureProgram(folder)
    const other = `${folder}-moved`
    renameSync(folder, other)
    folder = other
    expect(await measureProgram(folder)).toBe(first)
    expect(first).toMatch(/^[0-9a-f]{64}$/)
  })

  test.each([
    ['one byte of a file', () => writeFileSync(join(folder, 'main', 'index.cjs'), 'programm')],
    ['a file more', () => writeFileSync(join(folder, 'main', 'more.cjs'), '')],
    ['a file less', () => rmSync(join(folder, 'package.json'))],
    ['a file by another name', () => renameSync(join(folder, 'package.json'), join(folder, 'p.json'))],
    ['a link', () => symlinkSync('/etc', join(folder, 'etc'))]
  ])('changes with %s', async (_name, change) => {
    const before = await measureProgram(folder)
    change()
    expect(await measureProgram(folder)).not.toBe(before)
  })

  test('of an archive is that of the archive and of what lies unpacked beside it', async () => {
    const archive = join(folder, 'app.asar')
    writeFileSync(archive, 'archive')
    const alone = await measureProgram(archive)
    mkdirSync(`${archive}.unpacked`)
    writeFileSync(join(`${archive}.unpacked`, 'native.node'), 'x')
    expect(await measureProgram(archive)).not.toBe(alone)
  })

  test('does not exist for a program that is not there', async () => {
    await expect(measureProgram(join(folder, 'nowhere'))).rejects.toThrow('ENOENT')
  })

  test('is taken piece by piece: whoever measures answers others meanwhile', async () => {
    writeFileSync(join(folder, 'large'), Buffer.alloc(48 * 1024 * 1024))
    const turns = { taken: 0, over: false }
    const turn = (): void => {
      turns.taken += 1
      if (!turns.over) setImmediate(turn)
    }
    setImmediate(turn)
    await measureProgram(folder)
    turns.over = true
    expect(turns.taken).toBeGreaterThan(12) // pieces of 4 MB
  })
})
