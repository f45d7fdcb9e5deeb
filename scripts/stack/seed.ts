import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { EnrolmentTicket } from '../../src/contract/wire/v1/device'
import { policySchema, type Policy } from '../../src/core/policy/policy'
import {
  addPerson,
  createOrganisation,
  createPolicyKey,
  createTeam,
  createTicket,
  describeProblem,
  openStore,
  publishPolicy,
  readHubCa,
  readPolicy,
  signPolicy,
  trustPolicyKey,
  type PolicyKey,
  type Store
} from '../../src/provision/index'
import type { Hub } from './hub'

export const organisation = 'Demo Care'
export const team = 'Member Services'

/** Sign-ins of the demonstration: invented people on invented addresses, the same every time. */
export const supervisor = { email: 'supervisor1@demo.example', password: 'demo supervisor one' }
export const advocate = (number: number) => ({
  name: `Demo Advocate ${String(number)}`,
  email: `advocate${String(number)}@demo.example`,
  password: `demo advocate ${String(number)}`
})

export interface SeedOptions {
  readonly hub: Hub
  readonly hubData: string
  /** Where the workspace starts: the member-record site. */
  readonly workspaceUrl: string
  readonly advocates: number
  /** What differs from the demonstration's policy. */
  readonly adjust?: (policy: Policy) => Policy
}

/** An organisation with a team, a supervisor, advocates and a signed policy, on a hub that runs. */
export class Seeded {
  readonly #store: Store
  readonly #options: SeedOptions
  readonly key: PolicyKey
  readonly policy: Policy

  private constructor(store: Store, options: SeedOptions, key: PolicyKey, policy: Policy) {
    this.#store = store
    this.#options = options
    this.key = key
    this.policy = policy
  }

  static async create(options: SeedOptions): Promise<Seeded> {
    const store = await openStore({
      dataFolder: options.hubData,
      databaseUrl: process.env['DATABASE_URL'],
      as: 'visitor'
    })
    const { db } = store
    await createOrganisation(db, { name: organisation, demo: true })
    await createTeam(db, { organisation, name: team })
    const place = { organisation, team }
    await addPerson(db, { ...place, name: 'Demo Supervisor 1', role: 'supervisor', ...supervisor })
    for (let number = 1; number <= options.advocates; number += 1) {
      await addPerson(db, { ...place, role: 'advocate', ...advocate(number) })
    }
    const key = createPolicyKey()
    await trustPolicyKey(db, { organisation, root: key.root })
    const plain = await demoPolicy(options.workspaceUrl)
    const policy = options.adjust === undefined ? plain : policySchema.parse(options.adjust(plain))
    await publishPolicy(db, { organisation, envelope: signPolicy(policy, key) })
    return new Seeded(store, options, key, policy)
  }

  /** A one-time ticket for one workstation. */
  async ticket(label: string, simulated = false): Promise<EnrolmentTicket> {
    return createTicket(this.#store.db, {
      organisation,
      team,
      label,
      simulated,
      hours: 12,
      hubUrl: this.#options.hub.deviceUrl,
      hubCa: await readHubCa(this.#options.hubData)
    })
  }

  /** Lays a ticket into a workstation's data folder, as IT would. */
  async handOver(label: string, data: string): Promise<EnrolmentTicket> {
    const ticket = await this.ticket(label)
    await mkdir(data, { recursive: true, mode: 0o700 })
    await writeFile(join(data, 'ticket.json'), JSON.stringify(ticket), { mode: 0o600 })
    return ticket
  }

  get store(): Store {
    return this.#store
  }

  async close(): Promise<void> {
    await this.#store.close()
  }
}

/** The demonstration's policy as IT would author it, with what only a running demonstration knows filled in. */
async function demoPolicy(workspaceUrl: string): Promise<Policy> {
  const now = Date.now()
  const policy = readPolicy(await readFile(resolve('scripts/demo/demo-policy.yaml'), 'utf8'), {
    organisation,
    version: 1,
    issuedAt: new Date(now).toISOString(),
    expiresAt: new Date(now + 30 * 86_400_000).toISOString(),
    workspace: { applications: [{ id: 'records', title: 'Member records', url: workspaceUrl }] }
  })
  if (!policy.ok) throw new Error(policy.error.map(describeProblem).join('\n'))
  return policy.value
}
