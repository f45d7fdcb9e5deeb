import type { ApplicationsNews } from '../../src/contract/helper/applications'
import type { ApplicationsVerdict } from '../../src/core/application/judge'
import type { ApplicationPolicy } from '../../src/core/application/policy'
import { chooseDevice } from '../../src/device/choose'
import { ApplicationWatch } from '../../src/main/probe/applications/application-watch'

/** The probe's own watch over the programs of this machine, in this process. */
export class Watched {
  readonly #watch: ApplicationWatch
  readonly #firstSeen = new Map<number, number>()
  #verdict: ApplicationsVerdict | null = null
  #stubborn: readonly string[] = []

  constructor(policy: ApplicationPolicy, serviceSocket = '/nowhere') {
    this.#watch = new ApplicationWatch({ device: chooseDevice(), post: (news) => this.#hear(news) })
    // Nothing here is a part of Havendesk: no process has this number.
    this.#watch.set({ kind: 'applications', order: 1, serviceSocket, main: 0x7fff_ffff, policy })
  }

  get verdict(): ApplicationsVerdict | null {
    return this.#verdict
  }
  get stubborn(): readonly string[] {
    return this.#stubborn
  }

  /** When a process was first found, by the monotonic clock; undefined while it was not. */
  foundAt(pid: number): number | undefined {
    return this.#firstSeen.get(pid)
  }

  close(): void {
    this.#watch.stop()
  }

  #hear({ verdict, stubborn }: ApplicationsNews): void {
    this.#verdict = verdict
    this.#stubborn = stubborn
    const now = performance.now()
    for (const { key } of verdict.found) {
      const pid = Number(key.split(':')[0])
      if (!this.#firstSeen.has(pid)) this.#firstSeen.set(pid, now)
    }
  }
}
