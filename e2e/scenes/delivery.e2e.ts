import { sql } from 'drizzle-orm'
import { shownAlerts } from '../../scripts/stack/console'
import { familyOf } from '../../scripts/stack/family'
import { advocate } from '../../scripts/stack/seed'
import { sleep } from '../../scripts/stack/wait'
import type { Policy } from '../../src/core/policy/policy'
import { expect, test, type SceneFloor } from '../fixtures/floor'

/** Without a cooldown each phone is an alert of its own, also one that comes soon after a phone the hub knows of. */
const eachOfItsOwn = (policy: Policy): Policy => ({
  ...policy,
  rules: { ...policy.rules, phone: { ...policy.rules.phone, cooldownMs: 0 } }
})

/** Alerts of phones as the hub keeps them, and when each began on its desk. */
async function phonesAtHub(
  scene: SceneFloor
): Promise<readonly { readonly id: string; readonly at: number }[]> {
  const rows = await scene.askHub(sql`SELECT id, raised_at FROM alert WHERE rule = 'phone'`)
  return rows.map((row) => ({ id: String(row['id']), at: Date.parse(String(row['raised_at'])) }))
}

/** Nothing was told again under its old name, which the hub notes, or under a new one, since it began at one instant. */
async function expectNoneTwice(scene: SceneFloor): Promise<void> {
  const phones = await phonesAtHub(scene)
  expect(new Set(phones.map(({ at }) => at)).size).toBe(phones.length)
  const again = sql`SELECT detail FROM security_event WHERE code IN ('repeated-alert-id', 'altered-duplicate')`
  expect(await scene.askHub(again)).toEqual([])
}

/** A phone that was told just before is on the screen a moment later: it is none of the outage. */
async function killHub(scene: SceneFloor): Promise<void> {
  await scene.floor.hub.kill()
  await sleep(1000)
}

test('a hub that is down during an alert gets it once when it is back', async ({ scene }) => {
  await scene.open({ adjust: eachOfItsOwn })
  const board = await scene.console()
  const workstation = await scene.workstation('phone')
  await scene.atWork(workstation)
  const before = await phonesAtHub(scene)
  await killHub(scene)
  await expect(board.locator('[data-testid="line"][data-line="lost"]')).toBeVisible()
  await scene.uncovered()

  const blank = await scene.coveredFor(workstation, 'A phone is in view.')
  await expect(blank.getByText('Recorded for your supervisor')).toBeVisible()
  await scene.uncovered()
  // What comes later comes to a hub that is there again.
  const until = Date.now()

  await scene.floor.hub.restart()
  await expect(board.locator('[data-testid="line"][data-line="live"]')).toBeVisible()
  const ofTheOutage = async (): Promise<readonly unknown[]> =>
    (await phonesAtHub(scene)).filter(({ id, at }) => at < until && !before.some((one) => one.id === id))
  await expect.poll(ofTheOutage).not.toHaveLength(0)
  await expectNoneTwice(scene)
  await expect(board.locator('[data-testid="alert-card"][data-rule="phone"]').first()).toBeVisible()
})

test('a workstation killed with an alert in its outbox delivers it after the restart', async ({ scene }) => {
  await scene.open({ adjust: eachOfItsOwn })
  const board = await scene.console()
  const data = await scene.floor.desk('Demo Desk 1')
  const first = await scene.workstation('phone', data)
  await scene.atWork(first)
  await killHub(scene)
  await scene.uncovered()
  const blank = await scene.coveredFor(first, 'A phone is in view.')
  await expect(blank.getByText('Recorded for your supervisor')).toBeVisible()
  for (const { pid } of familyOf(first.pid)) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
  await scene.floor.hub.restart()
  await expect(board.locator('[data-testid="line"][data-line="live"]')).toBeVisible()
  // Nobody is there who could tell it now: what the hub has, it had before it went.
  const before = await phonesAtHub(scene)

  await scene.workstation('clear', data)
  await expect.poll(async () => (await phonesAtHub(scene)).length).toBeGreaterThan(before.length)
  const after = await phonesAtHub(scene)
  await expectNoneTwice(scene)
  const fresh = after.map(({ id }) => id).filter((id) => !before.some((one) => one.id === id))
  await expect
    .poll(async () => (await shownAlerts(board)).map(({ id }) => id))
    .toEqual(expect.arrayContaining(fresh))
})

test('a wrong password is refused in plain words and opens nothing', async ({ scene }) => {
  await scene.open()
  const workstation = await scene.workstation('clear')
  await workstation.signIn(advocate(1).email, 'not the password')
  const shell = await workstation.shell()
  await expect(shell.getByText(/don’t belong together/)).toBeVisible()
  expect(workstation.app.windows().some((page) => page.url().startsWith('http'))).toBe(false)
  await scene.atWork(workstation)
})

test('an enrolment ticket that was used already enrols nobody', async ({ scene }) => {
  await scene.open()
  const ticket = await scene.floor.seeded.handOver('Demo Desk 1', `${scene.folder}/first`)
  const first = await scene.workstation('clear', `${scene.folder}/first`)
  await expect((await first.shell()).getByRole('button', { name: 'Sign in' })).toBeVisible()
  await first.close()

  await scene.layTicket(ticket, `${scene.folder}/second`)
  const second = await scene.workstation('clear', `${scene.folder}/second`)
  const refusal = (await second.shell()).getByText('The hub did not take the enrolment ticket.')
  await expect(refusal.first()).toBeVisible()
  await expect((await second.shell()).getByRole('button', { name: 'Sign in' })).toHaveCount(0)
})
