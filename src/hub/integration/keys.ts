import { randomBytes, randomUUID } from 'node:crypto'
import { and, desc, eq, isNull } from 'drizzle-orm'
import type { KeyList, MadeKey, NewKey } from '../../contract/wire/v1/connections'
import { KEY_PREFIX } from '../../contract/wire/v1/integration'
import type { Scope } from '../../core/integration/scope'
import { ok } from '../../core/result'
import { recordAct } from '../audit/acts'
import { refuse, type Outcome } from '../outcome'
import type { Viewer } from '../people/console-session'
import { secretHash } from '../store/admin/enrolment'
import { integrationKey } from '../store/integration-tables'
import type { Database, Queries } from '../store/open'
import { organisation, person } from '../store/tables'

const DAY_MS = 86_400_000
/** Enough of a key to tell it from the others, and far too little to use it. */
const HINT_LENGTH = KEY_PREFIX.length + 6
/** How exactly it is known when a key was used last, milliseconds. */
const TOUCH_MS = 60_000
/** Keys of an organisation that are good at one time. */
const MAX_KEYS = 50

/** Makes a key for the viewer's organisation. It is shown once: what is stored is its hash. */
export const makeKey = (
  db: Database,
  viewer: Viewer,
  request: NewKey,
  now: Date
): Promise<Outcome<MadeKey>> =>
  db.transaction(async (tx) => {
    const good = (await listKeys(tx, viewer, now)).keys.filter(({ state }) => state === 'good')
    if (good.length >= MAX_KEYS)
      return refuse('conflict', `There are ${MAX_KEYS} keys already. Revoke one that nobody uses.`)
    const id = randomUUID()
    const key = KEY_PREFIX + randomBytes(32).toString('base64url')
    await tx.insert(integrationKey).values({
      id,
      organisationId: viewer.organisationId,
      teamId: null,
      name: request.name,
      keyHash: secretHash(key),
      hint: key.slice(0, HINT_LENGTH),
      scopes: [...new Set(request.scopes)],
      createdBy: viewer.personId,
      createdAt: now,
      expiresAt: request.days === undefined ? null : new Date(now.getTime() + request.days * DAY_MS)
    })
    await recordAct(tx, viewer, { act: 'key-made', subject: id, detail: request.scopes.join(' ') }, now)
    return ok({ id, key })
  })

/** Ends a key for good. Revoking twice is no error. */
export const revokeKey = (
  db: Database,
  viewer: Viewer,
  id: string,
  now: Date
): Promise<Outcome<{ readonly accepted: true }>> =>
  db.transaction(async (tx) => {
    const mine = and(eq(integrationKey.id, id), eq(integrationKey.organisationId, viewer.organisationId))
    const [found] = await tx.select().from(integrationKey).where(mine).for('update')
    if (found === undefined) return refuse('not-found', 'Your organisation has no such key.')
    if (found.revokedAt === null) {
      await tx.update(integrationKey).set({ revokedAt: now, revokedBy: viewer.personId }).where(mine)
      await recordAct(tx, viewer, { act: 'key-revoked', subject: id, detail: '' }, now)
    }
    return ok({ accepted: true as const })
  })

/** Every key of the viewer's organisation, the newest first. */
export async function listKeys(db: Queries, viewer: Viewer, now: Date): Promise<KeyList> {
  const rows = await db
    .select({ key: integrationKey, by: person.name })
    .from(integrationKey)
    .innerJoin(person, eq(person.id, integrationKey.createdBy))
    .where(eq(integrationKey.organisationId, viewer.organisationId))
    .orderBy(desc(integrationKey.createdAt))
    .limit(500)
  return {
    keys: rows.map(({ key, by }) => ({
      id: key.id,
      name: key.name,
      hint: key.hint,
      scopes: key.scopes,
      madeBy: by,
      madeAt: key.createdAt.toISOString(),
      expiresAt: key.expiresAt?.toISOString() ?? null,
      usedAt: key.usedAt?.toISOString() ?? null,
      revokedAt: key.revokedAt?.toISOString() ?? null,
      state: key.revokedAt !== null ? 'revoked' : isOver(key.expiresAt, now) ? 'expired' : 'good'
    }))
  }
}

const isOver = (expiresAt: Date | null, now: Date): boolean => expiresAt !== null && expiresAt <= now

/** Who asks by the integration API: a system, for one organisation. */
export interface Integrator {
  readonly keyId: string
  readonly name: string
  readonly organisationId: string
  readonly organisation: string
  readonly scopes: readonly Scope[]
  readonly expiresAt: string | null
}

/** Whose key this is; null when there is no such key, or it is over. Using it is noted by the minute. */
export async function integratorOf(db: Queries, key: string, now: Date): Promise<Integrator | null> {
  const [found] = await db
    .select({ key: integrationKey, organisation: organisation.name })
    .from(integrationKey)
    .innerJoin(organisation, eq(organisation.organisationId, integrationKey.organisationId))
    .where(and(eq(integrationKey.keyHash, secretHash(key)), isNull(integrationKey.revokedAt)))
  if (found === undefined || isOver(found.key.expiresAt, now)) return null
  const { id, name, organisationId, scopes, expiresAt, usedAt } = found.key
  if (usedAt === null || now.getTime() - usedAt.getTime() > TOUCH_MS)
    await db.update(integrationKey).set({ usedAt: now }).where(eq(integrationKey.id, id))
  return {
    keyId: id,
    name,
    organisationId,
    organisation: found.organisation,
    scopes,
    expiresAt: expiresAt?.toISOString() ?? null
  }
}
