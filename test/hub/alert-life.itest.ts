import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { OWN_ALERTS_PATH, OWN_APPEAL_PATH, ownAlertsReplySchema } from '../../src/contract/wire/v1/alert-life'
import { alertHistorySchema, alertListSchema, alertReportSchema } from '../../src/contract/wire/v1/review'
import { judgeDeadlines } from '../../src/hub/alerts/deadlines'
import { addPerson, createTeam } from '../../src/provision/index'
import type { ConsoleClient } from './support/console-client'
import { DEMO, PASSWORD, raised, records, World } from './support/world'
import { soon } from '../soon'

let world: World
let clockOffset = 0
const consoles: Record<string, ConsoleClient> = {}
beforeAll(async () => {
  world = await World.start({}, { now: () => new Date(Date.now() + clockOffset) })
  for (const role of ['lead', 'compliance', 'auditor'] as const)
    await addPerson(world.hub.store.db, {
      ...DEMO,
      name: `Demo ${role}`,
      email: `${role}@demo.example`,
      role,
      password: PASSWORD
    })
})
beforeEach(async () => {
  clockOffset = 0
  for (const role of ['supervisor1', 'lead', 'compliance', 'auditor'])
    consoles[role] = await world.console(`${role}@demo.example`)
})
afterAll(() => world.close())

const rows = async (query: ReturnType<typeof sql>) => (await world.hub.store.db.execute(query)).rows
const as = (who: string): ConsoleClient => consoles[who]!
const act = (who: string, id: string, verb: string, body: unknown = {}) =>
  as(who).send('POST', `/console/v1/alerts/${id}/${verb}`, body)
const agreed = { verdict: 'agreed', reason: 'honest-mistake', note: 'a phone on the desk' } as const
const wrong = { verdict: 'false-alarm', reason: 'mistaken-object', note: 'a glucose meter' } as const

/** A desk at which somebody is signed in, and an alert about them. */
async function raisedAbout(email = 'advocate1@demo.example', severity: 'act' | 'attention' = 'attention') {
  const device = await world.device()
  const { person } = await device.signIn(email, PASSWORD)
  const id = randomUUID()
  const one = raised(id)
  await device.sync({
    records: records(
      0,
      { kind: 'session', change: 'signed-in', person: person.id },
      { ...one, alert: { ...one.alert, severity } }
    )
  })
  const own = async () =>
    ownAlertsReplySchema
      .parse((await device.send('GET', OWN_ALERTS_PATH, undefined)).json)
      .alerts.find((alert) => alert.id === id)
  const appeal = (statement: string) =>
    device.send('POST', OWN_APPEAL_PATH, { v: 1, sender: device.sender, alert: id, statement })
  return { device, person, id, own, appeal }
}

const found = async (id: string, who = 'supervisor1') =>
  alertListSchema
    .parse((await as(who).send('GET', '/console/v1/alerts')).json)
    .alerts.find((alert) => alert.id === id)

describe('an alert', () => {
  test('is on exactly one page of the list, also among more than a page that came at one instant', async () => {
    const device = await world.device()
    const ids = Array.from({ length: 150 }, () => randomUUID())
    await device.sync({ records: records(0, ...ids.map((id) => raised(id))) })
    const seen: string[] = []
    for (let next: string | null = ''; next !== null;) {
      const query: string = next === '' ? '' : `&before=${next}`
      const page = alertListSchema.parse(
        (await as('supervisor1').send('GET', `/console/v1/alerts?stage=all${query}`)).json
      )
      seen.push(...page.alerts.map(({ id }) => id))
      next = page.next
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect(ids.filter((id) => !seen.includes(id))).toEqual([])
    const wrong = await as('supervisor1').send('GET', '/console/v1/alerts?before=yesterday')
    expect(wrong).toMatchObject({ status: 400, json: { code: 'bad-request', field: 'before' } })
  })

  test('goes from raised to closed with everything that people said, and both sides see the same record', async () => {
    const { id, own, appeal } = await raisedAbout()
    expect((await found(id))?.life).toMatchObject({ stage: 'raised', level: 'supervisor' })
    expect((await act('supervisor1', id, 'acknowledge')).status).toBe(200)
    expect((await act('supervisor1', id, 'decide', agreed)).status).toBe(200)
    expect(await own()).toMatchObject({
      stage: 'decided',
      decision: { verdict: 'agreed', reason: 'honest-mistake', note: 'a phone on the desk' },
      appeal: null
    })
    expect((await appeal('It was my glucose meter.')).status).toBe(200)
    expect((await appeal('It was my glucose meter.')).status).toBe(200) // the reply may have been lost
    expect((await appeal('Something else.')).status).toBe(409)
    expect((await found(id))?.life?.appeal?.statement).toBe('It was my glucose meter.')
    expect((await act('lead', id, 'appeal', { upheld: true, note: 'it is one' })).status).toBe(200)
    const view = await found(id)
    expect(view?.life).toMatchObject({
      stage: 'closed',
      decision: { by: { name: 'Demo Supervisor 1' } },
      appeal: { answer: { upheld: true, by: { name: 'Demo lead' } } }
    })
    expect(view?.timeline.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['acknowledged', 'agreed', 'appealed', 'appeal-upheld', 'closed'])
    )
    expect(await own()).toMatchObject({
      stage: 'closed',
      appeal: { answer: { upheld: true, note: 'it is one' } }
    })
    // What was turned round counts as turned round.
    const from = new Date(Date.now() - 3_600_000).toISOString()
    const to = new Date(Date.now() + 3_600_000).toISOString()
    const report = await as('compliance').send('GET', `/console/v1/reports/alerts?from=${from}&to=${to}`)
    const [phone] = alertReportSchema.parse(report.json).byRule
    expect(phone).toMatchObject({ rule: 'phone', agreed: 0, falseAlarms: 1, falseAlarmShare: 1 })
    // The same by team: for who sees several of them, and for nobody else's.
    const place = { organisation: DEMO.organisation, team: `Claims ${id}`.slice(0, 20) }
    const { id: other } = await createTeam(world.hub.store.db, { ...place, name: place.team })
    const reportOf = async (role: string, team: string) =>
      as(role).send('GET', `/console/v1/reports/alerts?from=${from}&to=${to}&team=${team}`)
    const theirs = alertReportSchema.parse((await reportOf('compliance', other)).json)
    expect(theirs.byRule).toEqual([])
    expect(theirs.byTeam?.map(({ name, raised: n }) => [name, n > 0])).toEqual([
      [place.team, false],
      [DEMO.team, true]
    ])
    expect((await reportOf('supervisor1', other)).status).toBe(404)
    expect((await reportOf('compliance', randomUUID())).status).toBe(404)
    // And who saw and did what is there for who looks over their shoulders.
    const history = await as('auditor').send('GET', `/console/v1/alerts/${id}/history`)
    const { acts, reads } = alertHistorySchema.parse(history.json)
    expect(acts.map((one) => one.act)).toEqual(['alert-acknowledged', 'alert-agreed', 'appeal-upheld'])
    expect(reads.some((one) => one.by === 'Demo Supervisor 1' && one.through === 'list')).toBe(true)
  })

  test('that was a false alarm is closed at once', async () => {
    const { id, own, appeal } = await raisedAbout('advocate2@demo.example')
    expect((await act('supervisor1', id, 'decide', wrong)).status).toBe(200)
    expect((await own())?.stage).toBe('closed')
    expect((await appeal('Thank you.')).status).toBe(409)
    expect((await act('supervisor1', id, 'decide', agreed)).status).toBe(409)
  })

  test('is refused a reason that does not go with the decision, an empty note, and a second decision', async () => {
    const { id } = await raisedAbout()
    const crossed = await act('supervisor1', id, 'decide', { ...wrong, reason: 'breach' })
    expect(crossed).toMatchObject({ status: 400, json: { field: 'reason' } })
    expect((await act('supervisor1', id, 'decide', { ...wrong, note: ' ' })).json.field).toBe('note')
    await act('supervisor1', id, 'decide', agreed)
    expect((await act('lead', id, 'decide', wrong)).status).toBe(409)
  })

  test('whose decision a lead made is not answered by that lead', async () => {
    const { id, appeal } = await raisedAbout()
    await act('lead', id, 'decide', agreed)
    await appeal('No.')
    expect((await act('lead', id, 'appeal', { upheld: false, note: 'still' })).status).toBe(403)
    expect((await act('compliance', id, 'appeal', { upheld: false, note: 'looked' })).status).toBe(200)
  })

  test('is objected to by nobody but the person whom it is about, at whatever desk they are', async () => {
    const { id } = await raisedAbout('advocate1@demo.example')
    await act('supervisor1', id, 'decide', agreed)
    const other = await raisedAbout('advocate2@demo.example')
    const foreign = { v: 1, sender: other.device.sender, alert: id, statement: 'not mine' }
    expect((await other.device.send('POST', OWN_APPEAL_PATH, foreign)).status).toBe(404)
    const nobody = await world.device()
    expect((await nobody.send('GET', OWN_ALERTS_PATH, undefined)).json).toEqual({ v: 1, alerts: [] })
    const late = await raisedAbout('advocate1@demo.example')
    const mine = { v: 1, sender: late.device.sender, alert: id, statement: 'mine' }
    expect((await late.device.send('POST', OWN_APPEAL_PATH, mine)).status).toBe(200)
  })
})

describe('silence', () => {
  const levels = async (id: string) =>
    (await rows(sql`SELECT escalated_to_lead_at l, escalated_to_on_call_at c FROM alert WHERE id = ${id}`))[0]

  test('passes an alert on to leads and to who is on call, over the stream, at the times of the policy', async () => {
    const { id } = await raisedAbout('advocate1@demo.example', 'act')
    const lead = as('lead')
    const stream = await lead.stream((await lead.board()).cursor)
    const level = () =>
      stream.received
        .flatMap(({ message }) =>
          message.kind === 'alert' && message.alert.id === id ? [message.alert] : []
        )
        .at(-1)?.life?.level
    clockOffset = 59_000
    await judgeDeadlines(world.hub.store.db, new Date(Date.now() + clockOffset - 2000))
    expect((await levels(id))?.['l']).toBeNull()
    clockOffset = 62_000
    await soon(() => expect(level()).toBe('lead'))
    clockOffset = 182_000
    await soon(() => expect(level()).toBe('on-call'))
    stream.close()
  })

  test('passes nothing on that somebody took note of', async () => {
    const { id } = await raisedAbout()
    await act('supervisor1', id, 'acknowledge')
    await judgeDeadlines(world.hub.store.db, new Date(Date.now() + 86_400_000))
    expect(await levels(id)).toEqual({ l: null, c: null })
  })

  test('keeps its deadlines over a restart of the hub: what became due meanwhile happens with the start', async () => {
    const again = await World.start()
    try {
      const device = await again.device()
      const id = randomUUID()
      await device.sync({ records: records(0, raised(id)) })
      const late = await again.restart({ now: () => new Date(Date.now() + 301_000) })
      const after = await late.store.db.execute(
        sql`SELECT escalated_to_lead_at IS NOT NULL AS lead, escalated_to_on_call_at IS NOT NULL AS on_call FROM alert WHERE id = ${id}`
      )
      expect(after.rows).toEqual([{ lead: true, on_call: false }])
    } finally {
      await again.close()
    }
  })

  test('closes a decision that nobody objects to, when its time is over', async () => {
    const { id, own, appeal } = await raisedAbout()
    await act('supervisor1', id, 'decide', agreed)
    await judgeDeadlines(world.hub.store.db, new Date(Date.now() + 71 * 3_600_000))
    expect((await own())?.stage).toBe('decided')
    await judgeDeadlines(world.hub.store.db, new Date(Date.now() + 73 * 3_600_000))
    expect((await own())?.stage).toBe('closed')
    expect((await appeal('Too late.')).status).toBe(409)
  })
})
