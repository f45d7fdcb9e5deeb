import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { advocate } from '../../scripts/stack/seed'
import { until } from '../../scripts/stack/wait'
import { checkRulesSchema } from '../../src/core/policy/checks'
import type { Policy } from '../../src/core/policy/policy'
import { expect, test } from '../fixtures/floor'

const withChecks =
  (checks: object) =>
  (policy: Policy): Policy => ({ ...policy, checks: checkRulesSchema.parse(checks) })

test('a check that blocks hides the desk in the middle of a shift, says what mends it, and gives it back', async ({
  scene
}) => {
  await scene.open({ adjust: withChecks({ service: { enforcement: 'block' } }) })
  const board = await scene.console()
  const data = await scene.floor.desk('Demo Desk 1')
  const workstation = await scene.workstation('clear', data)
  await scene.atWork(workstation)

  const socket = join(data, 'service.sock')
  rmSync(socket)
  await until('the desk is hidden', 60_000, () => !scene.isShown(), 100)
  const blank = await workstation.blank()
  await expect(blank.getByText('A check of this computer does not pass.')).toBeVisible()
  await expect(
    blank.getByText('System service: Ask IT to install it, or restart the computer.')
  ).toBeVisible()
  const cards = board.locator('[data-testid="alert-card"][data-rule="device-unfit"]')
  await expect(cards).toHaveCount(1, { timeout: 15_000 })
  await board.screenshot({ path: 'test-results/posture-board.png' })
  await blank.screenshot({ path: 'test-results/posture-blank.png' })

  scene.children.start(process.execPath, [resolve('out/test/service/service.js'), `--socket=${socket}`], {
    stdio: 'ignore'
  })
  await until('the desk is back', 60_000, () => scene.isShown(), 100)
})

test('nobody signs in while a check that blocks does not pass, and the list says why', async ({ scene }) => {
  // The hub of this test runs in node: a policy that forbids it cannot be met here.
  const checks = { 'remote-control': { enforcement: 'block', programs: ['node'] } }
  await scene.open({ adjust: withChecks(checks) })
  const workstation = await scene.workstation('clear')
  const shell = await workstation.shell()
  await expect(shell.locator('[data-step="checks"][data-state="failed"]')).toBeVisible({ timeout: 30_000 })
  const { email, password } = advocate(1)
  await workstation.signIn(email, password)
  await expect(shell.getByText(/does not pass a check that your team’s rules ask for/)).toBeVisible()
  await shell.getByRole('button', { name: /^Checks: / }).click()
  await expect(shell.locator('[data-group="needs-you"] [data-check="remote-control"]')).toContainText('node')
  await shell.screenshot({ path: 'test-results/posture-gate.png' })
  expect(workstation.app.windows().some((page) => page.url().startsWith('http'))).toBe(false)
})
