import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SIMULATED_BUILD } from '../../scripts/demo/desks/device-client'
import type { FromCourier } from '../../src/contract/helper/courier'
import type { OwnAlertsResult, SignInResult } from '../../src/contract/ipc/schema'
import type { EnrolmentTicket } from '../../src/contract/wire/v1/device'
import type { AppealOutcome } from '../../src/core/alert/life'
import type { InstructionOutcome } from '../../src/core/instruction/instruction'
import type { KeyStore } from '../../src/device/contract/device-key'
import { Courier } from '../../src/main/courier/courier'
import { openLine } from '../../src/main/courier/hub/line'
import { verifyEd25519 } from '../../src/main/policy/verify'
import { CourierLink } from '../../src/main/session/courier-link'
import { Desk } from '../../src/main/session/desk'
import { deskView } from '../../src/main/session/views'
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
  /** The newest request of break-glass. */
  request = ''
  /** How often protected information was shown. */
  reveals = 0
  /** What the desk made of what its hub said that it was asked, by its own records. */
  readonly outcomes: InstructionOutcome[] = []
  readonly #link: CourierLink

  constructor(
    folder?: string,
    readonly keychain = new MemoryKeychain(),
    hardware: KeyStore | null = null
  ) {
    this.folder = folder ?? mkdtempSync(join(tmpdir(), 'trust-'))
    const monotonic = (): number => performance.now() + this.skipped
    const wall = (): number => Date.now() + this.skipped + this.wallSet
    this.desk = new Desk({
      flavour: 'test',
      lookAgain: () => undefined,
      clock: { now: monotonic, label: (at) => new Date(wall() - (monotonic() - at)).toISOString() },
      hands: { blank: () => undefined, reveal: () => (this.reveals += 1), showSignIn: () => undefined },
      log: quiet,
      verify: verifyEd25519,
      policyChanged: () => undefined,
      openApplication: () => undefined,
      changed: () => undefined,
      breakGlassWaits: (waiting) => void this.courier.handle({ kind: 'break-glass', waiting }),
      restartSensor: () => undefined
    })
    this.desk.program.take({ kind: 'not-packaged' })
    this.courier = new Courier({
      post: (message) => {
        this.said.push(message)
        this.#link.receive(message)
      },
      keychain: () => this.keychain,
      openLine,
      clock: { monotonic, wall },
      random: () => 0.02, // it need not wait for others of its kind
      flavour: 'test',
      hardwareKeys: () => Promise.resolve(hardware),
      measureProgram: () => Promise.resolve(SIMULATED_BUILD)
    })
    this.#link = new CourierLink({
      desk: this.desk,
      reopen: () => undefined,
      post: (message) => {
        if (message.kind === 'record' && message.body.kind === 'break-glass')
          this.request = message.body.change.request
        if (message.kind === 'record' && message.body.kind === 'instruction')
          this.outcomes.push(message.body.change.outcome)
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

  signIn(email: string, password: string): Promise<SignInResult> {
    return this.#link.signIn(email, password)
  }

  signOut(): void {
    this.#link.signOut()
  }

  /** What the person reads about themselves, as the desk's window asks for it. */
  ownAlerts(): Promise<OwnAlertsResult> {
    return this.#link.ownRecord.list()
  }

  /** The person says that a decision is wrong. */
  appeal(alert: string, statement: string): Promise<AppealOutcome> {
    return this.#link.ownRecord.appeal(alert, statement)
  }

  /** Has something to tell now: the courier does not wait for its heartbeat. */
  async speak(): Promise<void> {
    const { desk } = this
    await this.courier.handle({ kind: 'desk', desk: deskView(desk) })
    this.desk.recorder.record({ kind: 'desk', state: desk.state.desk, reasons: [] })
  }

  /** Its name, as enrolment gave it. */
  get device(): string {
    const ready = this.said.find((message) => message.kind === 'ready')
    if (ready === undefined) throw new Error('the courier is not ready')
    return ready.device
  }

  /** What the courier refused so far, in its words. */
  get refused(): readonly string[] {
    return this.said.flatMap((message) =>
      message.kind === 'policy-refused' || message.kind === 'model-refused' ? [message.problem] : []
    )
  }

  /** What the courier found no hub to do, in its words. */
  get odd(): readonly string[] {
    return this.said.flatMap((message) => (message.kind === 'hub-odd' ? [message.problem] : []))
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
