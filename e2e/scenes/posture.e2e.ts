import { readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Page } from '@playwright/test'
import { advocate, supervisor } from '../../scripts/stack/seed'
import { checkRulesSchema } from '../../src/core/policy/checks'
import type { Policy } from '../../src/core/policy/policy'
import { SoftPasskey } from '../../test/break-glass/passkey'
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
  const blank = await scene.coveredFor(workstation, 'A check of this computer does not pass.')
  await expect(
    blank.getByText('System service: Ask IT to install it, or restart the computer.')
  ).toBeVisible()
  const cards = board.locator('[data-testid="alert-card"][data-rule="device-unfit"]')
  await expect(cards).toHaveCount(1)
  await board.screenshot({ path: 'test-results/posture-board.png' })
  await blank.screenshot({ path: 'test-results/posture-blank.png' })

  scene.children.start(process.execPath, [resolve('out/test/service/service.js'), `--socket=${socket}`], {
    stdio: 'ignore'
  })
  await scene.uncovered(100)
})

test('G5 nobody signs in while a check that blocks does not pass; a second person waives it for a while', async ({
  scene
}) => {
  // The hub of this test runs in node: a policy that forbids it cannot be met here.
  const checks = { 'remote-control': { enforcement: 'block', programs: ['node'] } }
  const passkey = new SoftPasskey()
  const breakGlass: Policy['breakGlass'] = {
    approvers: [{ email: supervisor.email, key: passkey.key }],
    checks: ['remote-control'],
    maxMinutes: 60
  }
  await scene.open({ adjust: (policy) => ({ ...withChecks(checks)(policy), breakGlass }) })
  const workstation = await scene.workstation('clear')
  const shell = await workstation.shell()
  await expect(shell.locator('[data-step="checks"][data-state="failed"]')).toBeVisible()
  const { email, password } = advocate(1)
  await workstation.signIn(email, password)
  await expect(shell.getByText(/does not pass a check that your team’s rules ask for/)).toBeVisible()
  await shell.getByRole('button', { name: /^Checks: / }).click()
  await expect(shell.locator('[data-group="needs-you"] [data-check="remote-control"]')).toContainText('node')
  await shell.screenshot({ path: 'test-results/posture-gate.png' })
  expect(workstation.app.windows().some((page) => page.url().startsWith('http'))).toBe(false)

  const panel = shell.getByRole('region', { name: 'Checks' })
  await panel.getByRole('button', { name: 'Ask for an exception' }).click()
  await panel.getByRole('radio', { name: 'A member is waiting' }).check()
  await shell.screenshot({ path: 'test-results/break-glass-ask.png' })
  await panel.getByRole('button', { name: 'Ask now' }).click()
  await expect(shell.locator('[data-exception="asked"]')).toBeVisible()

  // The supervisor's security key is one of the browser's own making; its private half is the test's.
  const board = await scene.console()
  await layKey(board, passkey)
  const card = board.locator('[data-testid="alert-card"][data-rule="break-glass-asked"]')
  await card.getByRole('button', { name: 'Details' }).click()
  await board.getByRole('button', { name: 'Grant…' }).click()
  const dialog = board.getByRole('dialog')
  await dialog.getByText('30 minutes').click()
  await dialog.getByLabel('Why, for the record').fill('the clinic cannot be called otherwise')
  await board.screenshot({ path: 'test-results/break-glass-grant.png' })
  expect(await seriousOf(board)).toEqual([])
  await dialog.getByRole('button', { name: 'Grant with your security key' }).click()
  await expect(dialog).toHaveCount(0)

  await expect(shell.locator('[data-exception="running"]')).toContainText('30 minutes left')
  await scene.atWork(workstation)
  const note = shell.locator('[data-exception="running"]')
  await expect(note).toContainText(`Granted by ${supervisor.email}`)
  await shell.screenshot({ path: 'test-results/break-glass-running.png' })
  expect(await seriousOf(shell)).toEqual([])
  await expect(board.locator('[data-testid="alert-card"][data-rule="break-glass-used"]')).toHaveCount(1)
  await expect(board.locator('[data-status="running"]')).toContainText('for 30 minutes')
  await expect(board.getByTestId('tile')).toContainText('Under an exception')
  await board.screenshot({ path: 'test-results/break-glass-board.png' })

  await board.getByRole('button', { name: 'Take back…' }).click()
  await dialog.getByLabel('Why, for the record').fill('the firewall is mended now')
  await dialog.getByRole('button', { name: 'Say no' }).click()
  await scene.coveredFor(workstation, 'A check of this computer does not pass.')
})

async function layKey(page: Page, passkey: SoftPasskey): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'usb',
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true
    }
  })
  const credentialId = Buffer.from(passkey.key.credential, 'base64url').toString('base64')
  await session.send('WebAuthn.addCredential', {
    authenticatorId,
    credential: {
      credentialId,
      isResidentCredential: false,
      rpId: passkey.rpId,
      privateKey: passkey.pkcs8,
      signCount: 0
    }
  })
}

/** What axe finds that keeps somebody from using a page. */
async function seriousOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(readFileSync('node_modules/axe-core/axe.min.js', 'utf8'))
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> }
    }
    const { violations } = await axe.run()
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
  })
}
