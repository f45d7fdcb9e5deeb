import { resolve } from 'node:path'
import { drawClip } from '../../scripts/scene/draw'
import { expect, test } from '../fixtures/desktop'
import { timed } from '../fixtures/timed'
import { DeskScene } from './app'

test.describe('the real eyes under the real content policy', () => {
  let clip: string
  test.beforeAll(async () => {
    clip = await drawClip({ out: resolve('.runtime/scene'), scene: 'clear' })
  })

  test('A5 tfjs looks with wasm, in threads, from checked weights, and violates nothing', async () => {
    const scene = await DeskScene.launch({
      realSensor: true,
      arguments: [`--havendesk-camera=${clip}`]
    })
    const sensor = await scene.window('sensor')
    await sensor.waitForLoadState('load')
    await scene.app.context().addInitScript(() => {
      const seen: string[] = []
      Object.assign(window, { violations: seen })
      // Threads are for machines with cores to spare: this page thinks that it has four.
      Object.defineProperty(navigator, 'hardwareConcurrency', { value: 4 })
      document.addEventListener('securitypolicyviolation', (event) => {
        seen.push(`${event.effectiveDirective} ${event.blockedURI}`)
      })
    })
    await sensor.reload()
    await sensor.waitForFunction(() => 'violations' in window)
    await scene.signIn()
    await scene.waitForDesk('shown')
    const state = await sensor.evaluate(() => ({
      backend: document.documentElement.dataset['backend'],
      threads: Number(document.documentElement.dataset['threads']),
      violations: (window as unknown as { violations: string[] }).violations
    }))
    expect(state).toMatchObject({ backend: 'wasm', violations: [] })
    expect(state.threads).toBeGreaterThan(1)
    await scene.close()
  })

  test('somebody who is not at the seat that the policy draws for them is not taken for who works', async () => {
    const room = { seat: { x: 0, y: 0, width: 0.2, height: 0.6 } }
    const scene = await DeskScene.launch({
      realSensor: true,
      courier: { policyFollowsFile: true, policy: { people: { 'a1@demo.example': { rules: {}, room } } } },
      arguments: [`--havendesk-camera=${clip}`]
    })
    await scene.signIn()
    await expect
      .poll(async () => (await scene.shellState()).reasons.map(({ rule }) => rule))
      .toEqual(['nobody'])
    scene.setPolicy({ version: 2, people: {} })
    await scene.waitForDesk('shown')
    await scene.close()
  })

  test('its process stopped: covered within three seconds', timed, async () => {
    const scene = await DeskScene.launch({
      realSensor: true,
      arguments: [`--havendesk-camera=${clip}`]
    })
    await scene.signIn()
    await scene.waitForDesk('shown')
    const pid = await scene.app.evaluate(({ webContents }) =>
      webContents
        .getAllWebContents()
        .find((one) => one.getURL().includes('/sensor/'))
        ?.getOSProcessId()
    )
    process.kill(pid ?? 0, 'SIGSTOP')
    expect(await scene.waitForDesk('hidden', 3000)).toBeLessThan(3000)
    await scene.waitForDesk('shown')
    await scene.waitForRecord((body) => body.code === 'sensor-restarted')
    await scene.close()
  })
})
