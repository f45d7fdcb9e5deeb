import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { DeviceClient, newIdentity, SIMULATED_BUILD } from '../../../scripts/demo/desks/device-client'
import type { EnrolmentTicket, OutboxRecord, RecordBody } from '../../../src/contract/wire/v1/device'
import type { Flavour } from '../../../src/core/flavour'
import { startHub, type Hub, type HubOptions } from '../../../src/hub/index'
import type { Queries } from '../../../src/hub/store/index'
import {
  addPerson,
  allowBuild,
  createOrganisation,
  createPolicyKey,
  createTeam,
  createTicket,
  publishPolicy,
  signPolicy,
  trustPolicyKey
} from '../../../src/provision/index'
import { ConsoleClient } from './console-client'
import { demoPolicy } from './policy'
import { layReadyCluster } from './ready-cluster'

export { demoPolicy } from './policy'

export const PASSWORD = 'correct horse battery'
export const DEMO = { organisation: 'Demo Care', team: 'Member Services' } as const
export const OTHER = { organisation: 'Other Care', team: 'Claims' } as const

/** Two organisations as IT would set them up: one for demonstration, one for work. */
export async function seed(db: Queries): Promise<void> {
  for (const [place, demo] of [
    [DEMO, true],
    [OTHER, false]
  ] as const) {
    await createOrganisation(db, { name: place.organisation, demo })
    await createTeam(db, { organisation: place.organisation, name: place.team })
    const key = createPolicyKey()
    await trustPolicyKey(db, { organisation: place.organisation, root: key.root })
    const envelope = signPolicy(demoPolicy(place.organisation, 1), key)
    await publishPolicy(db, { organisation: place.organisation, envelope })
    await allowBuild(db, {
      organisation: place.organisation,
      buildHash: SIMULATED_BUILD,
      label: 'test client'
    })
  }
  const people = [
    [DEMO, 'Demo Advocate 1', 'advocate1@demo.example', 'advocate'],
    [DEMO, 'Demo Advocate 2', 'advocate2@demo.example', 'advocate'],
    [DEMO, 'Demo Supervisor 1', 'supervisor1@demo.example', 'supervisor'],
    [OTHER, 'Other Advocate', 'advocate1@other.example', 'advocate'],
    [OTHER, 'Other Supervisor', 'supervisor1@other.example', 'supervisor']
  ] as const
  for (const [place, name, email, role] of people) {
    await addPerson(db, { ...place, name, email, role, password: PASSWORD })
  }
}

/** A hub with its own database, seeded, in this process; everything of it ends with `close`. */
export class World {
  readonly #clients: DeviceClient[] = []
  #hub: Hub
  private constructor(
    hub: Hub,
    readonly folder: string,
    private readonly options: HubOptions
  ) {
    this.#hub = hub
  }

  get hub(): Hub {
    return this.#hub
  }

  /** Ends the hub and starts it again on what it stored. */
  async restart(parts: { log?: Logger; now?: () => Date } = {}): Promise<Hub> {
    await this.#hub.close()
    this.#hub = await startHub(this.options, parts)
    return this.#hub
  }

  static async start(
    options: Partial<HubOptions> = {},
    parts: { log?: Logger; now?: () => Date } = {}
  ): Promise<World> {
    const folder = await mkdtemp(join(tmpdir(), 'hd-hub-'))
    if (options.databaseUrl === undefined) await layReadyCluster(folder)
    const all: HubOptions = {
      dataFolder: folder,
      devicePort: 0,
      consolePort: 0,
      acceptFlavours: ['release', 'demo', 'test'],
      heartbeatMs: 2000,
      beatMs: 250,
      logLevel: 'silent',
      ...options
    }
    const hub = await startHub(all, parts).catch(async (error: unknown) => {
      await rm(folder, { recursive: true, force: true })
      throw error
    })
    await seed(hub.store.db)
    return new World(hub, folder, all)
  }

  get deviceUrl(): string {
    return `https://localhost:${this.hub.devicePort}`
  }
  get consoleUrl(): string {
    return `http://localhost:${this.hub.consolePort}`
  }

  ticket(
    more: {
      place?: typeof DEMO | typeof OTHER
      label?: string
      simulated?: boolean
      hours?: number
      person?: string
    } = {}
  ) {
    return createTicket(this.hub.store.db, {
      ...(more.place ?? DEMO),
      label: more.label ?? 'Demo Desk',
      simulated: more.simulated ?? false,
      hours: more.hours ?? 1,
      person: more.person,
      hubUrl: this.deviceUrl,
      hubCa: this.hub.ca
    })
  }

  async client(
    ticket: EnrolmentTicket,
    flavour: Flavour = 'test',
    now?: () => number
  ): Promise<DeviceClient> {
    const options = now === undefined ? {} : { now }
    const client = new DeviceClient(ticket, await newIdentity(), { flavour, build: '0.1.0' }, options)
    this.#clients.push(client)
    return client
  }

  /** An enrolled device, nobody signed in. */
  async device(more: Parameters<World['ticket']>[0] & { flavour?: Flavour } = {}): Promise<DeviceClient> {
    const ticket = await this.ticket(more)
    const client = await this.client(ticket, more.flavour)
    await client.enrol(ticket.token)
    return client
  }

  async console(email = 'supervisor1@demo.example'): Promise<ConsoleClient> {
    const client = new ConsoleClient(this.consoleUrl)
    await client.signIn(email, PASSWORD)
    return client
  }

  async close(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.close()))
    await this.hub.close()
    await rm(this.folder, { recursive: true, force: true })
  }
}

/** Records as an outbox numbers them. */
export const records = (first: number, ...bodies: RecordBody[]): OutboxRecord[] =>
  bodies.map((body, index) => ({
    seq: first + index,
    at: '2026-11-22T10:00:00.000Z',
    monoMs: 1000 + first + index,
    body
  }))

export const raised = (id: string = randomUUID()): RecordBody & { kind: 'alert-raised' } => ({
  kind: 'alert-raised',
  alert: {
    id,
    rule: 'phone',
    severity: 'attention',
    raisedAt: '2026-11-22T10:00:00.000Z',
    score: 0.91,
    people: 0,
    hidden: true,
    model: 'coco-ssd@2.2.3#0123456789ab',
    policyVersion: 1
  }
})

export const ended = (id: string): RecordBody => ({
  kind: 'alert-ended',
  end: { id, endedAt: '2026-11-22T10:00:04.000Z', durationMs: 4000, peakScore: 0.97, peakPeople: 0 }
})
