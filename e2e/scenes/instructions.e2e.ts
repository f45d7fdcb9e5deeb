import { expect, test } from '../fixtures/floor'

test('a supervisor locks, unlocks, writes to, looks at and ends a real desk, and the advocate sees who did it', async ({
  scene
}) => {
  await scene.open({
    adjust: (policy) => ({
      ...policy,
      supervision: {
        instructions: {
          allow: ['lock', 'unlock', 'message', 'end-session', 'check', 'reload-policy', 'support']
        },
        support: { seconds: 300, rules: [{ verdict: 'allow', path: '/usr/bin/rustdesk' }] }
      }
    })
  })
  const board = await scene.console()
  const workstation = await scene.workstation('clear')
  await scene.atWork(workstation)
  await board.getByTestId('tile').click()
  const panel = board.getByTestId('panel')
  const became = (kind: string) =>
    expect(panel.locator(`[data-instruction="${kind}"]`).first()).toHaveAttribute('data-status', 'done')

  await panel.getByRole('button', { name: 'Lock', exact: true }).click()
  await scene.coveredFor(workstation, 'Your supervisor locked your screen.')
  await became('lock')

  await panel.getByRole('button', { name: 'Unlock' }).click()
  await scene.uncovered()
  await became('unlock')

  await panel.getByRole('button', { name: 'Send a message' }).first().click()
  await panel.getByRole('textbox').fill('Please call me when you have a minute.')
  await panel.locator('form').getByRole('button', { name: 'Send a message' }).click()
  const shell = await workstation.shell()
  await expect(shell.locator('[data-told="message"]')).toContainText('Demo Supervisor 1')
  await expect(shell.locator('[data-told="message"]')).toContainText('Please call me when you have a minute.')
  await became('message')

  await panel.getByRole('button', { name: 'Check the computer again' }).click()
  await expect(shell.locator('[data-told="check"]')).toBeVisible()
  await became('check')

  await panel.getByRole('button', { name: 'Get the newest rules' }).click()
  await expect(shell.locator('[data-told="reload-policy"]')).toBeVisible()
  await became('reload-policy')

  await panel.getByRole('button', { name: 'Turn on support' }).click()
  const support = shell.getByTestId('support')
  await expect(support).toContainText('asked for by Demo Supervisor 1')
  await became('support')
  await shell.screenshot({ path: 'test-results/support.png' })
  await board.screenshot({ path: 'test-results/support-board.png' })
  await support.getByRole('button', { name: 'End support' }).click()
  await expect(support).toBeHidden()

  // The lock is in the advocate's own record, as it is in the supervisor's.
  await shell.getByRole('button', { name: 'My record' }).click()
  const own = shell.locator('[data-own-alert]').filter({ hasText: 'Locked by a supervisor' })
  await expect(own).toHaveCount(1)

  await panel.getByRole('button', { name: 'End the session' }).click()
  await expect(shell.getByRole('button', { name: 'Sign in' })).toBeVisible()
  await became('end-session')
})
