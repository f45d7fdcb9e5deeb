import { and, asc, count, eq, isNull, max } from 'drizzle-orm'
import { buildHashSchema, type BuildList } from '../../contract/wire/v1/builds'
import { ok } from '../../core/result'
import { recordAct } from '../audit/acts'
import { refuse, type Outcome } from '../outcome'
import type { Viewer } from '../people/console-session'
import type { Database, Queries } from '../store/open'
import { refusedBuild } from '../store/oversight-tables'
import { allowedBuild, attestation, desk, organisation, person, workstation } from '../store/tables'

/** The programs that may attest, those that no longer may, and those that desks run beside the list. */
export async function buildsOf(db: Queries, { organisationId }: Viewer): Promise<BuildList> {
  const [owner] = await db
    .select({ mode: organisation.attestation })
    .from(organisation)
    .where(eq(organisation.organisationId, organisationId))
  const listed = await db
    .select({ build: allowedBuild, by: person.name })
    .from(allowedBuild)
    .leftJoin(person, eq(person.id, allowedBuild.withdrawnBy))
    .where(eq(allowedBuild.organisationId, organisationId))
    .orderBy(asc(allowedBuild.allowedAt), asc(allowedBuild.buildHash))
  const running = await db
    .select({ hash: attestation.buildHash, version: max(attestation.build), desks: count() })
    .from(desk)
    .innerJoin(workstation, eq(workstation.id, desk.workstationId))
    .innerJoin(attestation, eq(attestation.id, desk.attestationId))
    .where(and(eq(desk.organisationId, organisationId), isNull(workstation.revokedAt)))
    .groupBy(attestation.buildHash)
    .orderBy(asc(attestation.buildHash))
  const refused = await refusedOf(db, organisationId)
  const desks = new Map(running.map((one) => [one.hash, one.desks]))
  const refusals = new Map(refused.map((one) => [one.hash, one.desks]))
  const known = new Set(listed.map(({ build }) => build.buildHash))
  const versions = new Map([...refused, ...running].map(({ hash, version }) => [hash, version ?? '']))
  return {
    required: owner?.mode === 'require',
    builds: [
      ...[...versions]
        .filter(([hash]) => !known.has(hash))
        .map(([hash, label]) => ({
          ...{ hash, label, state: 'unlisted' as const },
          ...{ desks: desks.get(hash) ?? 0, refused: refusals.get(hash) ?? 0 },
          ...{ allowedAt: null, withdrawnAt: null, withdrawnBy: null }
        })),
      ...listed.map(({ build: { buildHash: hash, label, allowedAt, withdrawnAt }, by }) => ({
        ...{ hash, label, state: withdrawnAt === null ? ('allowed' as const) : ('withdrawn' as const) },
        allowedAt: allowedAt.toISOString(),
        withdrawnAt: withdrawnAt?.toISOString() ?? null,
        withdrawnBy: by,
        desks: desks.get(hash) ?? 0,
        refused: refusals.get(hash) ?? 0
      }))
    ]
  }
}

/** The programs for which desks were refused, each with the version that it says it is and at how many. */
function refusedOf(db: Queries, organisationId: string) {
  return db
    .select({ hash: refusedBuild.buildHash, version: max(refusedBuild.build), desks: count() })
    .from(refusedBuild)
    .innerJoin(workstation, eq(workstation.id, refusedBuild.workstationId))
    .where(and(eq(refusedBuild.organisationId, organisationId), isNull(workstation.revokedAt)))
    .groupBy(refusedBuild.buildHash)
    .orderBy(asc(refusedBuild.buildHash))
}

/** Takes a program off the list of the viewer's organisation: desks that run it fail their next attestation. */
export async function withdrawBuildAtConsole(
  db: Database,
  viewer: Viewer,
  id: string,
  now: Date
): Promise<Outcome<{ readonly accepted: true }>> {
  const hash = buildHashSchema.safeParse(id)
  if (!hash.success) return noSuch
  const mine = and(
    eq(allowedBuild.organisationId, viewer.organisationId),
    eq(allowedBuild.buildHash, hash.data)
  )
  return db.transaction(async (tx): Promise<Outcome<{ readonly accepted: true }>> => {
    const [found] = await tx.select().from(allowedBuild).where(mine).for('update')
    if (found === undefined) return noSuch
    if (found.withdrawnAt === null) {
      await tx.update(allowedBuild).set({ withdrawnAt: now, withdrawnBy: viewer.personId }).where(mine)
      await recordAct(tx, viewer, { act: 'build-withdrawn', subject: null, detail: hash.data }, now)
    }
    return ok({ accepted: true as const })
  })
}

const noSuch = refuse('not-found', 'Your organisation has no such program on its list.')
