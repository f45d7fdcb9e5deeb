import type { FromCourier, ToCourier } from '../../contract/helper/courier'
import { OWN_ALERTS_PATH, OWN_APPEAL_PATH, ownAlertsReplySchema } from '../../contract/wire/v1/alert-life'
import { acceptedSchema } from '../../contract/wire/v1/accepted'
import type { HubClient } from './hub/hub-client'
import type { Sender } from './parts'

export interface OwnAlertsOptions {
  readonly client: Pick<HubClient, 'call'>
  readonly sender: Sender
  readonly post: (message: FromCourier) => void
}

const LIMIT_MS = 5000

/** What the hub holds about who is signed in here, and their objections. Asked only when the person looks. */
export class OwnAlerts {
  constructor(private readonly options: OwnAlertsOptions) {}

  async list({ handle }: Extract<ToCourier, { kind: 'own-alerts' }>): Promise<void> {
    const answer = await this.options.client.call({
      path: OWN_ALERTS_PATH,
      body: null,
      reply: ownAlertsReplySchema,
      limitMs: LIMIT_MS
    })
    const alerts = answer.kind === 'ok' ? answer.value.alerts : null
    this.options.post({ kind: 'own-alerts', handle, alerts })
  }

  async appeal({ handle, alert, statement }: Extract<ToCourier, { kind: 'appeal' }>): Promise<void> {
    const answer = await this.options.client.call({
      path: OWN_APPEAL_PATH,
      body: { v: 1, sender: this.options.sender, alert, statement },
      reply: acceptedSchema,
      limitMs: LIMIT_MS
    })
    const isFinal = answer.kind === 'refused' && ['conflict', 'not-found'].includes(answer.error.code)
    const outcome = answer.kind === 'ok' ? 'accepted' : isFinal ? 'too-late' : 'hub-unreachable'
    this.options.post({ kind: 'appealed', handle, outcome })
  }
}
