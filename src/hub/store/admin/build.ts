import { and, eq, isNull } from 'drizzle-orm'
import type { Queries } from '../open'
import { allowedBuild, organisation, type AttestationMode } from '../tables'
import { findOrganisation } from './organisation'
import { AdminRefusal } from './refusal'

export interface BuildChoice {
  readonly organisation: string
  /** SHA-256 over the program's files, hex, as `havendesk build measure` says it. */
  readonly buildHash: string
}

/** Lets a program attest for an organisation. Once withdrawn, it can be allowed again. */
export async function allowBuild(
  db: Queries,
  input: BuildChoice & { readonly label: string },
  now: Date = new Date()
): Promise<void> {
  const owner = await findOrganisation(db, input.organisation)
  const buildHash = input.buildHash.toLowerCase()
  if (!/^[0-9a-f]{64}$/.test(buildHash)) {
    throw new AdminRefusal('A build hash is 64 hexadecimal digits; "havendesk build measure" prints it.')
  }
  const label = input.label.trim()
  if (label === '' || label.length > 80)
    throw new AdminRefusal('A build needs a label of 1 to 80 characters.')
  await db
    .insert(allowedBuild)
    .values({ organisationId: owner.id, buildHash, label, allowedAt: now })
    .onConflictDoUpdate({
      target: [allowedBuild.organisationId, allowedBuild.buildHash],
      set: { label, allowedAt: now, withdrawnAt: null, withdrawnBy: null }
    })
}

/** Takes a program off the list: desks that run it cannot attest any more, from their next attestation on. */
export async function withdrawBuild(db: Queries, input: BuildChoice, now: Date = new Date()): Promise<void> {
  const owner = await findOrganisation(db, input.organisation)
  const rows = await db
    .update(allowedBuild)
    .set({ withdrawnAt: now })
    .where(
      and(
        eq(allowedBuild.organisationId, owner.id),
        eq(allowedBuild.buildHash, input.buildHash.toLowerCase()),
        isNull(allowedBuild.withdrawnAt)
      )
    )
    .returning({ label: allowedBuild.label })
  if (rows.length === 0) throw new AdminRefusal(`${owner.name} does not allow this build.`)
}

/** Whether a program is on the list of an organisation. */
export async function isBuildAllowed(
  db: Queries,
  organisationId: string,
  buildHash: string
): Promise<boolean> {
  const rows = await db
    .select({ label: allowedBuild.label })
    .from(allowedBuild)
    .where(
      and(
        eq(allowedBuild.organisationId, organisationId),
        eq(allowedBuild.buildHash, buildHash),
        isNull(allowedBuild.withdrawnAt)
      )
    )
  return rows.length > 0
}

/** Every build of an organisation, allowed or withdrawn. */
export async function listBuilds(db: Queries, name: string) {
  const owner = await findOrganisation(db, name)
  return db
    .select()
    .from(allowedBuild)
    .where(eq(allowedBuild.organisationId, owner.id))
    .orderBy(allowedBuild.allowedAt)
}

/** Says whether an organisation's desks have to attest before anybody signs in, or only report. */
export async function setAttestation(
  db: Queries,
  input: { readonly organisation: string; readonly mode: AttestationMode }
): Promise<void> {
  const owner = await findOrganisation(db, input.organisation)
  await db
    .update(organisation)
    .set({ attestation: input.mode })
    .where(eq(organisation.organisationId, owner.id))
}
