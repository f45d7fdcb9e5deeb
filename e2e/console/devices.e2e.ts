import { readFile } from 'node:fs/promises'
import { DeviceClient, newIdentity } from '../../scripts/demo/desks/device-client'
import { sleep } from '../../scripts/stack/wait'
import type { CheckResult } from '../../src/core/check/check'
import { enrolmentTicketSchema, type DeskSnapshot } from '../../src/contract/wire/v1/device'
import { expect, test } from './hub-fixture'
import { inspect } from './inspect'

const SENDER = { flavour: 'test', build: '0.1.0' } as const
const check = (
  id: string,
  state: CheckResult['state'],
  enforcement: CheckResult['enforcement'] = 'warn'
): CheckResult => ({ id, area: 'device', state, evidence: 'test', ageMs: 0, remedy: '', enforcement })
const unfit: DeskSnapshot = {
  state: 'signed-out',
  reasons: [],
  since: new Date().toISOString(),
  person: null,
  policyVersion: 1,
  model: 'coco-ssd@2.2.3#0123456789ab',
  checks: [
    check('firewall', 'fail', 'block'),
    check('disk-encryption', 'unknown'),
    check('antivirus', 'fail', 'report'),
    check('screen-lock', 'fail'),
    check('camera', 'pass')
  ]
}

test('IT enrols a device with a ticket, reads what fails where, lets a quarantined one in again and shuts it out', async ({
  floor
}) => {
  const { desk, enter } = floor
  // Desks go on telling that they live, while people look at pages.
  const desks: (() => Promise<unknown>)[] = [() => desk.sync()]
  const living = { ends: false, turn: Promise.resolve<unknown>(null) }
  const lives = (async () => {
    while (!living.ends) {
      living.turn = Promise.all(desks.map((tell) => tell()))
      await living.turn
      await sleep(400)
    }
  })()
  const clients: DeviceClient[] = []
  try {
    const it = await enter('it')
    const { page } = it
    page.setDefaultTimeout(30_000)
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Devices' }).click()
    const row = page.getByTestId('device-row')
    await expect(row).toHaveText(/Demo Desk 1/)
    await expect(row).toContainText('Everything passes')
    await inspect(it, 'devices-one')

    // By the keyboard alone from part to part; each has its address.
    await page.getByRole('tab', { name: 'Devices' }).focus()
    await page.keyboard.press('ArrowRight')
    await expect(page).toHaveURL(/\/devices\/posture$/)
    await expect(page.getByTestId('posture-counted')).toContainText('1 device')
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/\/devices\/tickets$/)
    await expect(page.getByText('No ticket is open.')).toBeVisible()
    await inspect(it, 'devices-tickets-empty')

    // A ticket that is withdrawn is gone.
    const dialog = page.getByRole('dialog')
    const make = dialog.getByRole('button', { name: 'Make the ticket' })
    await page.getByRole('button', { name: 'New ticket' }).click()
    await dialog.getByLabel('Label').fill('Laptop 7')
    await expect(make).toBeDisabled()
    await dialog.getByLabel('E-mail of the advocate').fill('nobody@demo.example')
    await make.click()
    await expect(dialog.getByRole('alert')).toContainText('no advocate with that e-mail')
    await inspect(it, 'devices-new-ticket')
    await dialog.getByLabel('Every advocate of the organisation').check()
    await make.click()
    const once = page.getByTestId('ticket-once')
    await expect(once.getByRole('heading')).toBeFocused()
    await once.getByRole('button', { name: 'I have saved it' }).click()
    await page.getByRole('button', { name: 'Withdraw: Laptop 7' }).click()
    await inspect(it, 'devices-withdraw')
    await dialog.getByRole('button', { name: 'Yes, do it' }).click()
    await expect(page.getByTestId('ticket-row')).toHaveCount(0)

    // Another one is saved as a file, this once, and enrols a device.
    await page.getByRole('button', { name: 'New ticket' }).click()
    await dialog.getByLabel('Label').fill('Laptop 8')
    await dialog.getByLabel('Every advocate of the organisation').check()
    await dialog.getByLabel('Address of the hub').fill('https://elsewhere.example:8443')
    await make.click()
    await expect(dialog.getByRole('alert')).toContainText('isn’t good for that address')
    await dialog.getByLabel('Address of the hub').fill(floor.hub.deviceUrl)
    await make.click()
    await inspect(it, 'devices-ticket-once')
    const saving = page.waitForEvent('download')
    await once.getByRole('button', { name: 'Save the ticket' }).click()
    const saved = await saving
    expect(saved.suggestedFilename()).toBe('ticket-laptop-8.json')
    const ticket = enrolmentTicketSchema.parse(JSON.parse(await readFile(await saved.path(), 'utf8')))
    await expect(once).toContainText(ticket.policyRoot.keyId)
    await once.getByRole('button', { name: 'I have saved it' }).click()
    await expect(page.getByText(ticket.token)).toHaveCount(0)
    const identity = await newIdentity()
    const client = new DeviceClient(ticket, identity, SENDER)
    clients.push(client)
    await client.enrol(ticket.token)
    await client.sync({ desk: unfit })
    desks.push(() => client.sync({ desk: unfit }))
    await expect(page.getByTestId('ticket-row')).toHaveCount(0)

    // What fails where, and from there to the devices at which it does.
    await page.getByRole('tab', { name: 'Posture' }).click()
    await expect(page.getByTestId('posture-row').first()).toBeVisible()
    await inspect(it, 'devices-posture')
    await page.getByTestId('posture-row').filter({ hasText: 'Firewall' }).getByRole('button').click()
    await expect(page.getByTestId('only-check')).toContainText('Firewall')
    await expect(row).toHaveCount(1)
    await expect(row).toContainText('Laptop 8')
    await expect(row.locator('[data-check="firewall"]')).toHaveAttribute('data-state', 'fail')
    await page.getByRole('button', { name: 'Show all again' }).click()
    await expect(row).toHaveCount(2)
    await expect(row.first()).toContainText('Laptop 8')
    await inspect(it, 'devices-two')
    await page.getByRole('button', { name: 'Device', exact: true }).press('Enter')
    await expect(page.getByRole('columnheader', { name: 'Device', exact: true })).toHaveAttribute(
      'aria-sort',
      'ascending'
    )
    await expect(row.first()).toContainText('Demo Desk 1')
    await page.getByLabel('Search').fill('no such thing')
    await expect(page.getByTestId('device-count')).toContainText('Nothing fits')
    await page.getByLabel('Search').fill('laptop')
    await expect(row).toHaveCount(1)

    // A copy of its key: quarantined, looked at, let in again.
    desks.pop()
    await living.turn
    const copy = new DeviceClient(ticket, identity, SENDER, { device: client.device })
    clients.push(copy)
    await copy.sync({ desk: unfit })
    await expect(client.sync({ desk: unfit })).rejects.toThrow(/quarantined/)
    await expect(row).toHaveAttribute('data-trust', 'quarantined')
    await page.getByRole('button', { name: 'Let in again: Laptop 8' }).click()
    await inspect(it, 'devices-release')
    await dialog.getByRole('button', { name: 'Yes, do it' }).click()
    await expect(row).toHaveAttribute('data-trust', 'unattested')

    // Shut out, with a reason, for good.
    await page.getByRole('button', { name: 'Shut out: Laptop 8' }).click()
    const confirm = dialog.getByRole('button', { name: 'Yes, do it' })
    await expect(confirm).toBeDisabled()
    await dialog.getByLabel('Its key was copied').check()
    await inspect(it, 'devices-shut-out')
    await confirm.click()
    await expect(row).toHaveCount(0)
    await expect(copy.sync({ desk: unfit })).rejects.toThrow(/revoked/)
    await page.getByRole('switch', { name: 'Also those shut out' }).press('Space')
    await expect(row).toHaveAttribute('data-trust', 'revoked')
    await page.getByLabel('Search').fill('')
    await expect(row).toHaveCount(2)

    // What rules are published, to be read only.
    await page.getByRole('tab', { name: 'Policies' }).click()
    await expect(page.getByTestId('policy-row')).toHaveAttribute('data-state', 'in-force')
    await expect(page.getByTestId('root')).toContainText(ticket.policyRoot.keyId)
    await expect(page.getByTestId('signed-offline')).toContainText('Nothing is signed or published here')
    await inspect(it, 'devices-policies')

    // In Spanish, in a narrow window, and while the hub does not answer.
    await page.evaluate(() => localStorage.setItem('havendesk.language', 'es'))
    await page.goto(`${floor.hub.consoleUrl}/devices`)
    await expect(page.getByTestId('device-count')).toContainText('1 equipo')
    await page.setViewportSize({ width: 720, height: 900 })
    await inspect(it, 'devices-es-narrow')
    await page.setViewportSize({ width: 1440, height: 900 })
    const list = /\/console\/v1\/devices\?/
    await page.route(list, (route) => route.abort())
    await page.getByLabel('Buscar').fill('demo')
    await expect(page.getByRole('main').getByRole('alert').first()).toContainText('El centro no responde')
    await inspect(it, 'devices-unreachable')
    await page.unroute(list)
    await page.getByRole('button', { name: 'Intentar de nuevo' }).click()
    await expect(row).toHaveCount(1)

    // A supervisor has no such page.
    const supervisor = await enter()
    await expect(supervisor.page.getByRole('link', { name: 'Devices' })).toHaveCount(0)
    await supervisor.page.goto(`${floor.hub.consoleUrl}/devices`)
    await expect(supervisor.page.getByTestId('tile')).toBeVisible()
    expect([it, supervisor].flatMap(({ complaints }) => complaints)).toEqual([])
  } finally {
    living.ends = true
    await lives
    for (const client of clients) await client.close()
  }
})
