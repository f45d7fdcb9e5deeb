import { z } from 'zod'
import {
  signInReplySchema,
  signInRequestSchema,
  type HubError,
  type SignInReply
} from '../../contract/wire/v1/device'
import type { FromCourier } from '../../contract/helper/courier'
import type { Flavour } from '../../core/flavour'
import { err, ok, type Result } from '../../core/result'
import type { HubClient } from './hub/hub-client'

type Sender = { readonly flavour: Flavour; readonly build: string }
export type SignInRefusal = Extract<FromCourier, { kind: 'sign-in-refused' }>['reason']

/** Why nobody is signed in. `away`: the hub gave no answer, a busy one among them; it did not say no. */
export interface SignInFailure {
  readonly reason: SignInRefusal
  readonly away: boolean
}

/** Checking a password is slow on purpose at the hub. */
const LIMIT_MS = 8000

/** Signs a person in at the hub. The password goes into the request and nowhere else. */
export async function signIn(
  client: HubClient,
  sender: Sender,
  email: string,
  password: string
): Promise<Result<SignInReply, SignInFailure>> {
  const body = signInRequestSchema.safeParse({ v: 1, sender, email, password })
  if (!body.success) return err({ reason: 'bad-credentials', away: false }) // what no account can have need not be asked
  const answer = await client.call({
    path: '/device/v1/sign-in',
    reply: signInReplySchema,
    limitMs: LIMIT_MS,
    body: body.data
  })
  switch (answer.kind) {
    case 'ok':
      return ok(answer.value)
    case 'refused':
      return err({ reason: reasonOf(answer.error), away: false })
    case 'unreachable':
      return err({ reason: 'hub-unreachable', away: true })
  }
}

/** Ends a session at the hub. False when the hub could not be told and it is worth trying again. */
export async function signOut(client: HubClient, sender: Sender, session: string): Promise<boolean> {
  const answer = await client.call({
    path: '/device/v1/sign-out',
    reply: z.unknown(),
    limitMs: LIMIT_MS,
    body: { v: 1, sender, session }
  })
  return answer.kind !== 'unreachable'
}

/** What the person can do something about; all else is the hub's trouble. */
const reasons: Partial<Record<HubError['code'], SignInRefusal>> = {
  'bad-credentials': 'bad-credentials',
  forbidden: 'not-your-desk',
  'too-many-tries': 'too-many-tries',
  revoked: 'revoked',
  quarantined: 'quarantined',
  'attestation-required': 'not-attested',
  'bad-attestation': 'not-attested',
  'unknown-device': 'revoked',
  'flavour-refused': 'revoked'
}

function reasonOf({ code, field }: HubError): SignInRefusal {
  // Told from another's desk by its field: a client from before knows the code, and says that it may not be.
  if (code === 'forbidden' && field === 'certifications') return 'not-certified'
  return reasons[code] ?? 'hub-unreachable'
}
