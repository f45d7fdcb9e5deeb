import type { Me } from '../../../contract/wire/v1/console'
import type { SignInMethod } from '../../../contract/wire/v1/sign-in'
import { ok } from '../../../core/result'
import { recordAct } from '../../audit/acts'
import type { Outcome } from '../../outcome'
import type { Database } from '../../store/open'
import type { Side } from '../../store/sign-in-tables'
import { openConsoleSession, viewerOf } from '../console-session'
import { hasApp } from '../second-factor/has'
import { knownBrowser } from './known-browser'
import type { Once } from './once'
import type { SignInKeys } from './keys'
import type { PersonRow } from './person'
import { forgetTries } from './tries'

/** The first factor was shown in this browser; the second is owed. */
export interface Step {
  readonly personId: string
}

export interface SignInParts {
  readonly db: Database
  readonly keys: SignInKeys
  readonly steps: Once<Step>
  /** Whether an address that nobody has may be tried now. */
  readonly nobodys: (account: string, now: Date) => 'go' | 'waits'
}

/** The browser that asks: what it keeps of an earlier sign-in, and what it says of itself. */
export interface FromBrowser {
  readonly known: string | null
  readonly browser: string
}

/** Somebody is in, or owes a code. Each text is a cookie's value. */
export type Entered =
  | { readonly kind: 'in'; readonly token: string; readonly known: string; readonly me: Me }
  | { readonly kind: 'owes-code'; readonly step: string }

/** After one factor: in, or on to the code where there is an app. */
export async function enterOrOwe(
  parts: SignInParts,
  found: PersonRow,
  how: { readonly method: SignInMethod; readonly from: FromBrowser; readonly side: Side | null },
  now: Date
): Promise<Outcome<Entered>> {
  if (await hasApp(parts.db, found.id)) {
    return ok({ kind: 'owes-code', step: parts.steps.put({ personId: found.id }, now) })
  }
  return enter(parts, found, { ...how, strong: false }, now)
}

/** Opens a session. Wrong tries from the same side are over, and the record has it. */
export async function enter(
  { db, keys }: SignInParts,
  found: PersonRow,
  how: {
    readonly method: SignInMethod
    readonly strong: boolean
    readonly from: FromBrowser
    readonly side: Side | null
  },
  now: Date
): Promise<Outcome<Entered>> {
  const token = await db.transaction(async (tx) => {
    if (how.side !== null) await forgetTries(tx, found.id, how.side)
    const session = { method: how.method, strong: how.strong, browser: how.from.browser }
    const opened = await openConsoleSession(tx, found, session, now)
    const by = { organisationId: found.organisationId, teamId: found.teamId, personId: found.id }
    await recordAct(tx, by, { act: 'signed-in', subject: null, detail: how.method }, now)
    return opened
  })
  const viewer = await viewerOf(db, token, now, 'look')
  if (viewer === null) throw new Error('a new console session was not stored')
  return ok({ kind: 'in', token, known: knownBrowser(keys, found.id, now), me: viewer.me })
}
