import type { Session } from 'electron'
import { lockPermissions, type PermissionLock } from './permissions'

/**
 * What holds for every session from the moment it is made, also for one that nobody meant to make.
 * Runs in `session-created`: the spell checker must be off before the first turn of the loop, or it asks the network
 * for a dictionary.
 */
export function lockSession(session: Session, lock: PermissionLock): void {
  session.setSpellCheckerLanguages([])
  session.setSpellCheckerEnabled(false)
  lockPermissions(session, lock)
  session.on('will-download', (event) => {
    event.preventDefault()
  })
}

/** Our own windows load from our own scheme and from nowhere else. */
export function closeToNetwork(session: Session, alsoAllowed: readonly string[]): void {
  session.webRequest.onBeforeRequest((request, answer) => {
    const { protocol } = new URL(request.url)
    answer({ cancel: protocol !== 'app:' && !alsoAllowed.includes(protocol) })
  })
}
