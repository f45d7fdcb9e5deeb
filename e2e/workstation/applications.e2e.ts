import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { applicationPolicySchema } from '../../src/core/application/policy'
import { DeskScene } from './app'
import { greenPage, greenPixels } from './screen'
import { openSite, type Site } from './site'

test.describe('D1 a program that may not run beside the desk', () => {
  let scene: DeskScene
  let site: Site
  const children: ChildProcess[] = []
  /** An ordinary program that bears the name of a denied one. */
  const start = (name: string): ChildProcess => {
    const child = spawn('/usr/bin/sleep', ['600'], { argv0: name, stdio: 'ignore' })
    children.push(child)
    return child
  }

  test.beforeAll(async () => {
    site = await openSite(greenPage)
    const applications = applicationPolicySchema.parse({
      // No privileged service runs here: what belongs to others cannot be looked at.
      unknown: 'report',
      known: ['capture'],
      rules: [
        { verdict: 'deny', name: 'scene-recorder', title: 'Scene Recorder', response: 'blank' },
        { verdict: 'deny', name: 'scene-viewer', title: 'Scene Viewer', response: 'close' },
        { verdict: 'deny', name: 'scene-notes', title: 'Scene Notes', response: 'warn' }
      ]
    })
    const workspace = { applications: [{ id: 'records', title: 'Records', url: site.url }] }
    scene = await DeskScene.launch({ courier: { policy: { applications, workspace } } })
    await scene.waitForDesk('signed-out')
    await scene.see('clear')
    await scene.signIn()
    await scene.waitForDesk('shown')
  })
  test.afterAll(async () => {
    for (const child of children) child.kill('SIGKILL')
    await scene.close()
    await site.close()
  })

  test('covers the desk with its name, tells the hub, and uncovers it when it is gone', async () => {
    await expect.poll(greenPixels).toBeGreaterThan(100_000)
    const child = start('scene-recorder')
    await scene.waitForDesk('hidden')
    expect((await scene.shellState()).reasons.map(({ rule }) => rule)).toEqual(['application-denied'])
    const blank = await scene.window('blank')
    await expect(blank.getByText('A program is running that is not allowed here.')).toBeVisible()
    await expect(blank.getByText('Scene Recorder')).toBeVisible()
    await expect.poll(greenPixels).toBe(0)
    await scene.waitForRecord((body) => JSON.stringify(body).includes('"rule":"application-denied"'))
    mkdirSync('test-results/pictures', { recursive: true })
    execFileSync('import', ['-silent', '-window', 'root', 'test-results/pictures/application-denied.png'])
    child.kill('SIGKILL')
    await scene.waitForDesk('shown')
    await expect.poll(greenPixels).toBeGreaterThan(100_000)
  })

  test('is, as a check tells, stopped by nothing of the system’s own', async () => {
    const check = async () => (await scene.shellState()).checks.find(({ id }) => id === 'application-control')
    await expect.poll(check).toMatchObject({ state: 'fail', enforcement: 'report' })
    // No rules of ours are in force on a machine that runs tests, with fapolicyd or without.
    expect((await check())?.remedy).toMatch(/^remedy\.application-control\.(off|other)$/)
  })

  test('is closed where the policy says so, and only warned of where it says that', async () => {
    const notes = start('scene-notes')
    const shell = await scene.window('shell')
    await expect(shell.getByText('Scene Notes (“sleep”) is not allowed here. Please close it.')).toBeVisible()
    execFileSync('import', ['-silent', '-window', 'root', 'test-results/pictures/application-warned.png'])
    const viewer = start('scene-viewer')
    const ended = await new Promise((resolve) => viewer.once('exit', (_, signal) => resolve(signal)))
    expect(ended).toBe('SIGTERM')
    expect(notes.signalCode).toBeNull()
    expect((await scene.shellState()).desk).toBe('shown')
    notes.kill('SIGKILL')
    await expect(shell.getByText('Scene Notes')).toHaveCount(0)
    await scene.waitForRecord((body) => JSON.stringify(body).includes('"rule":"application-warned"'))
  })
})
