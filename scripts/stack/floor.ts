import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Policy } from '../../src/core/policy/policy'
import { startMemberSite, type MemberSite } from '../demo/member-site/server'
import type { Children } from './children'
import { Hub } from './hub'
import { Seeded } from './seed'

export interface FloorOptions {
  /** Everything the floor keeps lies in here. */
  readonly folder: string
  readonly advocates?: number
  readonly devicePort?: number
  readonly consolePort?: number
  readonly heartbeatMs?: number
  /** Another site than the member records as the workspace. */
  readonly workspaceUrl?: string
  readonly adjust?: (policy: Policy) => Policy
  /** Which build's system service answers; `test` unless told otherwise. */
  readonly flavour?: 'test' | 'demo'
}

/** A hub with its people and policy, and the site that the workspace opens: all real, all on this machine. */
export class Floor {
  readonly children: Children
  readonly folder: string
  readonly hub: Hub
  readonly seeded: Seeded
  readonly site: MemberSite
  readonly #flavour: 'test' | 'demo'

  private constructor(children: Children, options: FloorOptions, hub: Hub, seeded: Seeded, site: MemberSite) {
    this.children = children
    this.folder = options.folder
    this.#flavour = options.flavour ?? 'test'
    this.hub = hub
    this.seeded = seeded
    this.site = site
  }

  static async open(children: Children, options: FloorOptions): Promise<Floor> {
    const hubData = join(options.folder, 'hub')
    mkdirSync(hubData, { recursive: true, mode: 0o700 })
    const site = await startMemberSite(0)
    const { devicePort, consolePort, heartbeatMs, adjust } = options
    const hub = await Hub.start(children, {
      data: hubData,
      ...(devicePort === undefined ? {} : { devicePort }),
      ...(consolePort === undefined ? {} : { consolePort }),
      ...(heartbeatMs === undefined ? {} : { heartbeatMs })
    })
    const seeded = await Seeded.create({
      hub,
      hubData,
      workspaceUrl: options.workspaceUrl ?? `${site.origin}/`,
      advocates: options.advocates ?? 2,
      ...(adjust === undefined ? {} : { adjust })
    })
    return new Floor(children, options, hub, seeded, site)
  }

  /** The data folder of a new workstation (below ours, or absolute): its ticket inside, its system service answering. */
  async desk(label: string, name = 'desk'): Promise<string> {
    const data = resolve(this.folder, name)
    await this.seeded.handOver(label, data)
    const service = resolve('out', this.#flavour, 'service', 'service.js')
    this.children.start(process.execPath, [service, `--socket=${join(data, 'service.sock')}`], {
      stdio: 'ignore'
    })
    return data
  }

  async close(): Promise<void> {
    await this.seeded.close()
    await this.site.close()
    await this.children.endAll()
  }
}
