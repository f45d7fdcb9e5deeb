import { roleNames, rootSchema, type RoleName, type Root, type RootRole } from '../../core/trust/root'
import type { SigningKey } from '../../core/trust/signed'
import { ProvisionError } from '../problem'
import { documentOf, type SignedDocument } from './document'

/** Who is to sign one role; a threshold that is left out is that of before, else 1. */
export interface WantedRole {
  readonly keys: readonly SigningKey[]
  readonly threshold?: number
}

export interface WantedRoot {
  readonly organisation: string
  /** The root that this one follows; null for the first. */
  readonly before: Root | null
  /** Roles that are left out stay as they were; in a first root they are signed by the root's own keys. */
  readonly roles: Readonly<Partial<Record<RoleName, WantedRole>>>
  /** Takes the role for snapshots away. */
  readonly withoutSnapshot?: boolean
  readonly validDays: number
  readonly now: Date
}

/** Drafts a root, unsigned. Throws `ProvisionError` that names what is wrong with it. */
export function draftRoot(wanted: WantedRoot): SignedDocument & { readonly type: 'havendesk-root' } {
  const { before, organisation, now, validDays } = wanted
  const known = new Map((before?.keys ?? []).map(({ keyId, publicKey }) => [keyId, { keyId, publicKey }]))
  for (const role of Object.values(wanted.roles))
    for (const key of role.keys) known.set(key.keyId, { keyId: key.keyId, publicKey: key.publicKey })
  const roles = rolesOf(wanted)
  const used = new Set(Object.values(roles).flatMap((role) => role.keyIds))
  const root = rootSchema.safeParse({
    schema: 1,
    type: 'root',
    organisation,
    version: (before?.version ?? 0) + 1,
    issuedAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + validDays * 86_400_000).toISOString(),
    keys: [...known.values()]
      .filter(({ keyId }) => used.has(keyId))
      .map((key) => ({ ...key, type: 'ed25519' })),
    roles
  })
  if (root.success) return documentOf('havendesk-root', root.data)
  const issue = root.error.issues[0]
  throw new ProvisionError(`${issue?.path.join('.') ?? 'The root'}: ${issue?.message ?? 'unknown form'}.`)
}

function rolesOf({
  before,
  roles,
  withoutSnapshot
}: WantedRoot): Record<string, { keyIds: string[]; threshold: number }> {
  const own = roles.root === undefined ? before?.roles.root : roleOf(roles.root, before?.roles.root)
  if (own === undefined) throw new ProvisionError('A first root needs its keys: name them with --root-key.')
  const found: Record<string, RootRole> = {}
  for (const name of roleNames) {
    if (name === 'snapshot' && withoutSnapshot === true) continue
    const wanted = roles[name]
    const was = before?.roles[name]
    const role = wanted === undefined ? was : roleOf(wanted, was)
    if (role !== undefined) found[name] = role
    else if (name !== 'snapshot') found[name] = own
  }
  return found
}

const roleOf = ({ keys, threshold }: WantedRole, before: RootRole | undefined): RootRole => ({
  keyIds: keys.map(({ keyId }) => keyId),
  threshold: threshold ?? Math.min(before?.threshold ?? 1, keys.length)
})
