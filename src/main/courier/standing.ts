import type { FromCourier } from '../../contract/helper/courier'
import type { HubError } from '../../contract/wire/v1/device'
import { isLasting } from './attestation/refusal'
import type { SyncRefusal } from './sync/refusal'

/** How the hub last answered, as far as it was said. */
type HubState =
  | { readonly state: 'unknown' }
  | { readonly state: 'reachable' }
  | { readonly state: 'unreachable'; readonly problem: string }

/**
 * How this workstation stands with its hub: there or away, taken or shut out, believed or not. Says each change once,
 * and `ready` once when the last thing that shut it out is gone.
 */
export class Standing {
  #hub: HubState = { state: 'unknown' }
  #shutOut = false
  #distrusted = false

  constructor(
    private readonly post: (message: FromCourier) => void,
    private readonly ready: () => void
  ) {}

  /** False while the hub is known to be away. */
  get isHubThere(): boolean {
    return this.#hub.state !== 'unreachable'
  }

  /** False while the hub will not have this device, or does not believe it. */
  get isTrusted(): boolean {
    return !this.#shutOut && !this.#distrusted
  }

  /** The hub took a request. True when it had not before: it was away, or would not have this device. */
  reachable(): boolean {
    const isNews = this.#shutOut || this.#hub.state !== 'reachable'
    const wasOut = this.#shutOut
    this.#shutOut = false
    this.#say({ state: 'reachable' })
    if (wasOut) this.#backIfClear()
    return isNews
  }

  unreachable(problem: string): void {
    this.#say({ state: 'unreachable', problem })
  }

  /** The hub will not have this device. */
  refused(refusal: SyncRefusal): void {
    if (!this.#shutOut) this.post({ kind: 'refused', ...refusal })
    this.#shutOut = true
    // It is there, and says no: what it says next is news in any case.
    this.#hub = { state: 'unknown' }
  }

  /** The hub does not believe this program, its key or its machine. What passes by itself is nobody's matter. */
  distrusted(error: HubError): void {
    if (!isLasting(error)) return
    this.doubt(`${error.message} (${error.field ?? error.code})`)
  }

  /** This workstation may not be worked at, by the hub's word or by the policy's. */
  doubt(detail: string): void {
    if (this.#distrusted) return
    this.#distrusted = true
    this.post({ kind: 'refused', reason: 'attestation-refused', detail: detail.slice(0, 300) })
  }

  believed(): void {
    if (!this.#distrusted) return
    this.#distrusted = false
    this.#backIfClear()
  }

  #backIfClear(): void {
    if (!this.#distrusted && !this.#shutOut) this.ready()
  }

  #say(hub: Extract<HubState, { state: 'reachable' | 'unreachable' }>): void {
    const before = this.#hub
    this.#hub = hub
    const problem = hub.state === 'unreachable' ? hub.problem : ''
    const known = before.state === 'unreachable' ? before.problem : ''
    if (before.state === hub.state && known === problem) return
    this.post({ kind: 'hub', state: hub.state, problem: problem.slice(0, 300) })
  }
}
