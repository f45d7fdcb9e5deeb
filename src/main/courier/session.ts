import { ACCOMMODATIONS_PATH, accommodationsReplySchema } from '../../contract/wire/v1/accommodation'
import type { FromCourier, ToCourier } from '../../contract/helper/courier'
import type { SignInReply } from '../../contract/wire/v1/device'
import type { Flavour } from '../../core/flavour'
import type { Result } from '../../core/result'
import type { AttestOutcome } from './attestation/attestor'
import type { HubClient } from './hub/hub-client'
import type { OfflineDoor } from './offline/door'
import { signIn, signOut, type SignInFailure, type SignInRefusal } from './sign-in'

const ACCOMMODATIONS_LIMIT_MS = 5000

/** Who works at this desk, and whether the hub knows. */
type Current =
  | { readonly kind: 'known'; readonly session: string; readonly person: string }
  /** Signed in while the hub was away, and not told yet. */
  | { readonly kind: 'untold'; readonly person: string; readonly since: string }

export interface SessionOptions {
  readonly client: HubClient
  readonly sender: { readonly flavour: Flavour; readonly build: string }
  readonly post: (message: FromCourier) => void
  /** Attests now: a hub that asks for it takes no sign-in before. */
  readonly attest: () => Promise<AttestOutcome>
  /** Somebody signed in or out: what is attested has changed. */
  readonly changed: () => void
  /** Why nobody may be signed in here just now, whatever the hub answers; null when somebody may. */
  readonly refusal: () => SignInRefusal | null
  /** The way in while the hub is away. */
  readonly door: Pick<OfflineDoor, 'remember' | 'contradicted' | 'signIn'>
  /** Milliseconds since 1970 by the trusted clock. */
  readonly now: () => number
}

/** Who is signed in from this desk, at the hub or until it is back. */
export class Session {
  readonly #options: SessionOptions
  readonly #unsaid = new Set<string>()
  #current: Current | null = null

  constructor(options: SessionOptions) {
    this.#options = options
  }

  /** Who is signed in by the hub's book, null when nobody is: what is attested. */
  get person(): string | null {
    return this.#current?.kind === 'known' ? this.#current.person : null
  }

  /** A session that the hub has not heard of; null when there is none. */
  get untold(): Extract<Current, { kind: 'untold' }> | null {
    return this.#current?.kind === 'untold' ? this.#current : null
  }

  async signIn(asked: Extract<ToCourier, { kind: 'sign-in' }>): Promise<void> {
    const { post, door, changed, client, refusal } = this.#options
    const { handle, email, password } = asked
    const refuse = (reason: SignInRefusal): void => {
      post({ kind: 'sign-in-refused', handle, reason })
    }
    const before = refusal()
    if (before !== null) {
      refuse(before)
      return
    }
    const reply = await this.#askHub(email, password)
    if (!reply.ok) {
      if (reply.error.away) return this.#withoutHub(asked)
      if (reply.error.reason === 'bad-credentials') void door.contradicted(email, password)
      refuse(reply.error.reason)
      return
    }
    const { session, person } = reply.value
    // Refused while the answer was on its way: a hub that says yes all the same is not asked.
    const meanwhile = refusal()
    if (meanwhile !== null) {
      this.#unsaid.add(session)
      refuse(meanwhile)
      await this.saySignOuts()
      return
    }
    this.#current = { kind: 'known', session, person: person.id }
    post({ kind: 'signed-in', handle, session, person })
    // Only what the hub believes is let in without it later.
    void door.remember(client.isAuthorized ? person : null, email, password)
    changed()
    void this.#askAccommodations(session)
  }

  async signOut(): Promise<void> {
    const ended = this.#current
    if (ended === null) return
    this.#current = null
    if (ended.kind === 'known') this.#unsaid.add(ended.session)
    this.#options.changed()
    await this.saySignOuts()
  }

  /** Sessions whose end the hub has not heard of are told again whenever it answers. */
  async saySignOuts(): Promise<void> {
    const { client, sender } = this.#options
    for (const session of [...this.#unsaid]) {
      this.#unsaid.delete(session)
      if (!(await signOut(client, sender, session))) this.#unsaid.add(session)
    }
  }

  /** The hub gave the session that began without it a place in its book. */
  told(session: string): void {
    const { untold } = this
    if (untold === null) {
      this.#unsaid.add(session) // they have left meanwhile
      void this.saySignOuts()
      return
    }
    this.#current = { kind: 'known', session, person: untold.person }
    this.#options.post({ kind: 'offline-told' })
    this.#options.changed()
    void this.#askAccommodations(session)
  }

  /** What this person's desk may do otherwise. A hub that is away, or from before there were any, has none. */
  async #askAccommodations(session: string): Promise<void> {
    const { client, post } = this.#options
    const answer = await client.call({
      path: ACCOMMODATIONS_PATH,
      reply: accommodationsReplySchema,
      limitMs: ACCOMMODATIONS_LIMIT_MS,
      body: null
    })
    const isTheirs = this.#current?.kind === 'known' && this.#current.session === session
    if (answer.kind !== 'ok' || !isTheirs) return
    const texts = answer.value.accommodations
    if (texts.length > 0) post({ kind: 'accommodations', texts })
  }

  async #askHub(email: string, password: string): Promise<Result<SignInReply, SignInFailure>> {
    const { client, sender, attest } = this.#options
    if (!client.isAuthorized) await attest()
    const reply = await signIn(client, sender, email, password)
    // The token may be of before a restart of the hub.
    const isAskedFor = !reply.ok && reply.error.reason === 'not-attested'
    if (!isAskedFor || (await attest()).kind !== 'attested') return reply
    return signIn(client, sender, email, password)
  }

  async #withoutHub({ handle, email, password }: Extract<ToCourier, { kind: 'sign-in' }>): Promise<void> {
    const { post, door, now, refusal } = this.#options
    const answer = await door.signIn(email, password)
    // Not believed, by the hub's last word or the policy's, is not believed without the hub either.
    const meanwhile = refusal()
    if (meanwhile !== null) {
      post({ kind: 'sign-in-refused', handle, reason: meanwhile })
      return
    }
    switch (answer.kind) {
      case 'in': {
        this.#current = { kind: 'untold', person: answer.person.id, since: new Date(now()).toISOString() }
        const offline = { confirmedMsAgo: answer.confirmedMsAgo }
        post({ kind: 'signed-in', handle, session: null, person: answer.person, offline })
        return
      }
      case 'wrong':
        post({ kind: 'offline', event: 'a wrong password without the hub' })
        post({ kind: 'sign-in-refused', handle, reason: 'bad-credentials' })
        return
      case 'wait':
        post({ kind: 'sign-in-refused', handle, reason: 'too-many-tries' })
        return
      case 'closed':
        post({ kind: 'sign-in-refused', handle, reason: 'hub-unreachable' })
    }
  }
}
