import { execFileSync } from 'node:child_process'
import { mkdtempSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { requires } from '../../../../test/requires'
import { ProgramScan } from '../../contract/program-scan'
import { darwinSystem, parseProcesses, signerOf, type Run } from './reader'

/** As ps(1) of macOS writes it; written by us, never captured on a Mac. */
const PS = `    1     0     0 Mon Nov 23 08:00:01 2026     /sbin/launchd
  312     1   501 Mon Nov 23 08:01:22 2026     /Applications/Any Desk.app/Contents/MacOS/AnyDesk
 4711   312   501 Fri Nov  6 09:12:03 2026     -zsh
`
const paths = new Map([
  [1, '/sbin/launchd'],
  [312, '/Applications/Any Desk.app/Contents/MacOS/AnyDesk']
])
const said = (code: number, stderr: string, stdout = '') => ({ code, stdout, stderr })
const codesign =
  (shown: ReturnType<typeof said>, holds = 0): Run =>
  (_, args) =>
    Promise.resolve(args[0] === '-dv' ? shown : said(holds, ''))

describe('what ps of a Mac lists', () => {
  it('is a program with its number, start, names and whose it is; the kernel says which file it runs', () => {
    const read = parseProcesses(PS, 501, (pid) => paths.get(pid))
    expect(read.map(({ pid, start, path, closable }) => [pid, start, path, closable])).toEqual([
      [1, String(Date.UTC(2026, 10, 23, 8, 0, 1)), '/sbin/launchd', false],
      [312, String(Date.UTC(2026, 10, 23, 8, 1, 22)), paths.get(312), true],
      [4711, String(Date.UTC(2026, 10, 6, 9, 12, 3)), undefined, true]
    ])
    expect(read[2]?.names).toEqual(['-zsh'])
  })

  it('D2 is refused when a line is none, or when processes of others are hidden', () => {
    const parse = (text: string) => () => parseProcesses(text, 501, () => undefined)
    expect(parse(PS.split('\n').slice(1).join('\n'))).toThrow('hidden')
    expect(parse(`${PS}ps: something went wrong\n`)).toThrow('cannot be read')
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parse(text)).toThrow()
      })
    )
  })

  it('reads what a real ps writes, with every process of this machine', (context) => {
    requires(context, 'linux')
    const args = ['-axww', '-o', 'pid=,ppid=,uid=,lstart=,comm=']
    const text = execFileSync('/bin/ps', args, { encoding: 'utf8', env: { LC_ALL: 'C', TZ: 'UTC' } })
    const own = parseProcesses(text, process.getuid?.() ?? -1, (pid) =>
      pid === process.pid ? readlinkSync('/proc/self/exe') : undefined
    ).find(({ pid }) => pid === process.pid)
    expect(own).toMatchObject({ parent: process.ppid, closable: true, path: readlinkSync('/proc/self/exe') })
    expect(Math.abs(Number(own?.start) - (Date.now() - process.uptime() * 1000))).toBeLessThan(5000)
  })
})

describe('what codesign says', () => {
  const signed =
    'Executable=/x\nIdentifier=com.philandro.anydesk\nTeamIdentifier=KU6W3B6JMZ\nSealed Resources=none\n'
  it.each<readonly [string, Run, string | null | undefined]>([
    ['signed by a team, and it holds', codesign(said(0, signed)), 'KU6W3B6JMZ'],
    ['signed by a team, and it does not hold', codesign(said(0, signed), 1), undefined],
    ['Apple’s own', codesign(said(0, 'Identifier=com.apple.ls\nTeamIdentifier=not set\n')), null],
    ['not signed', codesign(said(1, '/x: code object is not signed at all\n')), null],
    ['not there', codesign(said(1, '/x: No such file or directory\n')), undefined],
    ['nothing of a team', codesign(said(0, 'Identifier=x\n')), undefined],
    ['a team that is none', codesign(said(0, 'TeamIdentifier=ku6w\n')), undefined]
  ])('%s', async (_, ask, expected) => {
    expect(await signerOf('/x', ask)).toBe(expected)
  })

  it('makes a program of a list, a file and its signature, and none of a ps that failed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'programs-'))
    try {
      const path = join(folder, 'tool')
      writeFileSync(path, 'abc', { mode: 0o755 })
      const [launchd = ''] = PS.split('\n')
      const line = '  312     1   501 Mon Nov 23 08:01:22 2026     tool\n'
      const ask: Run = (tool, args) =>
        tool === '/bin/ps'
          ? Promise.resolve(said(0, '', `${launchd}\n${line}`))
          : codesign(said(0, signed))(tool, args)
      const order = { hashes: true, makers: true, main: 1_000_000, ask: () => Promise.resolve([]) }
      const scan = new ProgramScan(darwinSystem(ask, (pid) => (pid === 312 ? path : undefined)))
      expect((await scan.look(order))[1]).toMatchObject({
        path,
        signer: 'KU6W3B6JMZ',
        originalName: null,
        gone: null
      })
      const failing = new ProgramScan(
        darwinSystem(
          () => Promise.resolve(said(1, '')),
          () => undefined
        )
      )
      await expect(failing.look(order)).rejects.toThrow('ps ended with 1')
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it('D2 takes what main started of its bundle for its own, and nothing else', async () => {
    const bundle = '/Applications/Havendesk.app/Contents'
    const files = new Map([
      [1, '/sbin/launchd'],
      [50, `${bundle}/MacOS/Havendesk`],
      [51, `${bundle}/Frameworks/Havendesk Helper.app/Contents/MacOS/Havendesk Helper`],
      [52, '/Applications/AnyDesk.app/Contents/MacOS/AnyDesk']
    ])
    const text = [...files.keys()]
      .map((pid) => `${String(pid)} ${pid < 51 ? '1' : '50'} 0 Mon Nov 23 08:00:01 2026 x\n`)
      .join('')
    const system = darwinSystem(
      () => Promise.resolve(said(0, '', text)),
      (pid) => files.get(pid)
    )
    const order = { hashes: false, makers: false, main: 50, ask: () => Promise.resolve([]) }
    const programs = await new ProgramScan(system).look(order)
    expect(programs.filter(({ own }) => own).map(({ pid }) => pid)).toEqual([50, 51])
  })
})
