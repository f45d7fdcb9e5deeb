import type { HubConfig } from '../config'
import type { Database, Store } from '../store/open'
import { openDispatcher } from './dispatch'
import { createMailSender } from './mail'
import type { OutboxSettings } from './manage'
import { openHookSecrets } from './secret'
import { createWebhookSender } from './webhook'

export interface OutboxParts {
  readonly config: HubConfig
  /** What links name as the console, once it listens. */
  readonly origin: () => string
  readonly now: () => Date
  readonly onError: (error: unknown) => void
}

export interface Outbox {
  readonly settings: OutboxSettings
  /** Begins to send; from then on it is closed by what this returns. */
  start(): Promise<() => Promise<void>>
}

/** Opens what goes out beside the console: its secrets, its ways and who sends. */
export async function openOutbox(
  store: Pick<Store, 'line'> & { readonly db: Database },
  { config, origin, now, onError }: OutboxParts
): Promise<Outbox> {
  const secrets = await openHookSecrets(config.dataFolder)
  const mail = config.smtpUrl === undefined ? null : { url: config.smtpUrl, from: config.mailFrom }
  const senders = { webhook: createWebhookSender(secrets, origin), email: createMailSender(mail, origin) }
  return {
    settings: { secrets, hasMail: mail !== null },
    start: async () => {
      const dispatcher = await openDispatcher(store, { senders, now, onError, chance: Math.random })
      return async () => {
        await dispatcher.close()
        await Promise.all([senders.webhook.close(), senders.email.close()])
      }
    }
  }
}
