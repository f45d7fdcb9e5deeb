import { refuse, type Refusal } from '../../outcome'
import type { Viewer } from '../console-session'

/** How long after a sign-in somebody may change how they sign in, milliseconds. */
export const RECENT_MS = 15 * 60_000

/** An open session that somebody else sits down at may not add their own key to it: null, or why not. */
export function notRecent(viewer: Viewer, now: Date): Refusal | null {
  if (now.getTime() - viewer.startedAt.getTime() <= RECENT_MS) return null
  return refuse('sign-in-again', 'Sign in again first: this is changed within fifteen minutes of a sign-in.')
}
