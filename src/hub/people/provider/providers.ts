import {
  allowInsecureRequests,
  ClientSecretBasic,
  discovery,
  enableNonRepudiationChecks,
  None,
  type Configuration
} from 'openid-client'
import type { Ways } from '../../../contract/wire/v1/sign-in'
import type { ProviderConfig } from './config'

/** One provider, ready to be asked. */
export interface Provider {
  readonly config: ProviderConfig
  /** Its metadata, fetched when first needed and again after an hour. Rejects when it cannot be had. */
  readonly client: () => Promise<Configuration>
}

export interface Providers {
  /** What the sign-in page shows. */
  readonly offered: Ways['providers']
  readonly find: (id: string) => Provider | null
}

const FRESH_MS = 3_600_000
const TIMEOUT_S = 10

/** The providers of this hub. None is asked anything before somebody signs in by it. */
export function createProviders(configs: readonly ProviderConfig[], now: () => Date): Providers {
  const all = new Map(configs.map((config) => [config.id, openProvider(config, now)]))
  return {
    offered: configs.map(({ id, label }) => ({ id, label })),
    find: (id) => all.get(id) ?? null
  }
}

function openProvider(config: ProviderConfig, now: () => Date): Provider {
  let kept: { readonly at: number; readonly client: Promise<Configuration> } | null = null
  return {
    config,
    client: () => {
      const at = now().getTime()
      if (kept !== null && at - kept.at < FRESH_MS) return kept.client
      const client = discover(config)
      kept = { at, client }
      client.catch(() => (kept = null)) // the next one asks again
      return client
    }
  }
}

/**
 * The library holds the issuer in the metadata against the configured one, each token's against that, and each token's
 * signature against the provider's published keys, which it does not do unless it is told to.
 */
function discover({ issuer, clientId, clientSecret }: ProviderConfig): Promise<Configuration> {
  const url = new URL(issuer)
  return discovery(
    url,
    clientId,
    { id_token_signed_response_alg: 'RS256' },
    clientSecret === undefined ? None() : ClientSecretBasic(clientSecret),
    {
      timeout: TIMEOUT_S,
      execute: [
        enableNonRepudiationChecks,
        // The configuration lets http through for this machine alone.
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out: the schema keeps it to loopback
        ...(url.protocol === 'http:' ? [allowInsecureRequests] : [])
      ]
    }
  )
}
