import type { ConsoleRole } from '../../src/core/access/right'
import { consoleRoleSchema } from '../../src/core/access/right'
import { act, connect, fillFloor, tellOfBuilds, tellOfWeeks } from './busy-floor'
import { expect, test } from './hub-fixture'
import { go, lookOver, type Stop } from './walk'

const board: Stop = { name: 'board', path: '/', ready: '[data-testid="tile"]' }
const review: Stop = { name: 'alerts', path: '/review', ready: '[data-testid="review"] table' }
const reports: Stop = { name: 'reports', path: '/reports', ready: '[data-testid="report-row"]' }
const account: Stop = { name: 'account', path: '/account', ready: '[data-testid="sessions"] li' }

/** Every page that a role has. What stands beside a page, such as an alert, is a stop of its own. */
const stops = (
  alert: string,
  objected: string,
  desk: string,
  advocate: string
): Readonly<Record<ConsoleRole, readonly Stop[]>> => {
  const beside: readonly Stop[] = [
    { name: 'alert', path: `/alerts/${alert}`, ready: '[data-testid="panel"] [data-testid="life-stage"]' },
    { name: 'desk', path: `/desks/${desk}`, ready: '[data-testid="panel"]' }
  ]
  const opened = (id: string): Stop => ({
    name: 'alerts-one',
    path: `/review/${id}`,
    ready: '[data-testid="panel"]'
  })
  const trend: Stop = {
    name: 'trend',
    path: `/reports/trend?weeks=8&advocate=${advocate}`,
    ready: '[data-testid="trend-row"]'
  }
  const nobody: Stop = { name: 'trend-nobody', path: '/reports/trend', ready: '[data-testid="trend-words"]' }
  return {
    supervisor: [board, ...beside, review, opened(alert), reports, nobody, trend, account],
    lead: [board, review, reports, trend, account],
    it: [
      board,
      { name: 'devices', path: '/devices', ready: '[data-testid="device-row"]' },
      { name: 'devices-posture', path: '/devices/posture', ready: '[data-testid="posture-row"]' },
      { name: 'devices-builds', path: '/devices/builds', ready: '[data-testid="build-row"]' },
      { name: 'devices-policies', path: '/devices/policies', ready: '[data-testid="policy-row"]' },
      { name: 'devices-tickets', path: '/devices/tickets', ready: '[data-testid="devices"] table' },
      { name: 'connections', path: '/connections', ready: 'h3' },
      { name: 'alerts', path: '/review', ready: '[data-testid="review"]' },
      account
    ],
    compliance: [review, opened(objected), reports, account],
    auditor: [review, opened(objected), reports, account]
  }
}

test('every page of every role, light and dark, whole and at 200 % zoom: axe finds nothing and nothing is lost to the side', async ({
  floor,
  visit
}) => {
  test.setTimeout(480_000) // some hundred looks of axe; beside other scenes they take their time
  const busy = await fillFloor(floor)
  try {
    const found: string[] = []
    const stranger = await visit(floor.hub.consoleUrl)
    await expect(stranger.page.getByLabel('Email')).toBeVisible()
    found.push(...(await lookOver(stranger, 'nobody-sign-in')))
    const refused = '/sign-in/refused?why=linked'
    await go(stranger, { name: 'refused', path: refused, ready: '[data-testid="sign-in-refused"]' })
    found.push(...(await lookOver(stranger, 'nobody-refused')))
    const advocate = await tellOfWeeks(floor)
    await tellOfBuilds(floor, busy.desks)
    const [alert = '', , objected = ''] = busy.open
    const all = stops(alert, objected, busy.desks[1]?.client.device ?? '', advocate)
    const supervisor = await floor.enter()
    const note = 'A phone lay beside the keyboard.'
    await act(supervisor, `alerts/${objected}/decide`, { verdict: 'agreed', reason: 'honest-mistake', note })
    await busy.object(2, objected, 'It is my glucose meter, it is allowed.')
    const walk = async (role: ConsoleRole): Promise<void> => {
      const screen = role === 'supervisor' ? supervisor : await floor.enter(role)
      if (role === 'it') await connect(screen)
      for (const link of await screen.page
        .getByRole('navigation', { name: 'Pages' })
        .getByRole('link')
        .all()) {
        const walked = all[role].map(({ path }) => path)
        expect(walked, `${role} has a page that is not walked`).toContain(await link.getAttribute('href'))
      }
      for (const stop of all[role]) {
        await go(screen, stop)
        found.push(...(await lookOver(screen, `${role}-${stop.name}`)))
      }
      expect(screen.complaints).toEqual([])
      await screen.page.context().close()
    }
    // Two walk at the same time, one for each core.
    const roles = [...consoleRoleSchema.options]
    const walker = async (): Promise<void> => {
      for (let role = roles.shift(); role !== undefined; role = roles.shift()) await walk(role)
    }
    await Promise.all([walker(), walker()])
    expect(found).toEqual([])
  } finally {
    await busy.end()
  }
})
