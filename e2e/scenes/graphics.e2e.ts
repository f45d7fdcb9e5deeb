import { familyOf, memberOf } from '../../scripts/stack/family'
import { until } from '../../scripts/stack/wait'
import { expect, test } from '../fixtures/floor'
import { timed } from '../fixtures/timed'

/** Everything on the screen passes through it. */
const graphics = /--type=gpu-process/
/** The recorded phone comes again every twenty seconds and stays for six: it is seen within one round, or not at all. */
const ROUND_MS = 30_000

/** Whether another graphics process than the one that was killed runs. */
const isRestarted = (family: number, killed: number): boolean =>
  familyOf(family).some(({ pid, command }) => graphics.test(command) && pid !== killed)

test(
  'D7 the graphics process is killed: the desk is covered or watched, and a phone still hides it',
  timed,
  async ({ scene }) => {
    await scene.open()
    const workstation = await scene.workstation('phone')
    await scene.atWork(workstation)
    const { pid } = memberOf(workstation.pid, graphics)
    process.kill(pid, 'SIGKILL')
    await until('another graphics process', 10_000, () => isRestarted(workstation.pid, pid), 50)
    await scene.timeToCovered(ROUND_MS)
    const drawing = memberOf(workstation.pid, graphics).pid
    // The loss of the graphics process may cover it first, for as long as nothing is watched.
    await expect((await workstation.blank()).getByText('A phone is in view.')).toBeVisible({
      timeout: ROUND_MS
    })
    await until('the desk comes back', ROUND_MS, () => scene.isShown(), 20)
    // A cover that was drawn is no reason to end what drew it.
    expect(memberOf(workstation.pid, graphics).pid).toBe(drawing)
  }
)

test(
  'D7 the graphics process is stopped: a phone still takes the workspace off the screen',
  timed,
  async ({ scene }) => {
    await scene.open()
    const workstation = await scene.workstation('phone')
    await scene.atWork(workstation)
    process.kill(memberOf(workstation.pid, graphics).pid, 'SIGSTOP')
    await scene.timeToCovered(ROUND_MS)
  }
)
