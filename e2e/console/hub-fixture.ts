import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { DeviceClient, newIdentity } from '../../scripts/demo/desks/device-client'
import { Children } from '../../scripts/stack/children'
import { Hub } from '../../scripts/stack/hub'
import { advocate, organisation, Seeded, supervisor, team } from '../../scripts/stack/seed'
import type { ConsoleRole } from '../../src/core/access/right'
import type { CheckResult } from '../../src/core/check/check'
import type { DeskSnapshot, OutboxRecord, RecordBody } from '../../src/contract/wire/v1/device'
import { addPerson, type Store } from '../../src/provision/index'
import { layReadyCluster } from '../../test/hub/support/ready-cluster'
import { expect, test as base } from './console-fixture'
import type { Screen } from './console-fixture'

const MODEL = 'coco-ssd@2.2.3#0123456789ab'

/** A device that keeps what it has to tell until the hub has acknowledged it, as a workstation's outbox does. */
export class Desk {
  #records: OutboxRecord[] = []
  #next = 0
  #snapshot: DeskSnapshot
  constructor(
    readonly client: DeviceClient,
    person: DeskSnapshot['person']
  ) {
    const check = (area: CheckResult['area']): CheckResult => ({
      id: area,
      area,
      state: 'pass',
      evidence: 'test',
      ageMs: 0,
      remedy: ''
    })
    const checks = [check('camera'), check('device'), check('network')]
    const since = new Date().toISOString()
    this.#snapshot = { state: 'shown', reasons: [], since, person, policyVersion: 1, model: MODEL, checks }
  }

  /** Who is signed in there. */
  get person(): DeskSnapshot['person'] {
    return this.#snapshot.person
  }

  become(state: DeskSnapshot['state'], reasons: DeskSnapshot['reasons']): void {
    this.#snapshot = { ...this.#snapshot, state, reasons, since: new Date().toISOString() }
  }

  record(body: RecordBody): void {
    this.#records.push({ seq: this.#next, at: new Date().toISOString(), monoMs: this.#next + 1, body })
    this.#next += 1
  }

  raise(): string {
    const id = randomUUID()
    const raisedAt = new Date().toISOString()
    this.record({
      kind: 'alert-raised',
      alert: {
        id,
        rule: 'phone',
        severity: 'attention',
        raisedAt,
        score: 0.91,
        people: 0,
        hidden: true,
        model: MODEL,
        policyVersion: 1
      }
    })
    return id
  }

  async sync(): Promise<void> {
    const { ackBelow } = await this.client.sync({
      records: this.#records.slice(0, 50),
      desk: this.#snapshot
    })
    this.#records = this.#records.filter(({ seq }) => seq >= ackBelow)
  }

  get waiting(): number {
    return this.#records.length
  }
}

export interface Floor {
  readonly hub: Hub
  readonly desk: Desk
  /** Lets everything that waits to be sent be tried for the last time, as a day would. */
  readonly giveUp: () => Promise<void>
  /** What IT does to the hub's people by the command line. */
  readonly store: Store
  /** The hub's certificate authority, PEM. */
  readonly ca: string
  /** The console of the supervisor, or of somebody else whose role is named. */
  readonly enter: (role?: Exclude<ConsoleRole, 'supervisor'>) => Promise<Screen>
}

interface Fixtures {
  readonly floor: Floor
  /** File of sign-in providers that the hub is started with; none unless a scene says so. */
  readonly signInProviders: string | null
}

/** The real hub with one desk and its supervisor. */
export const test = base.extend<Fixtures>({
  signInProviders: [null, { option: true }],
  floor: async ({ visit, signInProviders }, use) => {
    const children = new Children()
    const data = mkdtempSync(join(tmpdir(), 'havendesk-console-'))
    await layReadyCluster(data)
    const hub = await Hub.start(children, {
      data,
      heartbeatMs: 1000,
      integrationPort: 0,
      ...(signInProviders === null ? {} : { signInProviders })
    })
    const seeded = await Seeded.create({
      hub,
      hubData: data,
      workspaceUrl: 'http://127.0.0.1:9/',
      advocates: 1,
      // A scene does not wait for minutes.
      adjust: (policy) => ({
        ...policy,
        supervision: { alerts: { escalation: { attention: { leadAfterS: 10, onCallAfterS: 3600 } } } }
      })
    })
    const ticket = await seeded.ticket('Demo Desk 1')
    const client = new DeviceClient(ticket, await newIdentity(), { flavour: 'test', build: '0.1.0' })
    await client.enrol(ticket.token)
    const { person } = await client.signIn(advocate(1).email, advocate(1).password)
    const desk = new Desk(client, person)
    desk.record({ kind: 'session', change: 'signed-in', person: person.id })
    await desk.sync()
    const enter: Floor['enter'] = async (role) => {
      const email = role === undefined ? supervisor.email : `${role}@demo.example`
      const { password } = supervisor
      if (role !== undefined)
        await addPerson(seeded.store.db, { organisation, team, name: `Demo ${role}`, email, role, password })
      const screen = await visit(hub.consoleUrl)
      await screen.page.getByLabel('Email').fill(email)
      await screen.page.getByLabel('Password', { exact: true }).fill(password)
      await screen.page.getByRole('button', { name: 'Sign in' }).click()
      await expect(screen.page.getByRole('button', { name: /settings of/ })).toBeVisible()
      if (role === undefined) await expect(screen.page.getByTestId('line')).toHaveText('Live')
      return screen
    }
    try {
      const giveUp = async (): Promise<void> => {
        await seeded.store.db.execute(
          sql`UPDATE outbox_message SET tries = 10, next_try_at = now() WHERE next_try_at IS NOT NULL`
        )
      }
      await use({ hub, desk, enter, giveUp, ca: ticket.hubCa, store: seeded.store })
    } finally {
      await seeded.close()
      await client.close()
      await children.endAll()
      rmSync(data, { recursive: true, force: true })
    }
  }
})

export { expect } from './console-fixture'
