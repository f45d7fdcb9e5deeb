import { randomUUID } from 'node:crypto'
import { severityOf } from '../../core/alert/alert'
import type { FromCourier, ToCourier } from '../../contract/helper/courier'
import type { Desk } from './desk'

export interface TellOnlyOptions {
  readonly desk: Desk
  /** Sends to the courier; false when it is not running. */
  readonly post: (message: ToCourier) => boolean
}

/**
 * The line to a courier of a start that is not allowed: its alert goes out, and nothing comes in. There is no policy, no
 * sign-in and nothing to show, whatever the courier says.
 */
export class TellOnly {
  readonly #desk: Desk
  readonly #post: TellOnlyOptions['post']
  #closed: (() => void) | null = null
  #ready = false

  constructor({ desk, post }: TellOnlyOptions) {
    this.#desk = desk
    this.#post = post
  }

  /** Records the alert, and what was found, by name. */
  raise(names: readonly string[], at: string): void {
    const { recorder } = this.#desk
    recorder.record({
      kind: 'alert-raised',
      alert: {
        id: randomUUID(),
        rule: 'unsafe-start',
        severity: severityOf('unsafe-start', 'blank'),
        raisedAt: at,
        score: 1,
        people: 0,
        hidden: true,
        response: 'blank',
        model: '',
        policyVersion: 0
      }
    })
    this.#desk.event('unsafe-start', names.join(' '), Math.max(1, names.length))
  }

  receive(message: FromCourier): void {
    if (message.kind === 'ready') {
      // A courier says so again when the hub takes the device back; it has the records already.
      if (!this.#ready) this.#desk.recorder.courierReady((record) => this.#post(record))
      this.#ready = true
    } else if (message.kind === 'recorded') this.#desk.recorder.written(message.handle)
    else if (message.kind === 'closed') this.#closed?.()
  }

  gone(): void {
    this.#ready = false
    this.#desk.recorder.courierGone()
    this.#closed?.()
  }

  /** Lets the courier deliver what it can within the limit. */
  async close(limitMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const limit = setTimeout(resolve, limitMs + 500)
      this.#closed = () => {
        clearTimeout(limit)
        resolve()
      }
      if (!this.#post({ kind: 'close', limitMs })) this.#closed()
    })
  }
}
