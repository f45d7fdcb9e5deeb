import type { ToCourier } from '../../../contract/helper/courier'
import { err, ok, type Result } from '../../../core/result'
import type { CourierParts } from '../parts'
import { Backlog, type Pending } from './backlog'
import { Recorder } from './recorder'

/** Records that came before the outbox was open, bounded like those that wait for the disk. */
const EARLY_BYTES = 1024 * 1024

export interface IntakeOptions {
  readonly parts: Pick<CourierParts, 'post' | 'clock'>
  /** A record that should not wait for the heartbeat is on the disk. */
  readonly urgent: () => void
}

/** Takes records from the first moment on: held in memory until the outbox is open, then written in their order. */
export class RecordIntake {
  #recorder: Recorder | null = null
  #waitingSaid = -1
  readonly #early = new Backlog(EARLY_BYTES)

  constructor(private readonly options: IntakeOptions) {}

  get recorder(): Recorder | null {
    return this.#recorder
  }

  /** Records that the hub does not have. */
  get waiting(): number {
    return this.#recorder?.waiting ?? this.#early.size
  }

  record(pending: Pending): void {
    if (this.#recorder !== null) {
      this.#recorder.record(pending)
      return
    }
    this.#early.add(pending)
    const { post } = this.options.parts
    post({ kind: 'not-recorded', handle: pending.handle, problem: 'the outbox is not open yet' })
  }

  /** Opens the outbox, once; the error says why it cannot be. */
  async open(
    { dataFolder, boot }: Extract<ToCourier, { kind: 'open' }>,
    sealing: Uint8Array
  ): Promise<Result<Recorder, string>> {
    if (this.#recorder !== null) return ok(this.#recorder)
    const { clock, post } = this.options.parts
    const recorder = new Recorder(
      {
        folder: dataFolder,
        boot,
        sealing,
        now: () => new Date(clock.wall()).toISOString(),
        monotonic: clock.monotonic
      },
      {
        recorded: (handle, seq, body) => {
          post({ kind: 'recorded', handle, seq })
          if (body.kind !== 'event') this.options.urgent()
        },
        notRecorded: (handle, problem) =>
          post({ kind: 'not-recorded', handle, problem: problem.slice(0, 300) }),
        waiting: (count) => this.sayWaiting(count)
      }
    )
    const opened = await recorder.open()
    if (!opened.ok) return err(opened.error.detail)
    this.#recorder = recorder
    for (let next = this.#early.peek(); next !== null; next = this.#early.peek()) {
      this.#early.shift()
      recorder.record(next)
    }
    return ok(recorder)
  }

  sayWaiting(count: number): void {
    if (count === this.#waitingSaid) return
    this.#waitingSaid = count
    this.options.parts.post({ kind: 'waiting', count })
  }
}
