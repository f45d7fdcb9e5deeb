import { writeFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { Secret, TOTP } from 'otpauth'
import { organisation, supervisor, team } from '../../scripts/stack/seed'
import { addPerson, requireSecondFactor } from '../../src/provision/index'
import { startOidcProvider, type TestProvider } from '../../test/hub/support/oidc-provider'
import { expect, test as base, type Floor } from './hub-fixture'
import type { Screen } from './console-fixture'
import { inspect } from './inspect'

const test = base.extend<{ readonly provider: TestProvider }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright wants the pattern
  provider: async ({}, use) => {
    const provider = await startOidcProvider()
    await use(provider)
    await provider.close()
  },
  signInProviders: async ({ provider }, use, testInfo) => {
    const { issuer, clientId, clientSecret } = provider
    const file = testInfo.outputPath('providers.json')
    const work = { id: 'work', label: 'Work account', organisation, issuer, clientId, clientSecret }
    writeFileSync(file, JSON.stringify([work]), { mode: 0o600 })
    await use(file)
  }
})

const codeOf = (secret: string, atMs: number): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: atMs })

const signedIn = ({ page }: Screen) => expect(page.getByRole('button', { name: /settings of/ })).toBeVisible()

async function openAccount({ page }: Screen): Promise<void> {
  await page.getByRole('button', { name: /settings of/ }).click()
  await page.getByRole('link', { name: 'Your account' }).click()
  await expect(page.getByTestId('account')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Sign out' })).toHaveCount(0)
}

async function signOut({ page }: Screen): Promise<void> {
  await page.getByRole('button', { name: /settings of/ }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByLabel('Email')).toBeVisible()
  await expect(page.getByText('Your session is over')).toHaveCount(0)
}

async function givePassword({ page }: Screen, password = supervisor.password): Promise<void> {
  await page.getByLabel('Email').fill(supervisor.email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

async function giveCode({ page }: Screen, code: string): Promise<void> {
  await page.getByLabel('Code', { exact: true }).fill(code)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Sets an authenticator app up on the account page; answers its secret and the recovery codes. */
async function setUpApp(screen: Screen, look: boolean): Promise<{ secret: string; codes: string[] }> {
  const { page } = screen
  await page.getByRole('button', { name: 'Set up an app' }).click()
  await expect(page.getByRole('img', { name: 'QR code of the key' })).toBeVisible()
  if (look) await inspect(screen, 'account-app')
  const secret = await page.getByTestId('app-key').inputValue()
  await page.getByLabel('Code', { exact: true }).fill('000000')
  await page.getByRole('button', { name: 'Confirm the code' }).click()
  await expect(page.getByText('That code isn’t right')).toBeVisible()
  await page.getByLabel('Code', { exact: true }).fill(codeOf(secret, Date.now()))
  await page.getByRole('button', { name: 'Confirm the code' }).click()
  await expect(page.getByTestId('recovery-codes').getByRole('listitem')).toHaveCount(10)
  if (look) await inspect(screen, 'account-codes')
  const codes = await page.getByTestId('recovery-codes').getByRole('listitem').allTextContents()
  await page.getByRole('button', { name: 'I have kept them' }).click()
  await expect(page.getByText(/In use since/)).toBeVisible()
  await expect(page.getByText(codes[0] ?? '')).toHaveCount(0)
  return { secret, codes }
}

/** A key of the device itself that asks its person for a finger, as Chromium's own tests have it. */
async function virtualKey({ page }: Screen) {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true
    }
  })
  return {
    fingerFits: (isUserVerified: boolean) =>
      cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })
  }
}

const refusals = async ({ store }: Floor) =>
  (await store.db.execute(sql`SELECT why FROM sign_in_refusal ORDER BY last_at`)).rows

test('an app, its recovery codes, a passkey and a provider each let their person in, and nobody else', async ({
  floor,
  provider,
  visit
}) => {
  const { hub, enter } = floor
  provider.expect([`${hub.consoleUrl}/console/v1/sign-in/provider/work/callback`])
  provider.accounts.set('ana', { subject: 'ana', email: supervisor.email, verified: true })
  provider.accounts.set('lee', { subject: 'lee', email: 'lee@demo.example', verified: true, amr: ['mfa'] })
  provider.accounts.set('stranger', { subject: 'x', email: 'stranger@demo.example', verified: true })

  const own = await enter()
  const { page } = own
  await openAccount(own)
  await inspect(own, 'account')
  const { secret, codes } = await setUpApp(own, true)
  const [first = '', second = ''] = codes

  await test.step('the app’s code is asked for after the password', async () => {
    await signOut(own)
    await inspect(own, 'sign-in')
    await givePassword(own)
    await expect(page.getByRole('heading', { name: 'Enter your code' })).toBeVisible()
    await inspect(own, 'sign-in-code')
    await page.reload()
    await giveCode(own, '000000')
    await expect(page.getByText('That code isn’t right')).toBeVisible()
    await inspect(own, 'sign-in-code-wrong')
    // That of the step after the one that confirmed it: none is taken twice.
    await giveCode(own, codeOf(secret, Date.now() + 30_000))
    await signedIn(own)
  })

  await test.step('a passkey is made, and lets in without a password', async () => {
    const key = await virtualKey(own)
    await openAccount(own)
    await page.getByLabel('Name of the passkey').fill('This laptop')
    await page.getByRole('button', { name: 'Make a passkey' }).click()
    await expect(page.getByTestId('passkeys')).toContainText('This laptop · not used yet')
    await inspect(own, 'account-passkey')
    await signOut(own)
    await key.fingerFits(false)
    await page.getByRole('button', { name: 'Use a passkey' }).click()
    await expect(page.getByText('No passkey came')).toBeVisible()
    await key.fingerFits(true)
    await page.getByRole('button', { name: 'Use a passkey' }).click()
    await signedIn(own)
    await openAccount(own)
    await expect(page.getByTestId('passkeys')).toContainText('last used')
    await expect(page.getByTestId('sessions')).toContainText('this browser · with a passkey')
    await page.getByRole('button', { name: 'Remove This laptop' }).click()
    await expect(page.getByText('No passkey yet')).toBeVisible()
    await signOut(own)
    await page.getByRole('button', { name: 'Use a passkey' }).click()
    await expect(page.getByText('This passkey isn’t known here')).toBeVisible()
  })

  await test.step('a provider sends its person back, who still owes the app’s code', async () => {
    await page.getByRole('button', { name: 'Continue with Work account' }).click()
    await page.getByLabel('Account').fill('ana')
    await page.getByRole('button', { name: 'Continue' }).click()
    await expect(page.getByRole('heading', { name: 'Enter your code' })).toBeVisible()
    await giveCode(own, first)
    await signedIn(own)
    await openAccount(own)
    await expect(page.getByText('Recovery codes left: 9.')).toBeVisible()
  })

  await test.step('a provider lets in at once who showed two factors there, and refuses a stranger', async () => {
    const person = { organisation, team, name: 'Lee', email: 'lee@demo.example', role: 'lead' } as const
    await addPerson(floor.store.db, { ...person, password: 'never used by them' })
    const lee = await visit(hub.consoleUrl)
    await lee.page.getByRole('button', { name: 'Continue with Work account' }).click()
    await lee.page.getByLabel('Account').fill('stranger')
    await lee.page.getByRole('button', { name: 'Continue' }).click()
    const refused = lee.page.getByTestId('sign-in-refused')
    await expect(refused.getByRole('heading', { name: 'That sign-in wasn’t taken' })).toBeFocused()
    await expect(refused).toContainText('Ask IT to add you')
    await inspect(lee, 'sign-in-refused')
    await refused.getByRole('button', { name: 'Back to the sign-in' }).click()
    await expect(lee.page).toHaveURL(`${hub.consoleUrl}/`)
    expect(await refusals(floor)).toEqual([{ why: 'not-here' }])
    await lee.page.context().clearCookies({ domain: '127.0.0.1' })
    await lee.page.getByRole('button', { name: 'Continue with Work account' }).click()
    await lee.page.getByLabel('Account').fill('lee')
    await lee.page.getByRole('button', { name: 'Continue' }).click()
    await signedIn(lee)
    await expect(lee.page).toHaveURL(`${hub.consoleUrl}/`)
    await openAccount(lee)
    await lee.page.getByRole('button', { name: /^Unlink / }).click()
    await inspect(lee, 'account-unlink')
    await lee.page.getByRole('dialog').getByRole('button', { name: 'Unlink', exact: true }).click()
    await expect(lee.page.getByTestId('providers')).toHaveCount(0)
    await expect(lee.page.getByTestId('sessions')).toContainText('this browser')
    expect(lee.complaints).toEqual([])
  })

  await test.step('a session is ended from another browser, and an account that was tried is let in again by IT', async () => {
    const other = await visit(hub.consoleUrl)
    await givePassword(other)
    await giveCode(other, second)
    await signedIn(other)
    await page.reload()
    await page.getByRole('button', { name: 'End the session' }).click()
    await expect(page.getByRole('button', { name: 'End the session' })).toHaveCount(0)
    await other.page.reload()
    await expect(other.page.getByLabel('Email')).toBeVisible()
    await other.page.context().clearCookies()
    for (let n = 0; n < 6; n += 1) await givePassword(other, 'wrong password')
    await expect(other.page.getByText('Too many wrong tries')).toBeVisible()
    await inspect(other, 'sign-in-waits')
    const it = await enter('it')
    await openAccount(it)
    const unlock = it.page.getByRole('button', { name: /^Let Demo Supervisor 1 try again/ })
    await expect(unlock).toBeVisible()
    await inspect(it, 'account-waiting')
    await unlock.click()
    await expect(it.page.getByText('Nobody’s sign-in waits.')).toBeVisible()
    await givePassword(other)
    await expect(other.page.getByRole('heading', { name: 'Enter your code' })).toBeVisible()

    // The telephone is lost, and the role needs a second factor: only one's own account is open until there is one.
    await requireSecondFactor(floor.store.db, { organisation, roles: ['supervisor'] })
    await it.page.getByRole('button', { name: 'Reset the second factor of Demo Supervisor 1' }).click()
    await inspect(it, 'account-reset')
    await it.page.getByRole('dialog').getByRole('button', { name: 'Reset', exact: true }).click()
    await expect(it.page.getByTestId('second-factors')).toContainText('has to set one up')
    await other.page.getByRole('button', { name: 'Begin again' }).click()
    await givePassword(other)
    await expect(other.page.getByText('Set up an app or a passkey, and everything opens.')).toBeVisible()
    await expect(other.page.getByRole('navigation', { name: 'Pages' })).toHaveCount(0)
    await inspect(other, 'account-must')
    await setUpApp(other, false)
    await other.page.getByRole('button', { name: 'Go on to the console' }).click()
    await expect(other.page.getByText('Set up an app or a passkey, and everything opens.')).toHaveCount(0)

    // A passkey that this session of IT's, begun with the password, did not show.
    await floor.store.db.execute(sql`
      INSERT INTO passkey (id, organisation_id, team_id, person_id, credential, public_key, counter, name, made_at)
      SELECT gen_random_uuid(), organisation_id, team_id, id, 'key-of-it', '', 0, 'Their key', now()
      FROM person WHERE role = 'it' LIMIT 1`)
    await it.page.reload()
    await expect(it.page.getByTestId('account-weak')).toContainText('sign in with your passkey or code')
    await it.page.getByRole('button', { name: 'Set up an app' }).click()
    await expect(it.page.getByText('Sign out first, then in again, with your passkey or code')).toBeVisible()
    await inspect(it, 'account-weak')
    await it.page.evaluate(() => localStorage.setItem('havendesk.language', 'es'))
    await it.page.reload()
    await expect(it.page.getByRole('heading', { name: 'Su cuenta' })).toBeVisible()
    await inspect(it, 'account-es')
    expect([own, other, it].flatMap(({ complaints }) => complaints)).toEqual([])
  })
})
