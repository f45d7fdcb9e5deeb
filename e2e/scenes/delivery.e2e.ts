import { advocate } from '../../scripts/stack/seed'
import { shownAlerts } from '../../scripts/stack/console'
import { sleep } from '../../scripts/stack/wait'
import { familyOf } from '../../scripts/stack/family'
import { expect, test } from '../fixtures/floor'
import { PATIENCE_MS } from '../fixtures/patience'

test('a hub that is down during an alert gets it once when it is back', async ({ scene }) => {
  await scene.open()
  const board = await scene.console()
  const workstation = await scene.workstation('phone')
  await scene.atWork(workstation)
  await scene.floor.hub.kill()
  await expect(board.locator('[data-testid="line"][data-line="lost"]')).toBeVisible()

  const blank = await scene.coveredFor(workstation, 'A phone is in view.')
  await expect(blank.getByText('Recorded for your supervisor')).toBeVisible()
  await scene.uncovered()

  await scene.floor.hub.restart()
  await expect(board.locator('[data-testid="line"][data-line="live"]')).toBeVisible()
  const phones = board.locator('[data-testid="alert-card"][data-rule="phone"]')
  await expect(phones.first()).toBeVisible()
  const shown = (await shownAlerts(board)).filter(({ rule }) => rule === 'phone')
  expect(new Set(shown.map(({ id }) => id)).size).toBe(shown.length)
})

test('a workstation killed with an alert in its outbox delivers it after the restart', async ({ scene }) => {
  // Without a cooldown each phone is an alert of its own, also one that comes soon after a phone the hub knows of.
  await scene.open({
    adjust: (policy) => ({
      ...policy,
      rules: { ...policy.rules, phone: { ...policy.rules.phone, cooldownMs: 0 } }
    })
  })
  const board = await scene.console()
  const data = await scene.floor.desk('Demo Desk 1')
  const first = await scene.workstation('phone', data)
  await scene.atWork(first)
  await scene.floor.hub.kill()
  const told = async (): Promise<readonly string[]> =>
    (await shownAlerts(board)).filter(({ rule }) => rule === 'phone').map(({ id }) => id)
  // On a slow computer the phone may have come, and been told, before the hub went.
  await scene.uncovered()
  const before = await told()
  const blank = await scene.coveredFor(first, 'A phone is in view.')
  await expect(blank.getByText('Recorded for your supervisor')).toBeVisible()
  for (const { pid } of familyOf(first.pid)) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
  await scene.floor.hub.restart()
  await sleep(1000)
  expect(await told()).toEqual(before)

  await scene.workstation('clear', data)
  const fresh = async (): Promise<readonly string[]> => (await told()).filter((id) => !before.includes(id))
  await expect.poll(fresh, { timeout: PATIENCE_MS }).not.toHaveLength(0)
  const all = await told()
  expect(new Set(all).size).toBe(all.length)
})

test('a wrong password is refused in plain words and opens nothing', async ({ scene }) => {
  await scene.open()
  const workstation = await scene.workstation('clear')
  await workstation.signIn(advocate(1).email, 'not the password')
  const shell = await workstation.shell()
  await expect(shell.getByText(/don’t belong together/)).toBeVisible()
  expect(workstation.app.windows().some((page) => page.url().startsWith('http'))).toBe(false)
  await scene.atWork(workstation)
})

test('an enrolment ticket that was used already enrols nobody', async ({ scene }) => {
  await scene.open()
  const ticket = await scene.floor.seeded.handOver('Demo Desk 1', `${scene.folder}/first`)
  const first = await scene.workstation('clear', `${scene.folder}/first`)
  await expect((await first.shell()).getByRole('button', { name: 'Sign in' })).toBeVisible()
  await first.close()

  await scene.layTicket(ticket, `${scene.folder}/second`)
  const second = await scene.workstation('clear', `${scene.folder}/second`)
  const refusal = (await second.shell()).getByText('The hub did not take the enrolment ticket.')
  await expect(refusal.first()).toBeVisible()
  await expect((await second.shell()).getByRole('button', { name: 'Sign in' })).toHaveCount(0)
})
