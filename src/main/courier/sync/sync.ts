import {
  syncReplySchema,
  type DeskSnapshot,
  type HubError,
  type SyncReply
} from '../../../contract/wire/v1/device'
import type { Flavour } from '../../../core/flavour'
import type { Clock } from '../hub/clock'
import type { HubAnswer, HubClient } from '../hub/hub-client'
import type { Batch, Outbox } from '../outbox/outbox'
import type { Recorder } from '../outbox/recorder'
import { backoffMs } from './backoff'
import { refusalOf, type SyncRefusal } from './refusal'

export interface SyncEvents {
  reachable(): void
  unreachable(problem: string): void
  /** The hub will not have this device. Syncing goes on slowly, in case that changes. */
  refused(refusal: SyncRefusal): void
  /** The newest policy by the hub's word, after every answer. Must return at once. */
  policyVersion(version: number): void
  /** What the hub hands out, after every answer. Must return at once. */
  models(models: SyncReply['models']): void
  /** The hub holds no attestation of this run that is still good. */
  attestWanted(): void
  waiting(): void
  /** The hub answers as no hub does. For the record. */
  odd(problem: string): void
}

export interface SyncOptions {
  readonly recorder: Recorder
  readonly client: HubClient
  readonly boot: string
  readonly sender: { readonly flavour: Flavour; readonly build: string }
  readonly clock: Clock
  /** In [0, 1). */
  readonly random: () => number
  readonly events: SyncEvents
  /** How long nobody touched anything, milliseconds; null where the policy does not ask for it. */
  readonly inputAgoMs?: () => number | null
}

const MAX_RECORDS = 200
const REQUEST_LIMIT_MS = 5000
const FIRST_HEARTBEAT_MS = 5000
/** A heartbeat that has waited this long gives way to an alert. */
const HEARTBEAT_PATIENCE_MS = 500
/** While the hub is away, something new to tell is tried at most this often. */
const EAGER_RETRY_MS = 1000
const REFUSED_RETRY_MS = 30_000
/** A hub that asks for longer is asked again after this. */
const LONGEST_RETRY_AFTER_MS = 120_000

type StepEnd =
  | { readonly kind: 'again' }
  | { readonly kind: 'idle' }
  | { readonly kind: 'failed'; readonly problem: string; readonly retryAfterMs: number | null }
  | { readonly kind: 'refused'; readonly refusal: SyncRefusal }
  /** The trouble is on this side: the hub was not asked. */
  | { readonly kind: 'local' }

/**
 * Brings records and the desk's newest snapshot to the hub: one request at a time, at once when there is something to
 * tell, else with the heartbeat. It never gives up and never lets go of a record that the hub has not acknowledged.
 */
export class Sync {
  private desk: DeskSnapshot | null = null
  private sentDesk = ''
  private heartbeatMs = FIRST_HEARTBEAT_MS
  private limit = MAX_RECORDS
  private withoutDesk = false
  private failures = 0
  private holdUntil = 0
  /** Below which records of a run were sent by this process. */
  private readonly sentBelow = new Map<string, number>()
  private lastStart = Number.NEGATIVE_INFINITY
  private timer: NodeJS.Timeout | null = null
  private dueAt = Number.POSITIVE_INFINITY
  private running = false
  private woken = false
  private stopped = false
  private inFlight: {
    readonly abort: AbortController
    readonly since: number
    readonly idle: boolean
  } | null = null
  private settled: (() => void)[] = []

  constructor(private readonly options: SyncOptions) {}

  /** The newest picture of the desk. Sent at once when it says something else than the last. */
  setDesk(desk: DeskSnapshot): void {
    this.desk = desk
    if (gist(desk) !== this.sentDesk) this.wake()
  }

  /** Something is to be told now. */
  wake(): void {
    if (this.stopped) return
    const now = this.options.clock.monotonic()
    if (this.running) {
      this.woken = true
      const stuck = this.inFlight
      if (stuck?.idle === true && now - stuck.since > HEARTBEAT_PATIENCE_MS) stuck.abort.abort()
      return
    }
    const earliest = this.failures === 0 ? now : Math.max(now, this.lastStart + EAGER_RETRY_MS)
    this.scheduleAt(Math.min(this.dueAt, Math.max(earliest, this.holdUntil)))
  }

  /** Resolves when nothing waits any more or the limit is over. */
  async drain(limitMs: number): Promise<void> {
    const until = this.options.clock.monotonic() + limitMs
    const isDone = (): boolean =>
      (this.options.recorder.store?.waiting ?? 0) === 0 && !this.running && gist(this.desk) === this.sentDesk
    while (!isDone()) {
      const left = until - this.options.clock.monotonic()
      if (left <= 0) return
      this.wake()
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left)
        this.settled.push(() => {
          clearTimeout(timer)
          resolve()
        })
      })
    }
  }

  stop(): void {
    this.stopped = true
    if (this.timer !== null) clearTimeout(this.timer)
    this.inFlight?.abort.abort()
  }

  private scheduleAt(at: number): void {
    if (this.stopped) return
    if (this.timer !== null) clearTimeout(this.timer)
    this.dueAt = at
    const delay = Math.max(0, at - this.options.clock.monotonic())
    this.timer = setTimeout(() => void this.run(), delay)
  }

  private async run(): Promise<void> {
    this.timer = null
    this.dueAt = Number.POSITIVE_INFINITY
    this.running = true
    this.woken = false
    this.lastStart = this.options.clock.monotonic()
    try {
      this.after(await this.step())
    } catch (error) {
      // A mistake of ours must not end the delivery for good.
      this.after({
        kind: 'failed',
        problem: error instanceof Error ? error.message : 'sync failed',
        retryAfterMs: null
      })
    }
    this.running = false
    for (const resolve of this.settled.splice(0)) resolve()
  }

  private after(end: StepEnd): void {
    const { clock, random, events } = this.options
    const now = clock.monotonic()
    switch (end.kind) {
      case 'again':
      case 'idle':
        this.failures = 0
        this.scheduleAt(end.kind === 'again' || this.woken ? now : now + this.heartbeatMs)
        return
      case 'failed': {
        this.failures += 1
        const asked = Math.min(end.retryAfterMs ?? 0, LONGEST_RETRY_AFTER_MS)
        this.holdUntil = now + asked
        events.unreachable(end.problem)
        this.scheduleAt(this.holdUntil + backoffMs(this.failures, random()))
        return
      }
      case 'local':
        this.failures += 1
        this.scheduleAt(now + backoffMs(this.failures, random()))
        return
      case 'refused':
        this.failures += 1
        this.holdUntil = now + REFUSED_RETRY_MS
        events.refused(end.refusal)
        this.scheduleAt(this.holdUntil)
    }
  }

  private async step(): Promise<StepEnd> {
    const { recorder, boot } = this.options
    const outbox = recorder.store
    if (outbox === null) return this.deliver(null, { boot, records: [] })
    const next = outbox.nextBatch(this.limit)
    if (!next.ok) {
      if (next.error.kind === 'corrupt') await recorder.mend()
      return { kind: 'local' }
    }
    const batch = next.value ?? { boot, records: [] }
    // After damage, what the hub already has of a run decides what is still to be sent of it.
    if (outbox.isDoubtful(batch.boot)) return this.ask(outbox, batch.boot, false)
    return this.deliver(outbox, batch)
  }

  private async deliver(outbox: Outbox | null, batch: Batch): Promise<StepEnd> {
    const own = batch.boot === this.options.boot
    const desk = own && !this.withoutDesk ? this.desk : null
    const answer = await this.post({ ...batch, desk }, batch.records.length === 0)
    if (answer.kind !== 'ok') return this.refusedOrFailed(answer, outbox, batch)
    if (desk !== null) this.sentDesk = gist(desk)
    this.withoutDesk = false
    this.limit = MAX_RECORDS
    this.acknowledged(outbox, batch, answer.value.ackBelow)
    this.heard(answer.value)
    const stuck = batch.records.length > 0 && answer.value.ackBelow <= (batch.records[0]?.seq ?? 0)
    if (stuck) {
      this.options.events.odd('it acknowledges nothing of what it was sent')
      return { kind: 'failed', problem: 'the hub acknowledged nothing', retryAfterMs: null }
    }
    return { kind: (outbox?.waiting ?? 0) > 0 ? 'again' : 'idle' }
  }

  /** Only what was sent can be acknowledged: a hub that names more would have this desk drop what nobody saw. */
  private acknowledged(outbox: Outbox | null, { boot, records }: Batch, ackBelow: number): void {
    const first = records[0]
    const sentBelow = first === undefined ? (outbox?.ackBelowOf(boot) ?? 0) : first.seq + records.length
    const told = Math.max(this.sentBelow.get(boot) ?? 0, sentBelow)
    this.sentBelow.set(boot, told)
    if (outbox !== null && ackBelow > Math.max(told, outbox.endOf(boot)))
      this.options.events.odd('it acknowledges what was never sent')
    outbox?.acknowledge(boot, Math.min(ackBelow, told))
  }

  /** Asks which records of a run the hub has, and takes it from there. */
  private async ask(outbox: Outbox, boot: string, numbersLost: boolean): Promise<StepEnd> {
    const answer = await this.post({ boot, records: [], desk: null }, false)
    if (answer.kind !== 'ok') return this.refusedOrFailed(answer, null, { boot, records: [] })
    const { ackBelow } = answer.value
    if (!isPlausible(ackBelow)) {
      this.options.events.odd('it acknowledges what no run comes to')
      return { kind: 'failed', problem: 'the hub acknowledged what was never sent', retryAfterMs: null }
    }
    const mustRenumber = numbersLost || ackBelow < outbox.ackBelowOf(boot)
    const done = mustRenumber ? outbox.renumber(boot, ackBelow) : outbox.acknowledge(boot, ackBelow)
    this.heard(answer.value)
    return { kind: !done.ok && mustRenumber ? 'local' : 'again' }
  }

  private heard(reply: SyncReply): void {
    const { events } = this.options
    this.heartbeatMs = reply.heartbeatMs
    events.reachable()
    events.waiting()
    events.policyVersion(reply.policyVersion)
    events.models(reply.models)
    if (reply.attest === true) events.attestWanted()
  }

  private async refusedOrFailed(
    answer: Exclude<HubAnswer<SyncReply>, { kind: 'ok' }>,
    outbox: Outbox | null,
    batch: Batch
  ): Promise<StepEnd> {
    if (answer.kind === 'unreachable') {
      // An exchange that was cut short for an alert says nothing about the hub.
      if (this.inFlightWasAborted) return { kind: 'again' }
      return { kind: 'failed', problem: answer.problem, retryAfterMs: answer.retryAfterMs }
    }
    const { error, status, retryAfterMs } = answer
    const refusal = refusalOf(error)
    if (refusal !== null) return { kind: 'refused', refusal }
    const mended = outbox === null ? null : await this.mendBatch(outbox, batch, error)
    return mended ?? { kind: 'failed', problem: `HTTP ${status}: ${error.code}`, retryAfterMs }
  }

  /** What the hub will not take as it is: sent otherwise, never left out in silence. */
  private async mendBatch(outbox: Outbox, batch: Batch, error: HubError): Promise<StepEnd | null> {
    const { code, field } = error
    const expected = isPlausible(error.expected) ? error.expected : undefined
    if (error.expected !== expected) this.options.events.odd('it waits for a record that no run comes to')
    if (code === 'altered-duplicate' || (code === 'gap' && expected === undefined)) {
      return this.ask(outbox, batch.boot, true)
    }
    if (code === 'gap' && expected !== undefined) {
      return outbox.renumber(batch.boot, expected).ok ? { kind: 'again' } : null
    }
    if (code !== 'bad-request' && code !== 'too-large') return null
    if (field?.startsWith('desk') === true && !this.withoutDesk) {
      this.withoutDesk = true
      return { kind: 'again' }
    }
    if (batch.records.length > 1) {
      this.limit = Math.ceil(batch.records.length / 2)
      return { kind: 'again' }
    }
    const [only] = batch.records
    // A record is given up only when the hub's objection is to the record itself.
    const isItself = code === 'too-large' || field?.startsWith('records') === true
    if (only === undefined || !isItself || isReplacement(only.body)) return null
    return outbox.replace(batch.boot, { ...only, body: unreadable }).ok ? { kind: 'again' } : null
  }

  private inFlightWasAborted = false

  private async post(
    part: Batch & { readonly desk: DeskSnapshot | null },
    idle: boolean
  ): Promise<HubAnswer<SyncReply>> {
    const abort = new AbortController()
    this.inFlight = { abort, since: this.options.clock.monotonic(), idle }
    const inputAgoMs = this.options.inputAgoMs?.() ?? null
    const answer = await this.options.client.call({
      path: '/device/v1/sync',
      reply: syncReplySchema,
      limitMs: REQUEST_LIMIT_MS,
      signal: abort.signal,
      body: {
        v: 1,
        sender: this.options.sender,
        boot: part.boot,
        records: part.records,
        desk: part.desk,
        ...(inputAgoMs === null ? {} : { inputAgoMs })
      }
    })
    this.inFlight = null
    this.inFlightWasAborted = abort.signal.aborted
    return answer
  }
}

/** No run makes so many records: a hub that waits for one beyond would have them numbered out of all bounds. */
const MAX_SEQ = 2 ** 40
const isPlausible = (expected: number | undefined): boolean => expected === undefined || expected <= MAX_SEQ

const unreadable = {
  kind: 'event',
  code: 'outbox-damaged',
  detail: 'the hub could not read a record',
  count: 1
} as const

const isReplacement = (body: Batch['records'][number]['body']): boolean =>
  body.kind === 'event' && body.code === 'outbox-damaged' && body.detail === unreadable.detail

/** What of a snapshot is worth a request of its own. */
function gist(desk: DeskSnapshot | null): string {
  return desk === null ? '' : JSON.stringify([desk.state, desk.reasons, desk.person, desk.policyVersion])
}
