import { randomBytes } from 'node:crypto'
import { and, eq, isNull } from 'drizzle-orm'
import type { ConsoleSignIn, Me } from '../../contract/wire/v1/console'
import { ok } from '../../core/result'
import { refuse, type Outcome } from '../outcome'
import { secretHash } from '../store/admin/enrolment'
import { reachOf, sightOf } from '../../core/access/sight'
import type { Database, Queries } from '../store/open'
import { consoleSession, organisation, person, team } from '../store/tables'
import { passwordMatches } from './password'
import type { Scope } from './scope'

/** A console session ends after this long without a request, milliseconds. */
export const IDLE_MS = 30 * 60_000
/** And after this long in any case, milliseconds. */
export const ABSOLUTE_MS = 12 * 3_600_000
const TOUCH_MS = 30_000

/** Who asks, and how far they see: every query of the console is bound to both. */
export interface Viewer extends Scope {
  readonly personId: string
  readonly email: string
  readonly me: Me
}

/** Signs a supervisor or IT in at the console. The token goes into the cookie; the hub keeps its hash. */
export async function signInAtConsole(
  db: Database,
  request: ConsoleSignIn,
  now: Date
): Promise<Outcome<{ readonly token: string; readonly me: Me }>> {
  const rows = await db
    .select()
    .from(person)
    .where(and(eq(person.email, request.email.trim().toLowerCase()), isNull(person.disabledAt)))
  const found = rows[0] !== undefined && rows[0].role !== 'advocate' ? rows[0] : null
  const matches = await passwordMatches(found?.passwordHash ?? null, request.password)
  if (!matches || found === null) {
    return refuse('bad-credentials', 'That e-mail and password do not go together.')
  }
  const token = randomBytes(32).toString('base64url')
  await db.insert(consoleSession).values({
    tokenHash: secretHash(token),
    organisationId: found.organisationId,
    teamId: found.teamId,
    personId: found.id,
    startedAt: now,
    usedAt: now
  })
  const viewer = await viewerOf(db, token, now, 'look')
  if (viewer === null) throw new Error('a new console session was not stored')
  return ok({ token, me: viewer.me })
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
    .select({ session: consoleSession, person, organisation: organisation.name, team: team.name })
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
  return {
    organisationId: row.session.organisationId,
    teamId: row.session.teamId,
    reach: reachOf(row.person.role),
    sight: sightOf(row.person.role),
    personId: row.person.id,
    email: row.person.email,
    me: {
      id: row.person.id,
      name: row.person.name,
      role: row.person.role,
      organisation: row.organisation,
      team: row.team
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
