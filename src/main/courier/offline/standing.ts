import { OFFLINE_PATH, offlineReplySchema, type OfflineReply } from '../../../contract/wire/v1/offline'
import type { FromCourier } from '../../../contract/helper/courier'
import type { AttestOutcome } from '../attestation/attestor'
import type { Clock } from '../hub/clock'
import type { HubAnswer, HubClient } from '../hub/hub-client'
import type { Sender } from '../parts'
import type { Session } from '../session'
import type { OfflineDoor } from './door'

export interface OfflineStandingOptions {
  readonly client: Pick<HubClient, 'call' | 'isAuthorized'>
  readonly sender: Sender
  readonly clock: Pick<Clock, 'monotonic'>
  readonly session: Pick<Session, 'untold' | 'told'>
  readonly door: Pick<OfflineDoor, 'person' | 'confirmed' | 'forget' | 'timePassed'>
  readonly attest: () => Promise<AttestOutcome>
  readonly isHubThere: () => boolean
  readonly post: (message: FromCourier) => void
}

/** Shorter than a heartbeat's: what the desk has to tell waits behind it in one line. */
const LIMIT_MS = 3000
/** The hub is asked so often in any case; so often the time without it is kept as well. Milliseconds. */
const EVERY_MS = 60_000

/**
 * Asks the hub how the person stands who may come in without it, and tells it of a session that began so. Whoever the
 * hub says no to is out at once, and forgotten; a hub that gives no answer is asked again as soon as it is heard.
 */
export class OfflineStanding {
  readonly #options: OfflineStandingOptions
  #running: Promise<void> | null = null
  #again = false
  #dueAt = Number.NEGATIVE_INFINITY
  #timer: NodeJS.Timeout | undefined

  constructor(options: OfflineStandingOptions) {
    this.#options = options
  }

  start(): void {
    const { door, isHubThere } = this.#options
    this.#timer = setInterval(() => {
      if (!isHubThere()) void door.timePassed()
    }, EVERY_MS)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /** Asks now; asked while a question is under way, once more after it. */
  ask(): void {
    if (this.#running !== null) {
      this.#again = true
      return
    }
    this.#running = this.#ask().finally(() => {
      this.#running = null
      if (!this.#again) return
      this.#again = false
      this.ask()
    })
  }

  /** Called after every answer of the hub. Returns at once. */
  heartbeat(): void {
    const isLate = this.#options.clock.monotonic() >= this.#dueAt
    if (isLate || this.#options.session.untold !== null) this.ask()
  }

  async #ask(): Promise<void> {
    const { session, door, client, clock, attest } = this.#options
    const { untold } = session
    const person = untold?.person ?? door.person?.id ?? null
    if (person === null) return
    if (untold !== null && !client.isAuthorized) await attest()
    // Not believed, the session ended with that: there is nothing left to tell.
    if (session.untold !== untold) return
    let answer = await this.#call(person, untold?.since ?? null)
    // The token may be of before a restart of the hub.
    const isAskedFor = answer.kind === 'refused' && answer.error.code === 'attestation-required'
    if (isAskedFor && (await attest()).kind === 'attested')
      answer = await this.#call(person, untold?.since ?? null)
    if (answer.kind === 'unreachable') return
    this.#dueAt = clock.monotonic() + EVERY_MS
    if (answer.kind === 'ok' && answer.value.standing === 'good') {
      if (untold === null) return door.confirmed()
      if (answer.value.session !== null) {
        session.told(answer.value.session)
        return door.confirmed()
      }
    }
    await door.forget()
    if (untold !== null && session.untold === untold) this.#options.post({ kind: 'session', person: null })
  }

  #call(person: string, since: string | null): Promise<HubAnswer<OfflineReply>> {
    const { client, sender } = this.#options
    return client.call({
      path: OFFLINE_PATH,
      reply: offlineReplySchema,
      limitMs: LIMIT_MS,
      body: { v: 1, sender, person, since }
    })
  }
}
