import { sql } from 'drizzle-orm'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { expect } from 'vitest'
import { PASSWORD, World } from '../../hub/support/world'
import { LyingHub } from '../lying-hub'
import { Workstation } from '../workstation'
import type { EnrolmentTicket } from '../../../src/contract/wire/v1/device'
import { wakeDevice } from '../../../src/hub/store/admin/wake'
import {
  addPerson,
  createOrganisation,
  createTeam,
  createTicket,
  publishModel,
  publishPolicy,
  publishRoot,
  publishSnapshot
} from '../../../src/provision/index'
import { model, modelBytes, now, ORGANISATION, policy, root, snapshot, TEAM } from './documents'

export const poll = { timeout: 30_000, interval: 20 }
export const EMAIL = 'worker@frozen.example'

/** A true hub with what IT published, the hub that was taken over before it, and workstations enrolled there. */
export class HostileScene {
  readonly #stations: Workstation[] = []
  /** Connections to a place that nobody has any business at. */
  visits = 0

  private constructor(
    readonly world: World,
    readonly hub: LyingHub,
    private readonly decoy: Server
  ) {}

  static async start(): Promise<HostileScene> {
    const world = await World.start({ heartbeatMs: 500 })
    const hub = await LyingHub.start(world.folder, world.hub.devicePort)
    const decoy = createServer()
    await new Promise<void>((listening) => decoy.listen(0, '127.0.0.1', listening))
    const scene = new HostileScene(world, hub, decoy)
    decoy.on('connection', (socket) => {
      scene.visits += 1
      socket.destroy()
    })
    const { db } = world.hub.store
    await createOrganisation(db, { name: ORGANISATION, demo: true })
    for (const name of [TEAM, 'Easy Going']) await createTeam(db, { organisation: ORGANISATION, name })
    await publishRoot(db, { organisation: ORGANISATION, envelope: root(1), now })
    for (const version of [1, 2])
      await publishPolicy(db, { organisation: ORGANISATION, envelope: policy(version) })
    const read = () => Promise.resolve(modelBytes)
    await publishModel(db, { organisation: ORGANISATION, envelope: model(), read, now })
    await publishSnapshot(db, { organisation: ORGANISATION, envelope: snapshot(1, 2), now })
    const person = { name: 'A Worker', email: EMAIL, role: 'advocate', password: PASSWORD } as const
    await addPerson(db, { organisation: ORGANISATION, team: TEAM, ...person })
    return scene
  }

  /** Where a redirect of a thief's leads. */
  get elsewhere(): string {
    return `http://127.0.0.1:${(this.decoy.address() as AddressInfo).port}/`
  }

  ticket(): Promise<EnrolmentTicket> {
    return createTicket(this.world.hub.store.db, {
      organisation: ORGANISATION,
      team: TEAM,
      label: 'Demo Desk',
      simulated: false,
      hours: 1,
      hubUrl: this.hub.url,
      hubCa: this.world.hub.ca
    })
  }

  keep(station: Workstation): Workstation {
    this.#stations.push(station)
    return station
  }

  /** A workstation in its first run. */
  async station(): Promise<Workstation> {
    const station = this.keep(new Workstation())
    await station.start(await this.ticket())
    return station
  }

  async enrolled(version = 2): Promise<{ station: Workstation; device: string }> {
    const station = await this.station()
    await expect.poll(() => station.desk.facts.policy?.version, poll).toBe(version)
    await expect.poll(() => station.said.some(({ kind }) => kind === 'model'), poll).toBe(true)
    return { station, device: station.device }
  }

  async signedIn(): Promise<{ station: Workstation; device: string }> {
    const at = await this.enrolled()
    await at.station.signIn(EMAIL, PASSWORD)
    expect(at.station.desk.state.person?.name).toBe('A Worker')
    return at
  }

  /** Has the true hub answer the line that a workstation holds open. */
  wake(device: string): Promise<void> {
    return wakeDevice(this.world.hub.store.db, device)
  }

  /** What the true hub's book has of a workstation. */
  async events(device: string): Promise<string[]> {
    const found = await this.world.hub.store.db.execute(
      sql`SELECT code, detail FROM security_event WHERE workstation_id = ${device} ORDER BY id`
    )
    return found.rows.map((row) => `${String(row['code'])} ${String(row['detail'])}`)
  }

  /** Ends the workstations of one test. */
  async rest(): Promise<void> {
    this.hub.repent()
    for (const station of this.#stations.splice(0)) {
      await station.stop()
      station.remove()
    }
  }

  async close(): Promise<void> {
    await this.rest()
    await new Promise((closed) => this.decoy.close(closed))
    await this.hub.close()
    await this.world.close()
  }
}
