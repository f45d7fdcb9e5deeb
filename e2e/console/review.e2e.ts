import type { Locator, Page } from '@playwright/test'
import { OWN_APPEAL_PATH } from '../../src/contract/wire/v1/alert-life'
import { expect, test } from './hub-fixture'
import { inspect } from './inspect'

const fill = async (dialog: Locator, choice: string, note: string, save: string): Promise<void> => {
  await dialog.getByLabel(choice).check()
  await dialog.getByLabel('What you saw and did').fill(note)
  await dialog.getByRole('button', { name: save }).click()
  await expect(dialog).toHaveCount(0)
}

const stage = (page: Page, name: string) =>
  page.getByRole('radiogroup').getByText(name, { exact: true }).click()

const openPage = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name }).click()

test('an alert lives to its end: passed on by silence, decided, objected to, answered by a lead, looked over by an auditor', async ({
  floor
}) => {
  test.setTimeout(480_000) // nine pages, each read whole by axe in both appearances
  const { desk, enter } = floor
  const supervisor = await enter()
  const unanswered = desk.raise()
  const id = desk.raise()
  await desk.sync()

  // The supervisor decides with keys.
  const { page } = supervisor
  await page
    .locator(`[data-alert-id="${id}"]`)
    .getByRole('button', { name: /^Details/ })
    .click()
  const panel = page.getByTestId('panel')
  await expect(panel.getByTestId('life-stage')).toHaveAttribute('data-stage', 'raised')
  await page.keyboard.press('y')
  await inspect(supervisor, 'decide')
  await fill(
    page.getByRole('dialog'),
    'An honest mistake',
    'A phone lay beside the keyboard.',
    'Record the decision'
  )
  await expect(panel.getByTestId('life-stage')).toHaveAttribute('data-stage', 'decided')
  await expect(panel).toContainText('A phone lay beside the keyboard.')
  await inspect(supervisor, 'decided')

  // The advocate objects from their desk.
  const { client } = desk
  await client.call('POST', OWN_APPEAL_PATH, {
    v: 1,
    sender: client.sender,
    alert: id,
    statement: 'It is my glucose meter, it is allowed.'
  })
  await expect(panel.getByTestId('life-stage')).toHaveAttribute('data-stage', 'appealed')
  await expect(panel.getByRole('button', { name: 'Answer the objection' })).toHaveCount(0)

  // Nobody answered the other one: it was passed on meanwhile.
  const card = page.locator(`[data-testid="alert-card"][data-alert-id="${unanswered}"]`)
  await expect(card.getByTestId('escalated')).toHaveText('Passed on to leads')
  await supervisor.look('escalated')

  // A lead answers.
  const lead = await enter('lead')
  await openPage(lead.page, 'Alerts')
  await stage(lead.page, 'Objections')
  await lead.page.getByTestId('review-row').getByRole('button').click()
  await inspect(lead, 'review')
  await lead.page.getByRole('button', { name: 'Answer the objection' }).click()
  const dialog = lead.page.getByRole('dialog')
  await expect(dialog).toContainText('It is my glucose meter')
  await fill(dialog, 'The objection was right', 'It is on the list of allowed devices.', 'Send the answer')
  await expect(lead.page.getByTestId('review-row')).toHaveCount(0)
  await stage(lead.page, 'Closed')
  await lead.page.getByTestId('review-row').getByRole('button').click()
  await expect(lead.page.getByTestId('life-stage')).toHaveAttribute('data-stage', 'closed')
  await expect(lead.page.getByTestId('panel')).toContainText('The objection was right')

  // The figures have it as a false alarm.
  await openPage(page, 'Reports')
  const row = page.locator('[data-testid="report-row"][data-rule="phone"]')
  await expect(row).toContainText('100%')
  await inspect(supervisor, 'reports')

  // An auditor has no board, and sees who saw what.
  const auditor = await enter('auditor')
  await expect(auditor.page.getByRole('link', { name: 'Board' })).toHaveCount(0)
  await stage(auditor.page, 'Closed')
  await expect(auditor.page.getByTestId('review-row')).toHaveCount(1)
  await auditor.page.getByTestId('review-row').getByRole('button').click()
  const history = auditor.page.getByTestId('history')
  await expect(history).toContainText('Demo lead agreed with the objection')
  await expect(history).toContainText('Demo Supervisor 1 saw it')
  await expect(auditor.page.getByRole('button', { name: 'It was so' })).toHaveCount(0)
  await auditor.page.evaluate(() => localStorage.setItem('havendesk.language', 'es'))
  await auditor.page.reload()
  await expect(history).toContainText('Demo lead aceptó la objeción')
  await inspect(auditor, 'auditor-es')
  expect([supervisor, lead, auditor].flatMap(({ complaints }) => complaints)).toEqual([])
})
