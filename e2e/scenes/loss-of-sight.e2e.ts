import { expect, test } from '../fixtures/floor'
import { timed } from '../fixtures/timed'
import { memberOf } from '../../scripts/stack/family'
import { shownAlerts } from '../../scripts/stack/console'
import { until } from '../../scripts/stack/wait'

/** The promise: without proof the desk is covered within this time, milliseconds. */
const PROMISE_MS = 3000

test(
  'D7 the camera lost, the sensor killed, the sensor stopped: covered within 3 s each, and back',
  timed,
  async ({ scene }) => {
    await scene.open()
    const board = await scene.console()
    const workstation = await scene.workstation('clear')
    await scene.atWork(workstation)
    const rules = async (): Promise<string[]> => (await shownAlerts(board)).map(({ rule }) => rule)

    await test.step('the process that captures the camera is killed', async () => {
      process.kill(memberOf(workstation.pid, /video_capture/).pid, 'SIGKILL')
      expect(await scene.timeToCovered(PROMISE_MS)).toBeLessThan(PROMISE_MS)
      await expect.poll(rules).toContain('camera-lost')
      await until('the desk comes back', 30_000, () => scene.isShown(), 20)
    })

    const sensorPid = async (): Promise<number> =>
      workstation.app.evaluate(({ webContents }) => {
        const sensor = webContents
          .getAllWebContents()
          .find((one) => one.getURL().startsWith('app://desk/sensor/'))
        return sensor?.getOSProcessId() ?? 0
      })

    await test.step('the sensor is killed', async () => {
      process.kill(await sensorPid(), 'SIGKILL')
      expect(await scene.timeToCovered(PROMISE_MS)).toBeLessThan(PROMISE_MS)
      await until('the desk comes back', 40_000, () => scene.isShown(), 20)
    })

    await test.step('the sensor is stopped', async () => {
      process.kill(await sensorPid(), 'SIGSTOP')
      expect(await scene.timeToCovered(PROMISE_MS)).toBeLessThan(PROMISE_MS)
      await expect.poll(rules).toContain('sensor-silent')
      await until('the desk comes back', 40_000, () => scene.isShown(), 20)
    })
  }
)

test(
  'D7 a stopped main process is ended by the guard: nothing of the workspace is left on the screen after 3 s',
  timed,
  async ({ scene }) => {
    await scene.open()
    const workstation = await scene.workstation('clear')
    await scene.atWork(workstation)
    process.kill(workstation.pid, 'SIGSTOP')
    expect(await scene.timeToCovered(PROMISE_MS)).toBeLessThan(PROMISE_MS)
  }
)
