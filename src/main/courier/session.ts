import type { FromCourier, ToCourier } from '../../contract/helper/courier'
import type { Flavour } from '../../core/flavour'
import type { HubClient } from './hub/hub-client'
import { signIn, signOut } from './sign-in'

/** Who is signed in at the hub from this desk. */
export class Session {
  private current: string | null = null
  private readonly unsaid = new Set<string>()

  constructor(
    private readonly client: HubClient,
    private readonly sender: { readonly flavour: Flavour; readonly build: string },
    private readonly post: (message: FromCourier) => void
  ) {}

  async signIn({ handle, email, password }: Extract<ToCourier, { kind: 'sign-in' }>): Promise<void> {
    const reply = await signIn(this.client, this.sender, email, password)
    if (!reply.ok) {
      this.post({ kind: 'sign-in-refused', handle, reason: reply.error })
      return
    }
    this.current = reply.value.session
    this.post({ kind: 'signed-in', handle, session: reply.value.session, person: reply.value.person })
  }

  async signOut(): Promise<void> {
    if (this.current === null) return
    this.unsaid.add(this.current)
    this.current = null
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
