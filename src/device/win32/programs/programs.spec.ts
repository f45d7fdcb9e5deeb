import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ProgramScan } from '../../contract/program-scan'
import { LineHost, startProgram } from './host'
import { parseMakers, parseProcesses, programFiles, win32System } from './reader'

const process_ = (facts: object = {}) => ({
  pid: 812,
  parent: 640,
  session: 1,
  name: 'notepad.exe',
  path: 'C:\\Windows\\notepad.exe',
  start: '133770000000000000',
  ...facts
})
const system = process_({ pid: 4, parent: 0, session: 0, name: 'System', path: null })
/** Written by us from the reference of Win32_Process; never captured on Windows. */
const list = (...processes: readonly object[]) => ({ session: 1, processes: [system, ...processes] })
const TRUSTED = 'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464'
const file = (facts: object = {}) => ({
  path: 'C:\\Windows\\notepad.exe',
  status: 0,
  subject: 'CN=Microsoft Windows, O=Microsoft Corporation',
  original: 'NOTEPAD.EXE',
  owner: TRUSTED,
  writers: ['S-1-5-18', TRUSTED],
  ...facts
})
const factsOf = (facts: object) => parseMakers({ files: [file(facts)] }).get('C:\\Windows\\notepad.exe')

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'programs-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('what Windows lists', () => {
  it('is a program with its number, start and file; of others the path is not known, of the kernel there is none', () => {
    const read = parseProcesses(list(process_(), process_({ pid: 900, session: 0, path: null })))
    expect(read.map(({ pid, path, closable }) => [pid, path, closable])).toEqual([
      [4, null, false],
      [812, 'C:\\Windows\\notepad.exe', true],
      [900, undefined, false]
    ])
  })

  it('D2 is refused when it is none, or when the system’s own are hidden', () => {
    expect(() => parseProcesses({ session: 1, processes: [process_()] })).toThrow('hidden')
    expect(() => parseProcesses(list(process_({ start: '' })))).toThrow('cannot be read')
    expect(() => parseProcesses(list(process_({ more: 1 })))).toThrow('cannot be read')
    fc.assert(
      fc.property(fc.anything(), (answer) => {
        expect(() => parseProcesses(answer)).toThrow()
        expect(() => parseMakers(answer)).toThrow()
      })
    )
  })

  it('a signer counts only with a signature that holds', () => {
    expect(factsOf({})?.signer).toBe('CN=Microsoft Windows, O=Microsoft Corporation')
    expect(factsOf({ status: 2, subject: '' })?.signer).toBeNull()
    // HashMismatch, NotTrusted and what else there is: nobody can tell.
    for (const status of [1, 3, 4, 5, 6]) expect(factsOf({ status })?.signer).toBeUndefined()
  })

  it('a file is installed when nobody but the system may write it', () => {
    expect(factsOf({})?.installed).toBe(true)
    expect(factsOf({ writers: ['S-1-5-32-545'] })?.installed).toBe(false)
    expect(factsOf({ owner: 'S-1-5-21-1-2-3-1001' })?.installed).toBe(false)
    expect(parseMakers({ files: [{ path: 'C:\\x.exe', failed: true }] }).size).toBe(0)
  })
})

describe('a look on Windows', () => {
  const hostOf = (processes: readonly object[], files: readonly object[] = []) => ({
    ask: (question: object) => Promise.resolve('paths' in question ? { files } : list(...processes))
  })
  const order = { hashes: true, makers: true, main: 1, ask: () => Promise.resolve([]) }

  it('reads hash, maker’s name and signer of a file once, and gives the same object for the same program', async () => {
    const path = join(folder, 'renamed.exe')
    writeFileSync(path, 'abc')
    const scan = new ProgramScan(
      win32System(
        hostOf([process_({ path, name: 'renamed.exe' })], [file({ path, original: 'anydesk.exe' })])
      )
    )
    const [, first] = await scan.look(order)
    expect(first).toMatchObject({
      key: '812:133770000000000000',
      originalName: 'anydesk.exe',
      sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      gone: null,
      closable: true
    })
    expect((await scan.look(order))[1]).toBe(first)
    writeFileSync(path, 'abcd')
    expect((await scan.look(order))[1]?.sha256).not.toBe(first?.sha256)
    rmSync(path)
    expect((await scan.look(order))[1]).toMatchObject({
      gone: 'deleted',
      sha256: undefined,
      signer: undefined
    })
  })

  it('D2 what is hidden is unknown until the service tells, and is asked for once in a while', async () => {
    let asked = 0
    const scan = new ProgramScan(win32System(hostOf([process_({ pid: 900, path: null })])))
    expect((await scan.look(order))[1]?.path).toBeUndefined()
    const answer = {
      pid: 900,
      start: '133770000000000000',
      path: 'C:\\x.exe',
      gone: null,
      installed: true,
      sha256: 'a'
    }
    const ask = () => {
      asked += 1
      return Promise.resolve([answer])
    }
    expect((await scan.look({ ...order, ask }))[1]).toMatchObject({
      path: 'C:\\x.exe',
      sha256: 'a',
      signer: undefined
    })
    await scan.look({ ...order, ask })
    expect(asked).toBe(1)
    // Another program has the number by now.
    const late = new ProgramScan(win32System(hostOf([process_({ pid: 900, path: null, start: '2' })])))
    expect((await late.look({ ...order, ask }))[1]?.path).toBeUndefined()
  })

  const ownWith = async (main: string | null, ...processes: readonly object[]) => {
    const all = [process_({ pid: 50, parent: 4, start: '100', path: main }), ...processes]
    const programs = await new ProgramScan(win32System(hostOf(all))).look({ ...order, main: 50 })
    return programs.filter(({ own }) => own).map(({ pid }) => pid)
  }
  const ours = 'C:\\Program Files\\Havendesk\\Havendesk.exe'
  const started = (pid: number, parent: number, start: string, path: string | null = ours) =>
    process_({ pid, parent, start, path })

  it('knows what main started as its own, and no older process that has the number of a parent', async () => {
    expect(
      await ownWith(ours, started(51, 50, '110'), started(52, 51, '120'), started(53, 50, '90'))
    ).toEqual([50, 51, 52])
  })

  it('D2 judges a program that only names main as its parent', async () => {
    const folder = 'C:\\Program Files\\Havendesk'
    const processes = [
      started(51, 50, '110', `${folder.toUpperCase()}\\resources\\helper.exe`),
      started(52, 50, '110', 'C:\\Users\\mary\\AnyDesk.exe'),
      started(53, 50, '110', `${folder}\\..\\AnyDesk.exe`),
      started(54, 50, '110', 'C:\\Program Files\\Havendesk Tools\\x.exe'),
      started(55, 50, '110', null),
      // What such a program starts of ours is ours.
      started(56, 52, '120')
    ]
    expect(await ownWith(ours, ...processes)).toEqual([50, 51, 56])
    expect(await ownWith(null, ...processes)).toEqual([50])
  })

  it('the service tells of files, and of the kernel’s parts that they run none', async () => {
    const path = join(folder, 'service.exe')
    writeFileSync(path, 'abc')
    const processes = [
      process_({ pid: 700, path }),
      process_({ pid: 120, parent: 4, name: 'Registry', path: null }),
      process_({ pid: 900, path: null })
    ]
    const answers = await programFiles([700, 120, 900, 77], false, hostOf(processes, [file({ path })]))
    expect(answers.map((one) => [one.pid, one.path, one.installed])).toEqual([
      [700, path, true],
      [120, null, true]
    ])
  })
})

describe('a program that stays to answer', () => {
  const host = (script: string, limitMs = 5000) =>
    new LineHost(startProgram(process.execPath, ['-e', script]), limitMs)
  const ECHO = `let n = 0; require('readline').createInterface({ input: process.stdin }).on('line', (line) => console.log(JSON.stringify({ n: ++n, line })))`

  it('answers one question after the other, and is started once', async () => {
    const one = host(ECHO)
    const answers = await Promise.all([one.ask({ a: 1 }), one.ask({ a: 2 })])
    expect(answers).toEqual([
      { n: 1, line: '{"a":1}' },
      { n: 2, line: '{"a":2}' }
    ])
    one.stop()
    expect(await one.ask({ a: 3 })).toMatchObject({ n: 1 })
    one.stop()
  })

  it.each<readonly [string, string, RegExp]>([
    ['hangs', 'setInterval(() => {}, 1000)', /in time/],
    ['ends', '', /ended/],
    ['says what is no JSON', 'process.stdin.once("data", () => console.log("no"))', /cannot be read/],
    [
      'says more than a line',
      'process.stdin.once("data", () => process.stdout.write("1\\n2\\n"))',
      /cannot be read/
    ],
    [
      'never ends its line',
      'process.stdin.once("data", () => process.stdout.write("x".repeat(9e6)))',
      /too long/
    ]
  ])('D2 is no answer when it %s', async (_, script, why) => {
    const one = host(script, script.startsWith('set') ? 500 : 5000)
    await expect(one.ask({})).rejects.toThrow(why)
    one.stop()
  })

  it('is not there: no answer, and no crash', async () => {
    await expect(new LineHost(startProgram('/nonexistent', []), 2000).ask({})).rejects.toThrow('ENOENT')
  })
})
