import { randomUUID } from 'node:crypto'
import type { FromCourier, ToCourier } from '../../contract/helper/courier'
import type { AppealOutcome } from '../../core/alert/life'
import type { OwnAlertsResult } from '../../contract/ipc/schema'

/** Without an answer the hub counts as away, milliseconds. */
const LIMIT_MS = 8000

type Answer = Extract<FromCourier, { kind: 'own-alerts' | 'appealed' }>

/** The record that a person has of themselves: asked for when they look, kept nowhere on the desk. */
export class OwnRecord {
  readonly #waiting = new Map<string, (answer: Answer | null) => void>()

  /** `post` says false when the courier is not running; `isSignedIn` whether there is anybody whose record it is. */
  constructor(
    private readonly post: (message: ToCourier) => boolean,
    private readonly isSignedIn: () => boolean
  ) {}

  async list(): Promise<OwnAlertsResult> {
    const answer = await this.#ask((handle) => ({ kind: 'own-alerts', handle }))
    return answer?.kind === 'own-alerts' && answer.alerts !== null
      ? { outcome: 'known', alerts: answer.alerts }
      : { outcome: 'hub-unreachable' }
  }

  async appeal(alert: string, statement: string): Promise<AppealOutcome> {
    const answer = await this.#ask((handle) => ({ kind: 'appeal', handle, alert, statement }))
    return answer?.kind === 'appealed' ? answer.outcome : 'hub-unreachable'
  }

  /** An answer of the courier's. One that nobody waits for any more is dropped. */
  heard(answer: Answer): void {
    this.#waiting.get(answer.handle)?.(answer)
  }

  /** The courier is gone: nothing is answered any more. */
  gone(): void {
    for (const answer of [...this.#waiting.values()]) answer(null)
  }

  #ask(message: (handle: string) => ToCourier): Promise<Answer | null> {
    if (!this.isSignedIn()) return Promise.resolve(null)
    const handle = randomUUID()
    return new Promise((resolve) => {
      const end = (answer: Answer | null): void => {
        clearTimeout(limit)
        this.#waiting.delete(handle)
        resolve(answer)
      }
      const limit = setTimeout(() => end(null), LIMIT_MS)
      this.#waiting.set(handle, end)
      if (!this.post(message(handle))) end(null)
    })
  }
}
