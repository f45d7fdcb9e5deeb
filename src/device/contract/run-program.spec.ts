import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { operatingSystem } from '../choose'
import { runProgram, type ProgramSaid } from './run-program'

/** Runs a piece of JavaScript as a program of the system. */
const run = async (
  script: string,
  { maxBytes = 1000, signal = new AbortController().signal, input = undefined as string | undefined } = {}
): Promise<ProgramSaid> =>
  runProgram(process.execPath, ['-e', script], {
    environment: { ONLY: 'this' },
    maxBytes,
    signal,
    ...(input === undefined ? {} : { input })
  })

/** Whether a process still runs; one that ended and that nobody has asked about (`Z`) does not. */
const runs = (pid: number): boolean =>
  /^[^Z\s]/.test(spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout)

describe('D2: a program of the system', () => {
  it('is heard on both outputs, whatever code it ends with', async () => {
    const said = await run('process.stdout.write("out"); process.stderr.write("err"); process.exitCode = 3')
    expect(said).toEqual({ stdout: 'out', stderr: 'err', code: 3 })
  })

  it('reads its input to the end, and finds none where none is given', async () => {
    const echo = 'process.stdin.pipe(process.stdout)'
    expect((await run(echo, { input: 'one\ntwo\n' })).stdout).toBe('one\ntwo\n')
    expect((await run(echo)).stdout).toBe('')
    // One that never reads what it was given says what it has to say all the same.
    expect((await run('console.log(1)', { input: 'x'.repeat(1_000_000) })).stdout).toBe('1\n')
  })

  it('has the environment that it was given and no other', async () => {
    const { stdout } = await run('console.log(process.env.ONLY, process.env.HOME)')
    expect(stdout).toBe('this undefined\n')
  })

  it('is absent when it is not there', async () => {
    const options = { environment: {}, maxBytes: 10, signal: new AbortController().signal }
    await expect(runProgram('/nonexistent/tool', [], options)).rejects.toMatchObject({
      kind: 'absent',
      message: 'tool is not installed'
    })
  })

  it('is unusable when it is no program, has no absolute path, says too much, no text, or is ended', async () => {
    const options = { environment: {}, maxBytes: 10, signal: new AbortController().signal }
    const unusable = { kind: 'unusable' }
    await expect(runProgram(import.meta.dirname, [], options)).rejects.toMatchObject(unusable)
    await expect(runProgram('node', [], options)).rejects.toMatchObject(unusable)
    await expect(run('for (;;) console.log("more")')).rejects.toMatchObject(unusable)
    await expect(run('process.stderr.write(Buffer.from([255]))')).rejects.toMatchObject(unusable)
    await expect(run('process.kill(process.pid, "SIGKILL")')).rejects.toMatchObject(unusable)
  })

  it.runIf(operatingSystem !== 'win32')('ends with whatever it started when nobody waits', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'run-program-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const file = join(folder, 'pid')
    const script = `
      const child = require('node:child_process').spawn('/bin/sleep', ['60'], { stdio: 'inherit' })
      require('node:fs').writeFileSync(${JSON.stringify(file)}, String(child.pid))
      setInterval(() => {}, 1000)
    `
    const abort = new AbortController()
    const ended = expect(run(script, { signal: abort.signal })).rejects.toMatchObject({ kind: 'unusable' })
    await expect
      .poll(() => existsSync(file) && readFileSync(file, 'utf8'), { timeout: 5000 })
      .toMatch(/^\d+$/)
    const pid = Number(readFileSync(file, 'utf8'))
    expect(runs(pid)).toBe(true)
    abort.abort()
    await ended
    await expect.poll(() => runs(pid), { timeout: 5000 }).toBe(false)
  })
})
