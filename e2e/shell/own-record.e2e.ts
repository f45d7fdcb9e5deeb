import type { OwnAlert } from '../../src/contract/wire/v1/alert-life'
import { expect, test } from './page-fixture'
import { ago, atWork } from './shell-states'

const ownAlert: OwnAlert = {
  id: '5c4b1e0a-6d0f-4b52-9d0a-0b8a1f6a2c11',
  rule: 'phone',
  raisedAt: ago(3_600_000),
  endedAt: ago(3_590_000),
  hidden: true,
  stage: 'decided',
  decision: { verdict: 'agreed', reason: 'breach', note: 'A phone in your hand.', at: ago(3_000_000) },
  appealUntil: ago(-70 * 3_600_000),
  appeal: null
}
for (const scheme of ['light', 'dark'] as const) {
  test(`the person’s own record, ${scheme}: what was decided and why, and saying that it is wrong`, async ({
    open
  }) => {
    let stored = ownAlert
    let isAway = true
    const { page, main, axe, look, complaints } = await open('shell', {
      scheme,
      handlers: {
        ownAlerts: () =>
          Promise.resolve(isAway ? { outcome: 'hub-unreachable' } : { outcome: 'known', alerts: [stored] }),
        appeal: ({ statement }) => {
          const appeal = { statement, at: ago(0), dueAt: ago(-72 * 3_600_000), answer: null }
          stored = { ...stored, stage: 'appealed', appeal }
          return Promise.resolve('accepted')
        }
      }
    })
    main.state(atWork)
    await page.getByRole('button', { name: 'My record' }).click()
    await expect(page.getByRole('alert')).toContainText('The hub isn’t answering')
    isAway = false
    await page.getByRole('button', { name: 'Try again' }).click()
    const entry = page.locator('[data-own-alert]')
    await expect(entry).toContainText('It was so: Against the rules. “A phone in your hand.”')
    await entry.getByRole('button', { name: 'This is wrong' }).click()
    const box = entry.getByRole('textbox')
    await expect(box).toBeFocused()
    await expect(entry.getByRole('button', { name: 'Send my statement' })).toBeDisabled()
    await box.fill('It was my glucose meter.')
    expect(await axe()).toEqual([])
    await look(`shell-record-${scheme}`)
    await entry.getByRole('button', { name: 'Send my statement' }).click()
    await expect(entry).toHaveAttribute('data-stage', 'appealed')
    await expect(entry).toContainText('You said: “It was my glucose meter.”')
    await look(`shell-record-said-${scheme}`)
    expect(complaints).toEqual([])
  })
}
