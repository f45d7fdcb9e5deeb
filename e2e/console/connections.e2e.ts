import { IntegrationClient } from '../../examples/integration/client.mjs'
import { Readiness, startReceiver } from '../../examples/integration/receiver.mjs'
import { advocate } from '../../scripts/stack/seed'
import { sleep } from '../../scripts/stack/wait'
import { expect, test } from './hub-fixture'
import { inspect } from './inspect'

const PERSON = advocate(1).email
const at = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString()

test('IT makes a key and a channel; the sample client feeds calls and schedule, the board shows them, telephony hears of a hidden desk', async ({
  floor
}) => {
  const { hub, desk, enter, ca } = floor
  // The desk goes on telling that it lives, while people look at pages.
  const living = { ends: false }
  const lives = (async () => {
    while (!living.ends) {
      await desk.sync()
      await sleep(400)
    }
  })()
  const it = await enter('it')
  const { page } = it
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Connections' }).click()
  await expect(page.getByText('There is no key.')).toBeVisible()
  await inspect(it, 'connections-empty')

  // A key, shown once.
  await page.getByRole('button', { name: 'New key' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Telephony')
  for (const scope of ['Tell calls', 'Tell schedules', 'Tell licences', 'Ask who is ready'])
    await dialog.getByLabel(scope).check()
  await inspect(it, 'connections-new-key')
  await dialog.getByRole('button', { name: 'Make the key' }).click()
  const once = page.getByTestId('shown-once')
  const key = (await once.locator('code').textContent()) ?? ''
  expect(key).toMatch(/^hdk_[\w-]{43}$/)
  await inspect(it, 'connections-key-once')
  await once.getByRole('button').click()
  await expect(page.getByText(key)).toHaveCount(0)

  // A webhook, with its secret.
  const readiness = new Readiness()
  let secret = ''
  const refused: unknown[] = []
  const receiver = await startReceiver({
    secret: () => secret,
    onMessage: (message: unknown) => {
      readiness.take(message)
      refused.push(message)
    }
  })
  try {
    await desk.sync()
    await page.getByRole('button', { name: 'New channel' }).click()
    await dialog.getByLabel('Name').fill('Telephony')
    await dialog.getByLabel(/^Address/).fill('http://telephony.example/')
    await dialog.getByLabel('Who is ready for calls').check()
    await dialog.getByRole('button', { name: 'Make the channel' }).click()
    await expect(dialog.getByRole('alert')).toContainText('reachable by https')
    await inspect(it, 'connections-new-channel')
    await dialog.getByLabel(/^Address/).fill(receiver.url)
    await dialog.getByRole('button', { name: 'Make the channel' }).click()
    secret = (await once.locator('code').textContent()) ?? ''
    expect(secret).toMatch(/^whsec_/)
    await once.getByRole('button').click()

    // The sample client tells, the board shows.
    const supervisor = await enter()
    const client = new IntegrationClient({ hub: hub.integrationUrl, ca, key })
    await client.schedule([
      { person: PERSON, from: at(-600), to: at(600), shifts: [{ startsAt: at(-60), endsAt: at(300) }] }
    ])
    await client.calls([{ person: PERSON, state: 'on-call', since: at(-4) }])
    const tile = supervisor.page.getByTestId('tile')
    await expect(tile.getByTestId('work')).toContainText('On a call')
    await expect(tile.getByTestId('work')).toContainText('until')
    await client.certifications([
      { person: PERSON, certifications: [{ name: 'health-agent', state: 'TX', expiresOn: '2020-01-31' }] }
    ])
    await client.callFigures([
      { person: PERSON, day: '2026-11-27', calls: 31, talkS: 9000, holdS: 300, wrapUpS: 900, adherence: 0.94 }
    ])
    await expect(tile.locator('[data-certifications="expired"]')).toBeVisible()
    await tile.click()
    await expect(supervisor.page.getByTestId('desk-work')).toContainText('94%')
    await expect(supervisor.page.getByTestId('desk-work')).toContainText('expired on')
    await desk.sync()
    await inspect(supervisor, 'board-work')

    // A hidden desk is not ready.
    await desk.sync()
    await expect.poll(() => readiness.isReady(PERSON)).toBe(true)
    desk.become('hidden', ['phone'])
    await desk.sync()
    await expect.poll(() => readiness.isReady(PERSON)).toBe(false)

    // What nobody takes is a dead letter, and is sent again from the page.
    secret = 'whsec_AAAA'
    desk.become('shown', [])
    await desk.sync()
    const row = page.getByTestId('channel-row')
    await expect(row.locator('[data-waiting="1"]')).toBeVisible()
    await floor.giveUp()
    await expect(page.getByTestId('dead-letter').first()).toContainText('status-401')
    await page.evaluate(() => localStorage.setItem('havendesk.language', 'es'))
    await page.reload()
    await expect(page.getByTestId('dead-letter').first()).toContainText('intentos')
    await inspect(it, 'connections-es')
    await page.evaluate(() => localStorage.setItem('havendesk.language', 'en'))
    await page.reload()
    await page
      .getByRole('button', { name: /^Send again/ })
      .first()
      .click()
    await expect(page.getByTestId('dead-letter')).toHaveCount(0)

    // A revoked key is refused at once.
    await page.getByRole('button', { name: 'Revoke: Telephony' }).click()
    await inspect(it, 'connections-revoke')
    await dialog.getByRole('button', { name: 'Yes, do it' }).click()
    await expect(page.getByTestId('key-row')).toHaveAttribute('data-state', 'revoked')
    await expect(client.readiness()).rejects.toThrow('401')
    expect([it, supervisor].flatMap(({ complaints }) => complaints)).toEqual([])
  } finally {
    living.ends = true
    await lives
    receiver.close()
  }
})
