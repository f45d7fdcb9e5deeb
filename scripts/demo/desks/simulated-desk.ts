import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { severityOf } from '../../../src/core/alert/alert'
import type { RuleId } from '../../../src/core/judgement/rule'
import type {
  DeskSnapshot,
  DeskState,
  EnrolmentTicket,
  OutboxRecord,
  RecordBody
} from '../../../src/contract/wire/v1/device'
import { DeviceClient, HubRefusal, newIdentity } from './device-client'
import { planOf, type Phase } from './plan'

export interface SimulatedDeskOptions {
  readonly ticket: EnrolmentTicket
  readonly email: string
  readonly password: string
  readonly seed: number
  /** Ends the desk. */
  readonly signal: AbortSignal
  /** Told what went wrong at the line; the desk goes on trying. */
  readonly onTrouble?: (problem: string) => void
}

const SENDER = { flavour: 'demo', build: 'simulated-1' } as const
const MODEL = 'simulated@1#000000000000'
const RETRY_MS = 1000
const BATCH = 100

/** A desk that lives its plan: it enrols, signs its advocate in, and reports as a workstation does. */
export class SimulatedDesk {
  readonly #options: SimulatedDeskOptions
  readonly #client: DeviceClient
  #person: { readonly id: string; readonly name: string } | null = null
  #state: DeskState = 'starting'
  #reasons: RuleId[] = []
  #since = new Date()
  #policyVersion = 0
  #outbox: OutboxRecord[] = []
  #nextSeq = 0
  #heartbeatMs = 2000
  #wake = new AbortController()

  private constructor(options: SimulatedDeskOptions, client: DeviceClient) {
    this.#options = options
    this.#client = client
  }

  /** Enrols the desk and starts its day. Rejects when the hub refuses the ticket. */
  static async start(options: SimulatedDeskOptions): Promise<{ readonly ended: Promise<void> }> {
    const client = new DeviceClient(options.ticket, await newIdentity(), SENDER)
    await client.enrol(options.ticket.token)
    const desk = new SimulatedDesk(options, client)
    const ended = Promise.all([desk.#live(), desk.#report()]).then(() => client.close())
    return { ended }
  }

  async #live(): Promise<void> {
    for (const phase of planOf(this.#options.seed)) {
      if (this.#over) return
      if (phase.kind === 'signed-out') await this.#signOut(phase.ms)
      else if (this.#person === null) await this.#signIn()
      if (phase.kind === 'shown') {
        this.#become('shown', [])
        await this.#pause(phase.ms)
      }
      if (phase.kind === 'hidden') await this.#hide(phase)
    }
  }

  async #hide(phase: Extract<Phase, { kind: 'hidden' }>): Promise<void> {
    const id = randomUUID()
    const { rule, score, people } = phase
    const response = rule === 'help-asked' ? 'log' : 'blank'
    const hidden = response === 'blank'
    const started = new Date()
    this.#record({
      kind: 'alert-raised',
      alert: {
        id,
        rule,
        severity: severityOf(rule, response),
        raisedAt: started.toISOString(),
        score,
        people,
        hidden,
        response,
        model: MODEL,
        policyVersion: this.#policyVersion
      }
    })
    if (hidden) this.#become('hidden', [rule])
    await this.#pause(phase.ms)
    const durationMs = Date.now() - started.getTime()
    const end = { id, endedAt: new Date().toISOString(), durationMs, peakScore: score, peakPeople: people }
    this.#record({ kind: 'alert-ended', end })
  }

  async #signIn(): Promise<void> {
    while (!this.#over) {
      try {
        const reply = await this.#client.signIn(this.#options.email, this.#options.password)
        this.#person = reply.person
        this.#record({ kind: 'session', change: 'signed-in', person: reply.person.id })
        return
      } catch (error) {
        this.#trouble(error)
        await this.#pause(RETRY_MS)
      }
    }
  }

  async #signOut(ms: number): Promise<void> {
    if (this.#person !== null) {
      this.#record({ kind: 'session', change: 'signed-out', person: this.#person.id })
      this.#person = null
    }
    this.#become('signed-out', [])
    await this.#pause(ms)
  }

  /** Reports at once when something is new, else with the heartbeat; what is not acknowledged is sent again. */
  async #report(): Promise<void> {
    while (!this.#over) {
      this.#wake = new AbortController()
      const wait = (await this.#sync()) ? this.#heartbeatMs : RETRY_MS
      if (this.#outbox.length > 0 && wait === this.#heartbeatMs) continue
      await this.#pause(wait, this.#wake.signal)
    }
    await this.#sync()
  }

  async #sync(): Promise<boolean> {
    try {
      const reply = await this.#client.sync({ records: this.#outbox.slice(0, BATCH), desk: this.#snapshot() })
      this.#outbox = this.#outbox.filter((record) => record.seq >= reply.ackBelow)
      this.#heartbeatMs = reply.heartbeatMs
      this.#policyVersion = reply.policyVersion
      return true
    } catch (error) {
      this.#trouble(error)
      return false
    }
  }

  #become(state: DeskState, reasons: RuleId[]): void {
    this.#state = state
    this.#reasons = reasons
    this.#since = new Date()
    this.#record({ kind: 'desk', state, reasons })
  }

  #record(body: RecordBody): void {
    const at = new Date().toISOString()
    this.#outbox.push({ seq: this.#nextSeq, at, monoMs: Math.round(performance.now()), body })
    this.#nextSeq += 1
    this.#wake.abort()
  }

  #snapshot(): DeskSnapshot {
    const lost = this.#reasons.includes('camera-lost')
    return {
      state: this.#state,
      reasons: this.#reasons,
      since: this.#since.toISOString(),
      person: this.#person,
      policyVersion: this.#policyVersion,
      model: MODEL,
      checks: [
        check('camera', 'camera', lost ? 'fail' : 'pass'),
        check('uptime', 'device', 'pass'),
        check('hub', 'network', 'pass')
      ]
    }
  }

  get #over(): boolean {
    return this.#options.signal.aborted
  }

  async #pause(ms: number, wake?: AbortSignal): Promise<void> {
    const { signal } = this.#options
    const until = wake === undefined ? signal : AbortSignal.any([signal, wake])
    await sleep(ms, undefined, { signal: until }).catch(() => undefined) // woken, which is the point
  }

  #trouble(error: unknown): void {
    const problem = error instanceof HubRefusal ? error.refusal.code : 'the hub does not answer'
    this.#options.onTrouble?.(problem)
  }
}

const check = (
  id: string,
  area: DeskSnapshot['checks'][number]['area'],
  state: DeskSnapshot['checks'][number]['state']
): DeskSnapshot['checks'][number] => ({ id, area, state, evidence: 'simulated', ageMs: 0, remedy: '' })
