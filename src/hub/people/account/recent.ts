import { eq } from 'drizzle-orm'
import { refuse, type Refusal } from '../../outcome'
import type { Queries } from '../../store/open'
import { person } from '../../store/tables'
import type { Viewer } from '../console-session'
import { hasFactor } from '../second-factor/has'

/** How long after a sign-in somebody may change how they sign in, milliseconds. */
const RECENT_MS = 15 * 60_000

/** An open session that somebody else sits down at may not add their own key to it: null, or why not. */
export function notRecent(viewer: Viewer, now: Date): Refusal | null {
  if (now.getTime() - viewer.startedAt.getTime() <= RECENT_MS) return null
  return refuse('sign-in-again', 'Sign in again first: this is changed within fifteen minutes of a sign-in.')
}

/**
 * Why somebody may not change their own factors now, or null. Who has one has to have shown it in this session: a stolen
 * password, or one that was signed in with before the owner set a factor up, adds none of its own and takes none away.
 */
export async function mayNotChange(db: Queries, viewer: Viewer, now: Date): Promise<Refusal | null> {
  const late = notRecent(viewer, now)
  if (late !== null) return late
  if (viewer.strong || !(await hasFactor(db, viewer.personId))) return null
  return refuse('sign-in-again', 'Sign in with your passkey, your code or your provider first.')
}

/** The same inside a transaction that adds a factor: one after the other for each person, so that two cannot both be first. */
export async function mayNotAdd(tx: Queries, viewer: Viewer, now: Date): Promise<Refusal | null> {
  await tx.select({ id: person.id }).from(person).where(eq(person.id, viewer.personId)).for('no key update')
  return mayNotChange(tx, viewer, now)
}
