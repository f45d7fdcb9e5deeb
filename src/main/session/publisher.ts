import type { DeskSnapshot } from '../../contract/wire/v1/device'
import type { AllNotifiers } from '../ipc/serve'
import type { Clock } from './clock'
import type { Desk } from './desk'
import { Throttle } from './throttle'
import { blankView, deskView, shellView } from './views'

/** At most ten snapshots a second. */
const PERIOD_MS = 100

/** Sends whole snapshots to windows and courier when they differ from the last ones. */
export class Publisher {
  readonly #throttle: Throttle
  readonly #sent = new Map<string, string>()

  constructor(
    desk: () => Desk,
    clock: Clock,
    notify: () => AllNotifiers | null,
    tellHub: (snapshot: DeskSnapshot) => void
  ) {
    this.#throttle = new Throttle(() => {
      const { state, facts } = desk()
      const input = { state, facts, clock, isWritten: (id: string): boolean => desk().isWritten(id) }
      const to = notify()
      if (to !== null) {
        this.#send('blank', blankView(input), to.blank.state)
        this.#send('shell', shellView(input), to.shell.state)
      }
      this.#send('hub', deskView(input), tellHub)
    }, PERIOD_MS)
  }

  changed(urgent: boolean): void {
    if (urgent) this.#throttle.now()
    else this.#throttle.soon()
  }

  /** The next snapshot to the courier goes out whatever was sent: a new courier knows nothing. */
  courierStarted(): void {
    this.#sent.delete('hub')
    this.changed(false)
  }

  stop(): void {
    this.#throttle.stop()
  }

  #send<T>(to: string, view: T, send: (view: T) => void): void {
    const text = JSON.stringify(view)
    if (this.#sent.get(to) === text) return
    this.#sent.set(to, text)
    send(view)
  }
}
