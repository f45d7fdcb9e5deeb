import { expect, test } from './page-fixture'
import { steps, signedOut } from './shell-states'

test('a person quicker than their desk types once: the sign-in goes when the last step is done', async ({
  open
}) => {
  const { page, main, received } = await open('shell', {
    handlers: { signIn: () => Promise.resolve({ outcome: 'refused', reason: 'bad-credentials' }) }
  })
  main.state({ ...signedOut, steps: steps({ checks: { state: 'working' } }) })
  await page.getByLabel('Email').fill('advocate1@demo.example')
  await page.getByLabel('Password', { exact: true }).fill('typed early')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Signing you in' })).toBeVisible()
  expect(received.filter(({ call }) => call === 'signIn')).toEqual([])
  main.state(signedOut)
  await expect(page.getByRole('alert').getByText('don’t belong together')).toBeVisible()
  expect(received.filter(({ call }) => call === 'signIn')).toEqual([
    { call: 'signIn', argument: { email: 'advocate1@demo.example', password: 'typed early' } }
  ])
})

for (const [reason, words] of [
  ['bad-credentials', 'don’t belong together'],
  ['too-many-tries', 'Wait a few minutes'],
  ['hub-unreachable', 'The hub isn’t answering'],
  ['not-ready', 'Your desk isn’t ready yet'],
  ['revoked', 'Call IT or your supervisor'],
  ['quarantined', 'A second computer signs in as this one'],
  ['not-your-desk', 'set up for someone else'],
  ['not-attested', 'does not recognise this computer']
] as const) {
  test(`a sign-in refused as ${reason} says why and what next, and keeps the email`, async ({ open }) => {
    const { page, main, received, axe, look } = await open('shell', {
      handlers: { signIn: () => Promise.resolve({ outcome: 'refused', reason }) }
    })
    main.state(signedOut)
    await page.getByLabel('Email').fill('advocate1@demo.example')
    await page.getByLabel('Password', { exact: true }).fill('not the password')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('alert').getByText(words)).toBeVisible()
    // Main goes through signing-in and back while it asks the hub.
    main.state({ ...signedOut, phase: 'signing-in' })
    main.state(signedOut)
    await expect(page.getByRole('alert').getByText(words)).toBeVisible()
    await expect(page.getByLabel('Email')).toHaveValue('advocate1@demo.example')
    await expect(page.getByLabel('Password', { exact: true })).toHaveValue('')
    expect(received).toEqual(
      expect.arrayContaining([
        { call: 'signIn', argument: { email: 'advocate1@demo.example', password: 'not the password' } }
      ])
    )
    expect(await axe()).toEqual([])
    await look(`shell-sign-in-${reason}`)
  })
}

test('a sign-in that main never finished says so', async ({ open }) => {
  const { page, main } = await open('shell', {
    handlers: { signIn: () => Promise.reject(new Error('gone')) }
  })
  main.state(signedOut)
  await page.getByLabel('Email').fill('a@b.example')
  await page.getByLabel('Password', { exact: true }).fill('x')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText('Signing in did not finish.')).toBeVisible()
})

test('empty fields are named and nothing is sent; the password can be seen', async ({ open }) => {
  const { page, main, received } = await open('shell')
  main.state(signedOut)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText('Enter your work email.')).toBeVisible()
  await expect(page.getByText('Enter your password.')).toBeVisible()
  expect(received.filter(({ call }) => call === 'signIn')).toEqual([])
  await page.getByLabel('Password', { exact: true }).fill('sesame')
  await page.getByRole('button', { name: 'Show or hide the password' }).press('Enter')
  await expect(page.getByLabel('Password', { exact: true })).toHaveAttribute('type', 'text')
})

test('caps lock is hinted at', async ({ open }) => {
  const { page, main } = await open('shell')
  main.state(signedOut)
  const password = page.getByLabel('Password', { exact: true })
  await password.dispatchEvent('keydown', { key: 'A', modifierCapsLock: true })
  await expect(page.getByText('Caps lock is on.')).toBeVisible()
  await password.dispatchEvent('keyup', { key: 'a' })
  await expect(page.getByText('Caps lock is on.')).toHaveCount(0)
})
