import { sql } from 'drizzle-orm'
import { DeviceClient, newIdentity, SIMULATED_BUILD } from '../../scripts/demo/desks/device-client'
import { OWN_APPEAL_PATH } from '../../src/contract/wire/v1/alert-life'
import { CONSOLE_HEADER } from '../../src/contract/wire/v1/console'
import { advocate, organisation, team } from '../../scripts/stack/seed'
import { sleep } from '../../scripts/stack/wait'
import { addPerson, allowBuild, createTicket, withdrawBuild } from '../../src/provision/index'
import type { RuleId } from '../../src/core/judgement/rule'
import type { Screen } from './console-fixture'
import { Desk, type Floor } from './hub-fixture'

export interface BusyFloor {
  readonly desks: readonly Desk[]
  /** Alerts that wait for somebody, the oldest first. */
  readonly open: readonly string[]
  /** The person at a desk says that a decision about them is wrong. */
  readonly object: (desk: number, alert: string, statement: string) => Promise<void>
  readonly end: () => Promise<void>
}

/** Further desks of the team that go on telling how they are: at work, hidden for two reasons, and unfit. */
export async function fillFloor({ hub, desk, store, ca }: Floor, more = 3): Promise<BusyFloor> {
  const clients: DeviceClient[] = []
  const desks = [desk]
  for (let n = 2; n <= more + 1; n += 1) {
    const { name, email, password } = advocate(n)
    await addPerson(store.db, { organisation, team, name, email, role: 'advocate', password })
    const ticket = await createTicket(store.db, {
      ...{ organisation, team, label: `Demo Desk ${String(n)}`, simulated: n > 2, hours: 1 },
      ...{ hubUrl: hub.deviceUrl, hubCa: ca }
    })
    const client = new DeviceClient(ticket, await newIdentity(), { flavour: 'test', build: '0.1.0' })
    clients.push(client)
    await client.enrol(ticket.token)
    const { person } = await client.signIn(email, password)
    const own = new Desk(client, person)
    own.record({ kind: 'session', change: 'signed-in', person: person.id })
    desks.push(own)
  }
  // One that nobody has used yet.
  await createTicket(store.db, {
    ...{ organisation, team, label: 'Demo Desk 9', simulated: false, hours: 1 },
    ...{ hubUrl: hub.deviceUrl, hubCa: ca }
  })
  const reasons: readonly (readonly RuleId[])[] = [[], ['phone'], ['second-person'], []]
  const open: string[] = []
  desks.forEach((one, n) => {
    const why = reasons[n % reasons.length] ?? []
    if (why.length > 0) one.become('hidden', [...why])
    if (n < 3) open.push(one.raise())
  })
  const tell = (): Promise<unknown> => Promise.all(desks.map((one) => one.sync()))
  await tell()
  const living = { ends: false }
  const lives = (async () => {
    while (!living.ends) {
      await tell()
      await sleep(500)
    }
  })()
  return {
    desks,
    open,
    object: async (at, alert, statement) => {
      const client = desks[at]?.client
      if (client === undefined) throw new Error(`no desk ${String(at)}`)
      await client.call('POST', OWN_APPEAL_PATH, { v: 1, sender: client.sender, alert, statement })
    },
    end: async () => {
      living.ends = true
      await lives
      for (const client of clients) await client.close()
    }
  }
}

/** Eight weeks of an advocate: sessions at their desk, alerts of three rules, and what telephony told. */
export async function tellOfWeeks({ store: { db }, desk }: Floor): Promise<string> {
  const advocateId = desk.person?.id ?? ''
  const past = sql`generate_series(1, 40) AS n`
  const at = sql`now() - n * interval '33 hours'`
  await db.execute(sql`
    INSERT INTO alert SELECT (jsonb_populate_record(a, jsonb_build_object(
        'id', gen_random_uuid(), 'received_at', ${at}, 'raised_at', ${at}, 'duration_ms', 20000 + 500 * n,
        'acknowledged_at', ${at} + interval '9 seconds', 'acknowledged_by', s.id, 'escalate_at', NULL,
        'rule', CASE WHEN n % 7 = 0 THEN 'book' WHEN n % 3 = 0 THEN 'second-person' ELSE 'phone' END,
        'verdict', CASE WHEN n % 4 = 0 THEN 'false-alarm' ELSE 'agreed' END,
        'verdict_reason', CASE WHEN n % 4 = 0 THEN 'mistaken-object' ELSE 'honest-mistake' END,
        'verdict_note', 'Looked at together.', 'decided_at', ${at} + interval '1 hour', 'decided_by', s.id,
        'closed_at', ${at} + interval '2 days'))).*
    FROM alert a, (SELECT id FROM person WHERE role = 'supervisor' LIMIT 1) s, ${past}
    WHERE n % 5 < 3 AND a.id = (SELECT id FROM alert WHERE person_id = ${advocateId} LIMIT 1)`)
  await db.execute(sql`
    INSERT INTO device_session SELECT (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(),
      'started_at', ${at} - interval '2 hours', 'ended_at', ${at} + interval '5 hours'))).*
    FROM device_session d, ${past}
    WHERE d.id = (SELECT id FROM device_session WHERE person_id = ${advocateId} LIMIT 1)`)
  await db.execute(sql`
    INSERT INTO call_figures (person_id, organisation_id, team_id, day, calls, talk_s, hold_s, wrap_up_s, adherence, told_at)
    SELECT id, organisation_id, team_id, (now() - n * interval '1 day')::date, 30 + n % 9, 9000, 300, 900,
      0.82 + (n % 7) * 0.02, now()
    FROM person, ${past} WHERE id = ${advocateId}`)
  return advocateId
}

/** Builds: one allowed, one that was withdrawn, one that a desk runs and nobody allowed, one that a desk was refused for. */
export async function tellOfBuilds({ store: { db } }: Floor, desks: readonly Desk[]): Promise<void> {
  await allowBuild(db, { organisation, buildHash: SIMULATED_BUILD, label: '0.1.0' })
  await allowBuild(db, { organisation, buildHash: 'd'.repeat(64), label: '0.0.9' })
  await withdrawBuild(db, { organisation, buildHash: 'd'.repeat(64) })
  await desks[1]?.client.attest()
  await desks[2]?.client.attest({ claims: { buildHash: 'e'.repeat(64) } })
  await db.execute(sql`
    INSERT INTO refused_build (workstation_id, organisation_id, team_id, build, build_hash, at)
    SELECT id, organisation_id, team_id, '0.2.0', repeat('f', 64), now() FROM workstation
    WHERE id = ${desks[3]?.client.device ?? ''}`)
}

/** Does at the API what somebody who is signed in does at a page. */
export async function act({ page }: Screen, path: string, body: object): Promise<void> {
  const { origin } = new URL(page.url())
  const answer = await page.context().request.post(`${origin}/console/v1/${path}`, {
    headers: { origin, [CONSOLE_HEADER]: '1' },
    data: body
  })
  if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`)
}

/** A key and two channels of other systems, one of which cannot be reached. */
export async function connect(it: Screen): Promise<void> {
  await act(it, 'integration/keys', { name: 'Telephony', scopes: ['calls.write', 'readiness.read'] })
  await act(it, 'integration/channels', {
    ...{ kind: 'webhook', name: 'Telephony', target: 'https://telephony.invalid/hooks/havendesk' },
    events: ['alert-raised', 'readiness']
  })
}
