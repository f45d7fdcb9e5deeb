import { randomBytes } from 'node:crypto'
import { and, eq, isNull } from 'drizzle-orm'
import type { Me } from '../../contract/wire/v1/console'
import type { SignInMethod } from '../../contract/wire/v1/sign-in'
import { secretHash } from '../store/admin/enrolment'
import { reachOf, sightOf } from '../../core/access/sight'
import type { Database, Queries } from '../store/open'
import { consoleSession, organisation, person, team } from '../store/tables'
import type { Scope, TeamScope } from './scope'

/** A console session ends after this long without a request, milliseconds. */
export const IDLE_MS = 30 * 60_000
/** And after this long in any case, milliseconds. */
export const ABSOLUTE_MS = 12 * 3_600_000
const TOUCH_MS = 30_000

/** Who asks, and how far they see: every query of the console is bound to both. */
export interface Viewer extends Scope {
  readonly personId: string
  readonly email: string
  readonly sessionId: string
  /** When they signed in. */
  readonly startedAt: Date
  /** More than one factor was shown in this session. */
  readonly strong: boolean
  /** The organisation asks for a second factor of their role. */
  readonly secondFactorRequired: boolean
  /** It does, and this session showed none: all but their own account is shut. */
  readonly mustSetUp: boolean
  readonly me: Me
}

/** Opens a session. The token goes into the cookie; the hub keeps its hash. */
export async function openConsoleSession(
  tx: Queries,
  of: TeamScope & { readonly id: string },
  session: { readonly method: SignInMethod; readonly strong: boolean; readonly browser: string },
  now: Date
): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await tx.insert(consoleSession).values({
    tokenHash: secretHash(token),
    organisationId: of.organisationId,
    teamId: of.teamId,
    personId: of.id,
    startedAt: now,
    usedAt: now,
    ...session
  })
  return token
}

/** A second factor was shown in the session that asks: it is as good as one that began with it. */
export async function strengthen(tx: Queries, viewer: Viewer): Promise<void> {
  await tx.update(consoleSession).set({ strong: true }).where(eq(consoleSession.id, viewer.sessionId))
}

/**
 * The viewer behind a cookie, or null when there is no such session, it ended, it was idle or old, or its person was
 * disabled. `use` counts as activity, `look` does not: a stream that is merely open does not keep anyone signed in.
 */
export async function viewerOf(
  db: Queries,
  token: string,
  now: Date,
  purpose: 'use' | 'look'
): Promise<Viewer | null> {
  const tokenHash = secretHash(token)
  const rows = await db
    .select({ session: consoleSession, person, organisation, team: team.name })
    .from(consoleSession)
    .innerJoin(person, eq(person.id, consoleSession.personId))
    .innerJoin(team, eq(team.teamId, consoleSession.teamId))
    .innerJoin(organisation, eq(organisation.organisationId, consoleSession.organisationId))
    .where(
      and(eq(consoleSession.tokenHash, tokenHash), isNull(consoleSession.endedAt), isNull(person.disabledAt))
    )
  const row = rows[0]
  if (row === undefined || row.person.role === 'advocate') return null
  const idle = now.getTime() - row.session.usedAt.getTime()
  const age = now.getTime() - row.session.startedAt.getTime()
  if (idle > IDLE_MS || age > ABSOLUTE_MS) return null
  if (purpose === 'use' && idle > TOUCH_MS) {
    await db.update(consoleSession).set({ usedAt: now }).where(eq(consoleSession.tokenHash, tokenHash))
  }
  const secondFactorRequired = row.organisation.secondFactorRoles.includes(row.person.role)
  const mustSetUp = secondFactorRequired && !row.session.strong
  return {
    organisationId: row.session.organisationId,
    teamId: row.session.teamId,
    reach: reachOf(row.person.role),
    sight: sightOf(row.person.role),
    personId: row.person.id,
    email: row.person.email,
    sessionId: row.session.id,
    startedAt: row.session.startedAt,
    strong: row.session.strong,
    secondFactorRequired,
    mustSetUp,
    me: {
      id: row.person.id,
      name: row.person.name,
      role: row.person.role,
      organisation: row.organisation.name,
      team: row.team,
      ...(mustSetUp ? { mustSetUp } : {})
    }
  }
}

/** Ends a console session; the hub forgets who it was for nobody but the record. */
export async function signOutAtConsole(db: Database, token: string, now: Date): Promise<void> {
  await db
    .update(consoleSession)
    .set({ endedAt: now })
    .where(and(eq(consoleSession.tokenHash, secretHash(token)), isNull(consoleSession.endedAt)))
}
