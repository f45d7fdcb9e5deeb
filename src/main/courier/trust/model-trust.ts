import type { Trust } from '../../../core/trust/trust'
import type { ModelTrust } from '../model/fetch'

/** What `trust` says about models at `now`, milliseconds since 1970. */
export function modelTrust(trust: Trust | null, now: number): ModelTrust | null {
  if (trust === null) return null
  const { root, snapshot, organisation } = trust
  if (root.roles.snapshot === null)
    return { role: root.roles.models, organisation, now, until: root.expiresAt, named: null }
  const ends = snapshot === null ? 0 : Date.parse(snapshot.snapshot.expiresAt)
  return {
    role: root.roles.models,
    organisation,
    now,
    until: Math.min(root.expiresAt, ends),
    named: snapshot?.snapshot.models ?? []
  }
}
