import { ACCOMMODATIONS_PATH, accommodationsReplySchema } from '../../contract/wire/v1/accommodation'
import type { FromCourier, ToCourier } from '../../contract/helper/courier'
import type { Flavour } from '../../core/flavour'
import type { AttestOutcome } from './attestation/attestor'
import type { HubClient } from './hub/hub-client'
import { signIn, signOut } from './sign-in'

const ACCOMMODATIONS_LIMIT_MS = 5000

/** Who is signed in at the hub from this desk. */
export class Session {
  private current: { readonly session: string; readonly person: string } | null = null
  private readonly unsaid = new Set<string>()

  constructor(
    private readonly client: HubClient,
    private readonly sender: { readonly flavour: Flavour; readonly build: string },
    private readonly post: (message: FromCourier) => void,
    /** Attests now: a hub that asks for it takes no sign-in before. */
    private readonly attest: () => Promise<AttestOutcome>,
    /** Somebody signed in or out: what is attested has changed. */
    private readonly changed: () => void
  ) {}

  /** Who is signed in, null when nobody is. */
  get person(): string | null {
    return this.current?.person ?? null
  }

  async signIn({ handle, email, password }: Extract<ToCourier, { kind: 'sign-in' }>): Promise<void> {
    if (!this.client.isAuthorized) await this.attest()
    let reply = await signIn(this.client, this.sender, email, password)
    // The token may be of before a restart of the hub.
    if (!reply.ok && reply.error === 'not-attested' && (await this.attest()).kind === 'attested') {
      reply = await signIn(this.client, this.sender, email, password)
    }
    if (!reply.ok) {
      this.post({ kind: 'sign-in-refused', handle, reason: reply.error })
      return
    }
    const { session, person } = reply.value
    this.current = { session, person: person.id }
    this.post({ kind: 'signed-in', handle, session, person })
    this.changed()
    void this.askAccommodations(session)
  }

  /** What this person's desk may do otherwise. A hub that is away, or from before there were any, has none. */
  private async askAccommodations(session: string): Promise<void> {
    const answer = await this.client.call({
      path: ACCOMMODATIONS_PATH,
      reply: accommodationsReplySchema,
      limitMs: ACCOMMODATIONS_LIMIT_MS,
      body: null
    })
    if (answer.kind !== 'ok' || this.current?.session !== session) return
    const texts = answer.value.accommodations
    if (texts.length > 0) this.post({ kind: 'accommodations', texts })
  }

  async signOut(): Promise<void> {
    if (this.current === null) return
    this.unsaid.add(this.current.session)
    this.current = null
    this.changed()
    await this.saySignOuts()
  }

  /** Sessions whose end the hub has not heard of are told again whenever it answers. */
  async saySignOuts(): Promise<void> {
    for (const session of [...this.unsaid]) {
      this.unsaid.delete(session)
      if (!(await signOut(this.client, this.sender, session))) this.unsaid.add(session)
    }
  }
}
