import type { FromCourier } from '../../contract/helper/courier'
import type { HubError } from '../../contract/wire/v1/device'
import { isLasting } from './attestation/refusal'
import type { SignInRefusal } from './sign-in'
import type { SyncRefusal } from './sync/refusal'

/** How the hub last answered, as far as it was said. */
type HubState =
  | { readonly state: 'unknown' }
  | { readonly state: 'reachable' }
  | { readonly state: 'unreachable'; readonly problem: string }

/** What makes a workstation unbelieved: the hub's word, or the policy's, which no hub can take back. */
type Doubt = 'hub' | 'policy'

/**
 * How this workstation stands with its hub: there or away, taken or shut out, believed or not. Being shut out and not
 * being believed are states: they last until a request is taken, or an attestation made since then is believed. Says
 * each change once.
 */
export class Standing {
  #hub: HubState = { state: 'unknown' }
  #device: 'unknown' | 'taken' | SyncRefusal['reason'] = 'unknown'
  #attestation: 'unknown' | 'believed' | 'refused' = 'unknown'
  readonly #doubts = new Set<Doubt>()

  constructor(
    private readonly post: (message: FromCourier) => void,
    /** No session goes on from here. */
    private readonly out: () => void
  ) {}

  /** Why nobody may sign in here; null when somebody may, as far as is known. */
  get refusal(): SignInRefusal | null {
    if (this.#isShutOut) return this.#device === 'quarantined' ? 'quarantined' : 'revoked'
    return this.#attestation === 'refused' ? 'not-attested' : null
  }

  get #isShutOut(): boolean {
    return this.#device !== 'unknown' && this.#device !== 'taken'
  }

  /** False while the hub is known to be away. */
  get isHubThere(): boolean {
    return this.#hub.state !== 'unreachable'
  }

  /** False while the hub will not have this device, or does not believe it. */
  get isTrusted(): boolean {
    return this.refusal === null
  }

  /** The hub took a request. True when it had not before: it was away, or would not have this device. */
  reachable(): boolean {
    const isNews = this.#isShutOut || this.#hub.state !== 'reachable'
    this.#say({ state: 'reachable' })
    if (this.#device !== 'taken') this.post({ kind: 'cleared', what: 'device' })
    this.#device = 'taken'
    return isNews
  }

  unreachable(problem: string): void {
    this.#say({ state: 'unreachable', problem })
  }

  /** The hub will not have this device. */
  refused(refusal: SyncRefusal): void {
    const isNews = !this.#isShutOut
    this.#device = refusal.reason
    // It is there, and says no: what it says next is news in any case.
    this.#hub = { state: 'unknown' }
    if (!isNews) return
    this.post({ kind: 'refused', ...refusal })
    this.out()
  }

  /** The hub does not believe this program, its key or its machine. What passes by itself is nobody's matter. */
  distrusted(error: HubError): void {
    if (!isLasting(error) || this.#doubts.has('hub')) return
    this.#doubts.add('hub')
    // Whoever is refused already need not be told twice.
    if (this.#attestation !== 'refused') this.#refuse(`${error.message} (${error.field ?? error.code})`)
  }

  /**
   * The policy does not let this workstation be worked at, whatever the hub says; null when it does not say so, or not
   * any more. Told with a label for the record: a hub that was taken over has no reason to keep one. True when this
   * took a doubt back: an attestation from now on can be believed.
   */
  doubt(reason: { readonly detail: string; readonly label: string } | null): boolean {
    if (reason === null) return this.#doubts.delete('policy')
    if (this.#doubts.has('policy')) return false
    this.#doubts.add('policy')
    this.#refuse(reason.detail, reason.label)
    return false
  }

  /** The hub believed an attestation. That takes back its own doubt, not the policy's. */
  believed(): void {
    this.#doubts.delete('hub')
    if (this.#doubts.size > 0 || this.#attestation === 'believed') return
    this.#attestation = 'believed'
    this.post({ kind: 'cleared', what: 'attestation' })
  }

  #refuse(detail: string, label?: string): void {
    this.#attestation = 'refused'
    const refused = { kind: 'refused', reason: 'attestation-refused', detail: detail.slice(0, 300) } as const
    this.post(label === undefined ? refused : { ...refused, label })
    this.out()
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
