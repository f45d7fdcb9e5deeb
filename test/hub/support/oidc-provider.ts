import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { calculateJwkThumbprint, decodeJwt, exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose'
import { Provider } from 'oidc-provider'

/** Somebody whom the provider knows. The subject is the provider's own and never changes. */
export interface Account {
  readonly subject: string
  readonly email?: string
  readonly verified?: boolean
  /** What it says it asked for (RFC 8176). */
  readonly amr?: readonly string[]
}

export interface TestProvider {
  /** What its metadata and its tokens say; on another host than the console, so another site to a browser. */
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** Lets this console's callbacks in. */
  readonly expect: (callbacks: readonly string[]) => void
  /** By what somebody types at its page. An entry can be replaced, as an administrator there would. */
  readonly accounts: Map<string, Account>
  /** Changes what the next identity tokens say, signed by the provider's own key, or by one that it does not publish. */
  forge: { readonly claims?: (claims: JWTPayload) => JWTPayload; readonly foreignKey?: true } | null
  /** Answers every request with 503 while it is true. */
  isAway: boolean
  readonly close: () => Promise<void>
}

const CLIENT = { id: 'havendesk', secret: 'a secret of the test provider' }

/** A certified OpenID Connect provider (oidc-provider) on this machine, with a sign-in page of one field. */
export async function startOidcProvider(): Promise<TestProvider> {
  const keys = await generateKeyPair('RS256', { extractable: true })
  const foreign = await generateKeyPair('RS256')
  const jwk = await exportJWK(keys.privateKey)
  const kid = await calculateJwkThumbprint(jwk)
  const accounts = new Map<string, Account>()
  let provider: Provider | null = null
  const server = createServer((request, response) => {
    if (provider === null || self.isAway) response.writeHead(503).end()
    else if (request.url?.startsWith('/interaction/') === true) void interact(provider, request, response)
    else void provider.callback()(request, response)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const issuer = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
  const bySubject = (subject: string) => [...accounts.values()].find((one) => one.subject === subject)

  const open = (callbacks: readonly string[]): Provider => {
    const opened = new Provider(issuer, {
      clients: [
        {
          client_id: CLIENT.id,
          client_secret: CLIENT.secret,
          redirect_uris: [...callbacks],
          grant_types: ['authorization_code'],
          response_types: ['code']
        }
      ],
      jwks: { keys: [{ ...jwk, kid, alg: 'RS256', use: 'sig' }] },
      cookies: { keys: ['test provider'] },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
      pkce: { required: () => true },
      claims: { openid: ['sub', 'amr'], email: ['email', 'email_verified'] },
      ttl: { Session: 3600, Interaction: 600, Grant: 3600, AccessToken: 600, IdToken: 600 },
      findAccount: (_ctx, subject) => {
        const account = bySubject(subject)
        if (account === undefined) return undefined
        const { email, verified: email_verified } = account
        return { accountId: subject, claims: () => ({ sub: subject, email, email_verified }) }
      }
    })
    opened.use(async (ctx, next) => {
      await next()
      const body = ctx.body as { id_token?: string } | undefined
      const { forge } = self
      if (ctx.path !== '/token' || body?.id_token === undefined || forge === null) return
      const claims = decodeJwt(body.id_token)
      const key = forge.foreignKey === true ? foreign.privateKey : keys.privateKey
      const header = { alg: 'RS256', kid }
      const token = new SignJWT(forge.claims?.(claims) ?? claims).setProtectedHeader(header)
      ctx.body = { ...body, id_token: await token.sign(key) }
    })
    return opened
  }

  async function interact(from: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      response.end(
        `<!doctype html><html lang="en"><title>Test provider</title><main><h1>Test provider</h1>
        <form method="post"><label>Account <input name="account" autofocus></label> <button>Continue</button></form></main></html>`
      )
      return
    }
    const account = accounts.get(new URLSearchParams(await text(request)).get('account') ?? '')
    if (account === undefined) {
      await from.interactionFinished(request, response, { error: 'access_denied' })
      return
    }
    const grant = new from.Grant({ accountId: account.subject, clientId: CLIENT.id })
    grant.addOIDCScope('openid email')
    const grantId = await grant.save()
    await from.interactionFinished(request, response, {
      login: { accountId: account.subject, amr: [...(account.amr ?? ['pwd'])] },
      consent: { grantId }
    })
  }

  const self: TestProvider = {
    issuer,
    clientId: CLIENT.id,
    clientSecret: CLIENT.secret,
    expect: (callbacks) => {
      provider = open(callbacks)
    },
    accounts,
    forge: null,
    isAway: false,
    close: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    }
  }
  return self
}
