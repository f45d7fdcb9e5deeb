import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '../fixtures/desktop'
import { PATIENCE_MS } from '../fixtures/patience'
import { timed } from '../fixtures/timed'
import { DeskScene } from './app'

/** Processes whose command line names this folder. */
const processesOf = (folder: string): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder)
      } catch {
        return false // ended while we looked
      }
    })
    .map(Number)

test.describe('helpers and the end of the client', () => {
  test('main stopped: the guard ends the client within three seconds, children and all', timed, async () => {
    const scene = await DeskScene.launch()
    await scene.signIn()
    await scene.waitForDesk('shown')
    const pid = scene.app.process().pid ?? 0
    const children = execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .map(Number)
    expect(children.length).toBeGreaterThan(3)
    const stopped = performance.now()
    process.kill(pid, 'SIGSTOP')
    await expect
      .poll(() => existsSync(`/proc/${String(pid)}/exe`), { timeout: 4000, intervals: [20] })
      .toBe(false)
    expect(performance.now() - stopped).toBeLessThan(3000)
    await expect.poll(() => processesOf(scene.data), { timeout: 2000 }).toEqual([])
    scene.remove()
  })

  test('guard killed: covered until a new one watches, and recorded', async () => {
    const scene = await DeskScene.launch()
    await scene.signIn()
    await scene.waitForDesk('shown')
    const covered = scene.nextCover()
    await scene.kill('guard')
    await covered
    await scene.waitForRecord((body) => body.code === 'helper-died' && body.detail === 'guard')
    await scene.waitForDesk('shown')
    await scene.close()
  })

  test('guard stopped: known as missing within three seconds, covered, and replaced', timed, async () => {
    const scene = await DeskScene.launch()
    await scene.signIn()
    await scene.waitForDesk('shown')
    const covered = scene.nextCover()
    const stopped = performance.now()
    await scene.kill('guard', 'SIGSTOP')
    await covered
    expect(performance.now() - stopped).toBeLessThan(3500)
    await scene.waitForRecord((body) => body.code === 'helper-died' && body.detail === 'guard')
    await scene.waitForDesk('shown')
    await scene.close()
  })

  test('courier killed: the desk still covers, and every alert reaches the next courier', timed, async () => {
    const scene = await DeskScene.launch()
    await scene.signIn()
    await scene.waitForDesk('shown')
    await scene.kill('courier')
    await scene.see('phone')
    await scene.waitForDesk('hidden', 1000)
    await scene.waitForRecord((body) => body.kind === 'alert-raised')
    await scene.waitForRecord((body) => body.code === 'helper-died' && body.detail === 'courier')
    await scene.close()
  })

  test('courier stopped: counts as a hub that is away, covers after the grace, and is replaced', async () => {
    const scene = await DeskScene.launch({ courier: { policy: { hubGraceMs: 0 } } })
    await scene.signIn()
    await scene.waitForDesk('shown')
    const covered = scene.nextCover()
    await scene.kill('courier', 'SIGSTOP')
    // What there is to tell meanwhile waits in main.
    await scene.waitForRecord((body) => body.code === 'helper-died' && body.detail === 'courier')
    await covered
    await scene.waitForDesk('shown')
    await scene.close()
  })

  test('D7 proxy and probe stopped: noticed, ended and replaced', async () => {
    const scene = await DeskScene.launch()
    await scene.signIn()
    await scene.waitForDesk('shown')
    for (const helper of ['proxy', 'probe'] as const) await scene.kill(helper, 'SIGSTOP')
    for (const helper of ['proxy', 'probe'])
      await scene.waitForRecord((body) => body.code === 'helper-died' && body.detail === helper)
    await scene.close()
  })

  test('a run that was cut short is told at the next start, an orderly one is not', async () => {
    const first = await DeskScene.launch()
    await first.waitForDesk('signed-out')
    const ended = new Promise((done) => first.app.process().once('exit', done))
    process.kill(first.app.process().pid ?? 0, 'SIGKILL')
    await ended
    const second = await DeskScene.launch({ data: first.data })
    await second.waitForRecord((body) => body.code === 'unclean-exit')
    await second.close({ keepData: true })
    expect(existsSync(join(first.data, 'running.json'))).toBe(false)
    const told = second.records().filter(({ body }) => body.code === 'unclean-exit').length
    const third = await DeskScene.launch({ data: first.data })
    await third.waitForDesk('signed-out')
    expect(third.records().filter(({ body }) => body.code === 'unclean-exit')).toHaveLength(told)
    await third.close()
    second.remove()
    first.remove()
  })

  test('a second client on the same folder is refused', async () => {
    const scene = await DeskScene.launch()
    await scene.waitForDesk('signed-out')
    const second = spawnSync(scene.runtime, [scene.program, `--havendesk-data=${scene.data}`], {
      timeout: PATIENCE_MS
    })
    expect(second.status).toBe(3)
    expect((await scene.shellState()).phase).toBe('signed-out')
    await scene.close()
  })

  test('the data folder is its user’s alone, and an orderly end leaves no process', timed, async () => {
    const scene = await DeskScene.launch()
    await scene.waitForDesk('signed-out')
    expect(statSync(scene.data).mode & 0o777).toBe(0o700)
    expect(statSync(join(scene.data, 'havendesk.log')).mode & 0o077).toBe(0)
    const started = performance.now()
    process.kill(scene.app.process().pid ?? 0, 'SIGTERM')
    await expect.poll(() => processesOf(scene.data), { timeout: 8000, intervals: [50] }).toEqual([])
    expect(performance.now() - started).toBeLessThan(5000)
    scene.remove()
  })

  test('a policy with a wrong signature shows nothing and is recorded', async () => {
    const scene = await DeskScene.launch({ courier: { badSignature: true } })
    await scene.waitForRecord((body) => body.code === 'policy-refused')
    const state = await scene.shellState()
    expect(state.desk).toBe('starting')
    expect(state.phase).toBe('refused')
    await scene.close()
  })

  test('a refusal of the courier is shown with its remedy, uncovered, and no sign-in is taken', async () => {
    const scene = await DeskScene.launch({ courier: { refuse: 'no-keychain' } })
    await expect.poll(async () => (await scene.shellState()).phase).toBe('refused')
    await expect.poll(() => scene.blanks()).toEqual([false])
    const shell = await scene.window('shell')
    const answer = await shell.evaluate(() => window.havendesk.signIn({ email: 'a@b.c', password: 'x' }))
    expect(answer).toEqual({ outcome: 'refused', reason: 'not-ready' })
    await scene.close()
  })

  test('a hub gone for longer than the grace covers, and its return uncovers', async () => {
    const scene = await DeskScene.launch({ courier: { policy: { hubGraceMs: 300 }, hubFollowsFile: true } })
    await scene.signIn()
    await scene.waitForDesk('shown')
    scene.setHub('unreachable')
    await scene.waitForDesk('hidden')
    expect((await scene.shellState()).reasons.map(({ rule }) => rule)).toContain('hub-gone')
    scene.setHub('reachable')
    await scene.waitForDesk('shown')
    await scene.close()
  })
})
