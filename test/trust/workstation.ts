import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SIMULATED_BUILD } from '../../scripts/demo/desks/device-client'
import type { FromCourier } from '../../src/contract/helper/courier'
import type { EnrolmentTicket } from '../../src/contract/wire/v1/device'
import { Courier } from '../../src/main/courier/courier'
import { openLine } from '../../src/main/courier/hub/line'
import { verifyEd25519 } from '../../src/main/policy/verify'
import { CourierLink } from '../../src/main/session/courier-link'
import { Desk } from '../../src/main/session/desk'
import { MemoryKeychain } from '../courier/memory-keychain'

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined, for: () => quiet }

/**
 * The real courier and the real desk of one workstation, joined as main joins them, without windows. Its clocks run with
 * the machine's, and can be moved on, and the wall's be set back.
 */
export class Workstation {
  readonly said: FromCourier[] = []
  readonly folder: string
  readonly desk: Desk
  readonly courier: Courier
  /** Milliseconds that both clocks are ahead. */
  skipped = 0
  /** Milliseconds that the wall clock alone was set. */
  wallSet = 0
  readonly #link: CourierLink

  constructor(
    folder?: string,
    readonly keychain = new MemoryKeychain()
  ) {
    this.folder = folder ?? mkdtempSync(join(tmpdir(), 'trust-'))
    const monotonic = (): number => performance.now() + this.skipped
    const wall = (): number => Date.now() + this.skipped + this.wallSet
    this.desk = new Desk({
      lookAgain: () => undefined,
      clock: { now: monotonic, label: (at) => new Date(wall() - (monotonic() - at)).toISOString() },
      hands: { blank: () => undefined, reveal: () => undefined, showSignIn: () => undefined },
      log: quiet,
      verify: verifyEd25519,
      policyChanged: () => undefined,
      openApplication: () => undefined,
      changed: () => undefined,
      restartSensor: () => undefined
    })
    this.courier = new Courier({
      post: (message) => {
        this.said.push(message)
        this.#link.receive(message)
      },
      keychain: () => this.keychain,
      openLine,
      clock: { monotonic, wall },
      random: Math.random,
      flavour: 'test',
      hardwareKeys: () => Promise.resolve(null),
      measureProgram: () => SIMULATED_BUILD
    })
    this.#link = new CourierLink({
      desk: this.desk,
      reopen: () => undefined,
      post: (message) => {
        void this.courier.handle(message)
        return true
      },
      models: {
        trust: () => undefined,
        offer: () => undefined,
        refused: (problem) => {
          this.desk.event('model-refused', problem)
        }
      }
    })
    this.desk.watch()
  }

  async start(ticket?: EnrolmentTicket): Promise<void> {
    if (ticket !== undefined) writeFileSync(join(this.folder, 'ticket.json'), JSON.stringify(ticket))
    await this.courier.handle({
      kind: 'open',
      dataFolder: this.folder,
      boot: randomUUID(),
      build: '0.1.0',
      keychainService: 'havendesk-test',
      program: ''
    })
  }

  /** What the courier refused so far, in its words. */
  get refused(): readonly string[] {
    return this.said.flatMap((message) =>
      message.kind === 'policy-refused' || message.kind === 'model-refused' ? [message.problem] : []
    )
  }

  /** True while out of date for longer than the policy's grace. */
  get lapsed(): boolean {
    return this.desk.state.faultSince['policy-lapsed'] !== undefined
  }

  async stop(): Promise<void> {
    this.desk.stop()
    await this.courier.handle({ kind: 'close', limitMs: 0 })
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
