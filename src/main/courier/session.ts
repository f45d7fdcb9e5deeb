import type { FromCourier, ToCourier } from '../../contract/helper/courier'
import type { Flavour } from '../../core/flavour'
import type { AttestOutcome } from './attestation/attestor'
import type { HubClient } from './hub/hub-client'
import { signIn, signOut, type SignInRefusal } from './sign-in'

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
    private readonly changed: () => void,
    /** Why nobody may be signed in here just now, whatever the hub answers; null when somebody may. */
    private readonly refusal: () => SignInRefusal | null
  ) {}

  /** Who is signed in, null when nobody is. */
  get person(): string | null {
    return this.current?.person ?? null
  }

  async signIn({ handle, email, password }: Extract<ToCourier, { kind: 'sign-in' }>): Promise<void> {
    const refuse = (reason: SignInRefusal): void => {
      this.post({ kind: 'sign-in-refused', handle, reason })
    }
    const before = this.refusal()
    if (before !== null) {
      refuse(before)
      return
    }
    if (!this.client.isAuthorized) await this.attest()
    let reply = await signIn(this.client, this.sender, email, password)
    // The token may be of before a restart of the hub.
    if (!reply.ok && reply.error === 'not-attested' && (await this.attest()).kind === 'attested') {
      reply = await signIn(this.client, this.sender, email, password)
    }
    if (!reply.ok) {
      refuse(reply.error)
      return
    }
    const { session, person } = reply.value
    // Refused while the answer was on its way: a hub that says yes all the same is not asked.
    const meanwhile = this.refusal()
    if (meanwhile !== null) {
      this.unsaid.add(session)
      refuse(meanwhile)
      await this.saySignOuts()
      return
    }
    this.current = { session, person: person.id }
    this.post({ kind: 'signed-in', handle, session, person })
    this.changed()
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
