import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FromCourier, ToCourier } from '../../src/contract/helper/courier'
import type { DeskSnapshot, EnrolmentTicket, RecordBody } from '../../src/contract/wire/v1/device'
import type { KeyStore } from '../../src/device/contract/device-key'
import { SIMULATED_BUILD } from '../../scripts/demo/desks/device-client'
import { Courier } from '../../src/main/courier/courier'
import { systemClock, type Clock } from '../../src/main/courier/hub/clock'
import { openLine } from '../../src/main/courier/hub/line'
import { MemoryKeychain } from './memory-keychain'

type Kind = FromCourier['kind']
type Message<K extends Kind> = Extract<FromCourier, { kind: K }>

/** A data folder and a courier in this process, with main's end of it in the test's hands. */
export class Desk {
  readonly said: FromCourier[] = []
  readonly courier: Courier
  #waiters: (() => void)[] = []

  constructor(
    readonly folder = mkdtempSync(join(tmpdir(), 'courier-')),
    readonly keychain = new MemoryKeychain(),
    readonly boot: string = randomUUID(),
    clock: Clock = systemClock,
    hardware: KeyStore | null = null,
    measure: () => Promise<string> = () => Promise.resolve(SIMULATED_BUILD)
  ) {
    this.courier = new Courier({
      post: (message) => {
        this.said.push(message)
        for (const wake of this.#waiters.splice(0)) wake()
      },
      keychain: () => this.keychain,
      openLine,
      clock,
      random: Math.random,
      flavour: 'test',
      keychainLimitMs: 300,
      hardwareKeys: () => Promise.resolve(hardware),
      measureProgram: measure
    })
  }

  putTicket(ticket: EnrolmentTicket): void {
    writeFileSync(join(this.folder, 'ticket.json'), JSON.stringify(ticket))
  }

  async send(message: ToCourier): Promise<void> {
    await this.courier.handle(message)
  }

  async open(): Promise<void> {
    await this.send({
      kind: 'open',
      dataFolder: this.folder,
      boot: this.boot,
      build: '0.1.0',
      keychainService: 'havendesk-test',
      program: this.folder
    })
  }

  /** Records a body and returns its handle. */
  record(body: RecordBody): string {
    const handle = randomUUID()
    void this.send({ kind: 'record', handle, at: new Date().toISOString(), monoMs: performance.now(), body })
    return handle
  }

  /** The first message of a kind, from `after` on, that fits; waits for it. */
  async hear<K extends Kind>(
    kind: K,
    fits: (message: Message<K>) => boolean = () => true,
    { after = 0, withinMs = 10_000 } = {}
  ): Promise<Message<K>> {
    const until = performance.now() + withinMs
    for (;;) {
      const found = this.said
        .slice(after)
        .find((message): message is Message<K> => message.kind === kind && fits(message as Message<K>))
      if (found !== undefined) return found
      const left = until - performance.now()
      if (left <= 0) throw new Error(`no ${kind}; heard ${JSON.stringify(this.said.slice(-8))}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left)
        this.#waiters.push(() => {
          clearTimeout(timer)
          resolve()
        })
      })
    }
  }

  /** The same folder and keychain after a restart of the client. */
  next(boot: string = randomUUID()): Desk {
    return new Desk(this.folder, this.keychain, boot)
  }

  async close(limitMs = 0): Promise<void> {
    await this.send({ kind: 'close', limitMs })
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

export const snapshot = (more: Partial<DeskSnapshot> = {}): DeskSnapshot => ({
  state: 'signed-out',
  reasons: [],
  since: '2026-11-22T10:00:00.000Z',
  person: null,
  policyVersion: 1,
  model: '',
  checks: [],
  ...more
})
