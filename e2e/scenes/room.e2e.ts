import { expect, test } from '../fixtures/floor'
import { shownAlerts } from '../../scripts/stack/console'

test('D6 a phone hides the desk, reaches the supervisor, is acknowledged, and the desk comes back by itself', async ({
  scene
}) => {
  await scene.open()
  const board = await scene.console()
  const workstation = await scene.workstation('phone')
  await scene.atWork(workstation)
  const tile = board.getByTestId('tile')
  await expect(tile).toContainText('Demo Advocate 1')

  const blank = await scene.coveredFor(workstation, 'A phone is in view.')
  await expect(blank.getByText('until it is out of sight for 3 seconds')).toBeVisible()
  await expect(blank.getByText('Recorded for your supervisor')).toBeVisible()

  const card = board.locator('[data-testid="alert-card"][data-rule="phone"]')
  await expect(card).toHaveCount(1)
  await expect(card).toContainText('Demo Advocate 1')
  await expect(tile).toContainText(/hidden/i)

  await card.getByRole('button', { name: /^Acknowledge/ }).click()
  await expect(card).toHaveCount(0)

  await scene.uncovered()
  await expect(tile).not.toContainText(/hidden/i)
})

test('D6 a second person hides the desk until they have gone', async ({ scene }) => {
  await scene.open()
  const board = await scene.console()
  const workstation = await scene.workstation('second-person')
  await scene.atWork(workstation)
  await scene.covered()
  await expect((await workstation.blank()).locator('body')).toContainText(/people|person/i)
  await expect(board.locator('[data-testid="alert-card"][data-rule="second-person"]')).toHaveCount(1)
  await scene.uncovered()
})

test('D6 an empty chair hides the desk until somebody sits there', async ({ scene }) => {
  // The recorded chair is empty for six seconds: the demonstration's five would leave no room on a busy machine.
  await scene.open({
    adjust: (policy) => ({
      ...policy,
      rules: { ...policy.rules, nobody: { ...policy.rules.nobody, enterMs: 2000 } }
    })
  })
  const board = await scene.console()
  const workstation = await scene.workstation('nobody')
  await scene.atWork(workstation)
  await scene.covered()
  await expect.poll(async () => (await shownAlerts(board)).map(({ rule }) => rule)).toContain('nobody')
  await scene.uncovered()
})
