import type { Policy } from '../../core/policy/policy'
import type { MonotonicMs } from '../../core/time'
import { BackOff } from '../helper/back-off'
import type { SensorWindow } from '../windows/sensor'
import type { Desk } from './desk'

export interface SensorRestartOptions {
  readonly desk: Desk
  readonly window: SensorWindow
  readonly now: () => MonotonicMs
  readonly closing: () => boolean
  /** Tells the sensor what counts as present. */
  readonly settings: (policy: Policy) => void
}

/** Starts a dead or stuck sensor anew, ever more slowly while it does not help. */
export class SensorRestarts {
  readonly #options: SensorRestartOptions
  readonly #backOff = new BackOff({ firstMs: 200, mostMs: 30_000, calmMs: 60_000 })
  #due: NodeJS.Timeout | undefined

  constructor(options: SensorRestartOptions) {
    this.#options = options
    this.settingsChanged()
  }

  settingsChanged(): void {
    const { policy } = this.#options.desk.facts
    if (policy !== null) this.#options.settings(policy)
  }

  restart(why: string): void {
    const { desk, window, now, closing } = this.#options
    if (this.#due !== undefined || closing()) return
    desk.sensorGone()
    desk.event('sensor-restarted', why)
    this.#due = setTimeout(() => {
      this.#due = undefined
      if (closing()) return
      desk.watchdog.restarted()
      window.restart()
    }, this.#backOff.after(now()))
  }
}
