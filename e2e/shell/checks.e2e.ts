import type { CheckView, ShellState } from '../../src/contract/ipc/schema'
import { expect, test } from './page-fixture'
import { ago, HOUR, withChecks, signedOut, atWork } from './shell-states'

const checkScenes: readonly (readonly [
  name: string,
  checks: CheckView[],
  needing: string,
  words: readonly string[]
])[] = [
  [
    'all-well',
    withChecks({}),
    'Checks all of them pass',
    ['All well: 19', 'root: encrypted; swap: encrypted']
  ],
  [
    'three-failing',
    withChecks({
      'disk-encryption': {
        state: 'fail',
        evidence: 'C: suspended',
        remedy: 'remedy.disk-encryption.suspended'
      },
      antivirus: { state: 'stale', remedy: 'remedy.check.stale', seenAt: ago(2 * HOUR) },
      'usb-storage': { state: 'fail', evidence: '1 USB storage drive', remedy: 'remedy.usb-storage.found' },
      tpm: { state: 'fail', evidence: 'no TPM', remedy: 'remedy.tpm.missing' },
      'application-control': {
        state: 'fail',
        evidence: 'fapolicyd: rules that only note',
        remedy: 'remedy.application-control.noting'
      }
    }),
    'Checks 3 need you',
    [
      'Needs attention: 3',
      'Only reported to IT: 2',
      'Disk encryption is on pause.',
      'Only IT can make an exception.'
    ]
  ],
  [
    'service-missing',
    withChecks({
      service: {
        state: 'unknown',
        evidence: 'no service at its socket (ENOENT)',
        remedy: 'remedy.service-missing'
      },
      firewall: {
        state: 'unknown',
        evidence: 'no service at its socket (ENOENT)',
        remedy: 'remedy.firewall.unknown'
      }
    }),
    'Checks 2 need you',
    [
      'Ask IT to install it, or restart the computer.',
      'Havendesk cannot see the firewall without its system service.'
    ]
  ]
]

for (const [name, checks, needing, words] of checkScenes) {
  for (const scheme of ['light', 'dark'] as const) {
    test(`the checks, ${name}, ${scheme}: at work and before it, what needs the person first`, async ({
      open
    }) => {
      const { page, main, axe, look, complaints } = await open('shell', { scheme })
      main.state({ ...atWork, checks })
      await page.getByRole('button', { name: needing }).press('Enter')
      await expect(page.getByRole('region', { name: 'Checks' })).toBeFocused()
      for (const text of words) await expect(page.getByText(text).first()).toBeVisible()
      const first = page.locator('tbody tr[data-check]').first()
      if (name !== 'all-well')
        await expect(first.locator('xpath=..')).toHaveAttribute('data-group', 'needs-you')
      expect(await axe()).toEqual([])
      await look(`shell-checks-${name}-${scheme}`)
      main.state({ ...signedOut, checks })
      await page.getByRole('button', { name: /^(All checks|Checks:)/ }).press('Enter')
      for (const text of words) await expect(page.getByText(text).first()).toBeVisible()
      expect(await axe()).toEqual([])
      await look(`sign-in-checks-${name}-${scheme}`)
      expect(complaints).toEqual([])
    })
  }
}

const granting = { waivable: ['usb-storage' as const], now: { stage: 'none' as const } }
const failingUsb = withChecks({
  'usb-storage': { state: 'fail', evidence: '1 USB storage drive', remedy: 'remedy.usb-storage.found' }
})
for (const scheme of ['light', 'dark'] as const) {
  test(`G5 an exception, ${scheme}: asked for with a reason, then shown with the time left`, async ({
    open
  }) => {
    const { page, main, received, axe, look, complaints } = await open('shell', { scheme })
    const asked = (): readonly unknown[] =>
      received.flatMap(({ call, argument }) => (call === 'askException' ? [argument] : []))
    main.state({ ...atWork, checks: failingUsb, breakGlass: granting })
    await page.getByRole('button', { name: /^Checks/ }).click()
    await expect(page.getByRole('button', { name: 'Ask for an exception' })).toHaveCount(1)
    await page.getByRole('button', { name: 'Ask for an exception' }).press('Enter')
    await expect(page.getByRole('radio').first()).toBeFocused()
    await page.getByRole('button', { name: 'Ask now' }).click()
    await expect(page.getByText('Choose a reason.')).toBeVisible()
    expect(asked()).toEqual([])
    await page.getByRole('radio', { name: 'A member is waiting' }).check()
    expect(await axe()).toEqual([])
    await look(`shell-exception-ask-${scheme}`)
    await page.getByRole('button', { name: 'Ask now' }).click()
    await expect.poll(asked).toEqual([{ check: 'usb-storage', reason: 'member-waiting' }])
    const check = 'usb-storage' as const
    const told = (now: NonNullable<ShellState['breakGlass']>['now']) =>
      main.state({ ...atWork, checks: failingUsb, breakGlass: { ...granting, now } })
    told({ stage: 'asked', check, since: ago(60_000) })
    await expect(page.locator('[data-exception="asked"]')).toContainText('A supervisor or IT decides')
    await expect(page.getByRole('button', { name: 'Ask for an exception' })).toHaveCount(0)
    await look(`shell-exception-asked-${scheme}`)
    told({ stage: 'running', check, approver: 'sup@demo.example', until: ago(-24.5 * 60_000) })
    await expect(page.locator('[data-exception="running"]')).toContainText('25 minutes left')
    expect(await axe()).toEqual([])
    await look(`shell-exception-running-${scheme}`)
    told({ stage: 'over', check, why: 'time-over' })
    await expect(page.locator('[data-exception="over"]')).toContainText('is over')
    expect(complaints).toEqual([])
  })
}

test('evidence is copied', async ({ open }) => {
  const { page, main } = await open('shell')
  main.state(atWork)
  await page.getByRole('button', { name: /^Checks/ }).click()
  await page.getByRole('button', { name: 'Copy the evidence of System service' }).click()
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible()
})

test('the checks panel says when there is nothing yet, and takes a great many', async ({ open }) => {
  const { page, main, look } = await open('shell')
  main.state({ ...atWork, checks: [] })
  await page.getByRole('button', { name: /^Checks/ }).click()
  await expect(page.getByText('No check has run yet.')).toBeVisible()
  await look('shell-checks-empty')
  main.state({
    ...atWork,
    checks: Array.from({ length: 64 }, (_, at) => ({
      id: `probe-${at}`,
      area: 'device',
      state: at % 7 === 0 ? 'unknown' : 'pass',
      evidence: 'x'.repeat(at * 7),
      ageMs: at * 10_000,
      remedy: '',
      seenAt: ago(at * 10_000)
    }))
  })
  // Two groups with a line of their own each, and the head.
  await expect(page.getByRole('row')).toHaveCount(67)
  await look('shell-checks-many')
})
