import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  type Configuration
} from 'openid-client'
import type { Logger } from 'pino'
import { z } from 'zod'
import { enter, enterOrOwe, type Entered, type FromBrowser, type SignInParts } from '../sign-in/enter'
import type { Once } from '../sign-in/once'
import { matchIdentity, noteStrong, type Identity } from './match'
import type { Provider } from './providers'
import type { Refused } from './refusals'

/** What is remembered while somebody is away at a provider. */
export interface Flow {
  readonly provider: string
  /** Ties the way back to the browser that left: its cookie holds the other half. */
  readonly browser: string
  /** The session that this browser had when it left: its cookie does not come along from the provider's site. */
  readonly before: string | null
  readonly verifier: string
  readonly nonce: string
  readonly callback: string
}

/** How long somebody may take at the provider, milliseconds. */
export const FLOW_MS = 10 * 60_000

/** Where the browser goes: authorization code with PKCE (RFC 7636), state and nonce. Rejects when the provider is away. */
export async function beginProviderSignIn(
  provider: Provider,
  flows: Once<Flow>,
  { browser, before }: Pick<Flow, 'browser' | 'before'>,
  callback: string,
  now: Date
): Promise<URL> {
  const client = await provider.client()
  const verifier = randomPKCECodeVerifier()
  const nonce = randomNonce()
  const flow = { provider: provider.config.id, browser, before, verifier, nonce, callback }
  return buildAuthorizationUrl(client, {
    redirect_uri: callback,
    scope: 'openid email',
    response_type: 'code',
    state: flows.put(flow, now),
    nonce,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256'
  })
}

/** Somebody is in or owes a code; else a code for the record says why nobody is, and who it was where that is known. */
type CameBack =
  | { readonly kind: 'entered'; readonly entered: Entered; readonly before: string | null }
  | { readonly kind: 'refused'; readonly why: string; readonly who: Refused | null }
const refused = (why: string, who: Refused | null = null): CameBack => ({ kind: 'refused', why, who })

/** What came back from a provider. Each state is good once, in the browser that left with it. */
export async function finishProviderSignIn(
  parts: SignInParts & { readonly flows: Once<Flow>; readonly log: Logger },
  provider: Provider,
  cameBack: { readonly query: string; readonly state: string | null; readonly browser: string | null },
  from: FromBrowser,
  now: Date
): Promise<CameBack> {
  const { state } = cameBack
  const flow = state === null ? null : parts.flows.take(state, now)
  if (state === null || flow === null) return refused('state-unknown')
  if (flow.browser !== cameBack.browser) return refused('another-browser')
  if (flow.provider !== provider.config.id) return refused('another-provider')
  const said = await provider
    .client() // its metadata may have grown old while its person was there, and it may be away
    .then((client) => identityOf(client, flow, state, cameBack.query))
    .catch((error: unknown) => {
      parts.log.warn({ provider: provider.config.id, err: error }, 'sign-in by a provider failed')
      return null
    })
  if (said === null) return refused('not-proven')
  if (said.identity.issuer !== provider.config.issuer) return refused('another-issuer')
  const match = await matchIdentity(parts.db, provider.config.organisation, said.identity, now)
  if (match.kind === 'nobody') return refused(match.why, match.who)
  const { person } = match
  if (said.manyFactors) await noteStrong(parts.db, person, said.identity, now)
  const how = { method: 'provider', from, side: null } as const
  // A provider that says it asked for more than one factor has done what an app here would do (RFC 8176).
  const entered = said.manyFactors
    ? await enter(parts, person, { ...how, strong: true }, now)
    : await enterOrOwe(parts, person, how, now)
  return entered.ok
    ? { kind: 'entered', entered: entered.value, before: flow.before }
    : refused(entered.error.code)
}

const claimsSchema = z.object({
  iss: z.string(),
  sub: z.string().min(1).max(255),
  email: z.string().max(200).optional(),
  email_verified: z.unknown().optional(),
  amr: z.array(z.string()).optional().catch(undefined)
})

/** Trades the code for tokens and reads who it is; throws for a wrong state, nonce, issuer, audience, signature or time. */
async function identityOf(
  client: Configuration,
  flow: Flow,
  state: string,
  query: string
): Promise<{ readonly identity: Identity; readonly manyFactors: boolean }> {
  const tokens = await authorizationCodeGrant(client, new URL(`${flow.callback}${query}`), {
    pkceCodeVerifier: flow.verifier,
    expectedNonce: flow.nonce,
    expectedState: state,
    idTokenExpected: true
  })
  const claims = claimsSchema.parse(tokens.claims())
  // Many providers tell the address only where the token is shown again.
  const more =
    claims.email === undefined && client.serverMetadata().userinfo_endpoint !== undefined
      ? claimsSchema.omit({ iss: true }).parse(await fetchUserInfo(client, tokens.access_token, claims.sub))
      : claims
  return {
    identity: {
      issuer: claims.iss,
      subject: claims.sub,
      email: more.email ?? null,
      emailVerified: more.email_verified === true
    },
    manyFactors: claims.amr?.includes('mfa') === true
  }
}
